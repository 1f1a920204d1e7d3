/** What the script model says of the forms in which scripts create, restrict and print secrets. */
import { describe, expect, it } from "vitest";
import { display } from "../../../../src/engine/model/script/index.ts";
import { interpret } from "../../../../src/engine/model/script/interpret.ts";
import type { ScriptFacts } from "../../../../src/engine/model/script/facts.ts";
import { shell } from "../../../support/parser.ts";

function run(text: string): ScriptFacts {
  return interpret(shell.parse(text), [], { errexit: true, pipefail: false, umask: 0o022, environment: new Map(), parse: (script) => shell.parse(script) });
}

/** Path and mode (octal) of each file, marked where it holds key material. */
function files(text: string): string[] {
  return run(text).files.map(({ path, mode, secret }) => `${display(path)} ${mode === null ? "?" : mode.toString(8)}${secret ? " secret" : ""}`);
}

describe("files of a script", () => {
  it.each<[string, string, string[]]>([
    ["a redirect", "openssl rand -hex 32 > /a", ["/a 644 secret"]],
    ["a redirect through a known folder", 'DIR=/etc/secrets\necho x > "$DIR/a"', ["/etc/secrets/a 644"]],
    ["a heredoc", "K=$(openssl rand -hex 32)\ncat > /a <<EOF\nK=$K\nEOF\n", ["/a 644 secret"]],
    ["a quoted heredoc", "K=$(openssl rand -hex 32)\ncat > /a <<'EOF'\nK=$K\nEOF\n", ["/a 644"]],
    ["tee", "openssl rand -hex 32 | tee /a > /dev/null", ["/a 644 secret"]],
    ["install of a pipe", "openssl rand -hex 32 | install -m 0600 /dev/stdin /a", ["/a 600 secret"]],
    ["install of nothing, then a redirect", "install -m 0600 /dev/null /a\nopenssl rand -hex 32 > /a", ["/a 600 secret"]],
    ["an output option", "openssl genrsa -out /a 4096", ["/a 600 secret"]],
    ["chmod in octal", "echo x > /a\nchmod 0400 /a", ["/a 400"]],
    ["chmod by symbols", "echo x > /a\nchmod go= /a", ["/a 600"]],
    ["chmod by a glob", "echo x > /d/a.key\nchmod 600 /d/*.key", ["/d/a.key 600"]],
    ["chmod of a whole folder", "echo x > /d/a\nchmod -R go= /d", ["/d/a 600"]],
    ["chmod behind &&", "echo x > /a && chmod 600 /a", ["/a 600"]],
    ["a mask", "umask 077\necho x > /a", ["/a 600"]],
    ["a mask in a subshell only", "(umask 077; echo x > /a)\necho x > /b", ["/a 600", "/b 644"]],
    ["chmod on one way only", 'echo x > /a\nif [ -n "$X" ]; then chmod 600 /a; fi', ["/a 644"]],
    ["a removed file", "echo x > /a\nrm /a", []],
  ])("%s", (_, text, expected) => {
    expect(files(text)).toEqual(expected);
  });
});

describe("prints of a script", () => {
  it.each<[string, string, string[]]>([
    ["an echo of a key", 'K=$(openssl rand -hex 32)\necho "$K"', ["echo"]],
    ["an echo to the standard error", 'K=$(openssl rand -hex 32)\necho "$K" >&2', ["echo"]],
    ["a redirected echo", 'K=$(openssl rand -hex 32)\necho "$K" > /a', []],
    ["a bare generator", "openssl rand -hex 32", ["generator"]],
    ["a key that was replaced", 'K=$(openssl rand -hex 32)\nK=x\necho "$K"', []],
  ])("%s", (_, text, expected) => {
    expect(run(text).prints.map(({ how }) => how)).toEqual(expected);
  });
});

describe("fates of commands", () => {
  it.each<[string, string]>([
    ["false", "counts"],
    ["false || true", "hidden or-true"],
    ["false | cat", "hidden pipe"],
    ["if false; then :; fi", "handled"],
  ])("%s", (text, expected) => {
    const fate = run(text).commands.find(({ name }) => name === "false")?.fate;
    expect(fate?.kind === "hidden" ? `hidden ${fate.by}` : fate?.kind).toBe(expected);
  });
});
