/** Which key material of its own a script prints, and where. */
import { describe, expect, it } from "vitest";
import { factsOf, printsOf } from "./run.ts";

const MAKE = "K=$(openssl rand -hex 32)\n";

describe("key material is printed", () => {
  it.each<[string, string, string[]]>([
    ["by echo", `${MAKE}echo "key: $K"`, ['echo out K: echo "key: $K"']],
    ["to the standard error", `${MAKE}echo "$K" >&2`, ['echo err K: echo "$K" >&2']],
    ["through other variables", `${MAKE}export A="x$K"\nB=$A\nprintf '%s' "$B"`, [`echo out B: printf '%s' "$B"`]],
    ["with a part of it taken off", `${MAKE}echo "\${K#a}" "\${K:8}"`, ['echo out K: echo "${K#a}" "${K:8}"']],
    ["as a default", 'echo "${K:-$(uuidgen)}"', ['echo out -: echo "${K:-$(uuidgen)}"']],
    ["from a here-document", `${MAKE}cat <<EOF\n$K\nEOF\n`, ["output out -: cat <<EOF\n$K\n"]],
    ["from a here-string", `${MAKE}base64 <<< "$K"`, ['output out -: base64 <<< "$K"']],
    ["from a file of its own", `${MAKE}echo "$K" > /a\ncat /a`, ["output out -: cat /a"]],
    ["by tee", `${MAKE}echo "$K" | tee /a`, ["output out -: tee /a"]],
    ["by the generator itself", "openssl rand -hex 32", ["generator out -: openssl rand -hex 32"]],
    ["from random bytes", "tr -dc a-z < /dev/urandom | head -c 20", ["generator out -: head -c 20"]],
    ["in a function", `${MAKE}show() { echo "$1"; }\nshow "$K"`, ['echo out 1: echo "$1"']],
    ["by what was read", "read -r K < <(pwgen 20 1)\necho $K", ["echo out K: echo $K"]],
    ["by way of xargs", "uuidgen | xargs echo", ["echo out -: xargs echo"]],
    ["to the journal itself", `${MAKE}logger "$K"`, ['echo log K: logger "$K"']],
    ["by a shell of its own", "bash -c 'uuidgen'", ["generator out -: 'uuidgen'"]],
    ["in a branch", `${MAKE}if [ "$A" ]; then echo "$K"; fi`, ['echo out K: echo "$K"']],
    ["while tracing", `set -euxo pipefail\n${MAKE}`, ["trace err K: set -euxo pipefail"]],
    ["while tracing from the first line", "#!/bin/bash -eux\nK=$(uuidgen)\n", ["trace err K: #!/bin/bash -eux"]],
  ])("%s", (_, text, expected) => {
    expect(printsOf(text)).toEqual(expected);
  });
});

describe("nothing is printed", () => {
  it.each<[string, string]>([
    ["by what is stored", `${MAKE}echo "$K" > /a; printf '%s' "$K" | install -m 600 /dev/stdin /b; echo "$K" | podman secret create x -`],
    ["by tee into nothing", `${MAKE}echo "$K" | tee /a > /dev/null`],
    ["by what is taken by a variable", "A=$(uuidgen)\nB=\"$(echo \"$A\")\""],
    ["by a length, a hint or a fingerprint", `${MAKE}echo "\${#K}" "\${K:0:4}" "\${K: -4}"; echo "$K" | sha256sum`],
    ["by a search that only answers", `${MAKE}echo "$K" | grep -q a`],
    ["by a key that is no more", `${MAKE}unset K\necho "$K"\nL=$(uuidgen)\nL=x\necho "$L"`],
    ["by what reads a secret from elsewhere", "K=$(cat /etc/secrets/k)\necho \"$K\""],
    ["by a function that nobody calls", "show() { uuidgen; }"],
    ["behind exec", "exec > /root/log 2>&1\nuuidgen\nuuidgen >&2"],
    ["while tracing into nothing", "exec 2>/dev/null\nset -x\nK=$(uuidgen)"],
    ["behind the end of tracing", "set -x\n{ set +x; } 2>/dev/null\nK=$(uuidgen)"],
    ["by an unknown file", 'uuidgen > "$A"\ncat "$B"'],
    ["by programs that take it", `${MAKE}psql -c "ALTER ROLE a PASSWORD '$K'"; curl -H "X: $K" http://a; echo "a:$K" | chpasswd`],
    ["to a terminal", `${MAKE}echo "$K" > /dev/console`],
  ])("%s", (_, text) => {
    expect(printsOf(text)).toEqual([]);
  });
});

it("a trace says what it traces", () => {
  const text = `set -x\n${MAKE}echo "$K" > /a`;
  expect(factsOf(text).prints.map(({ traced }) => (traced === null ? null : text.slice(traced.start, traced.end)))).toEqual(["K=$(openssl rand -hex 32)", '"$K"']);
});
