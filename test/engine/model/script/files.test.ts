/** Which files a script leaves, with which modes, on the worst of its ways. */
import { describe, expect, it } from "vitest";
import { display } from "../../../../src/engine/model/script/index.ts";
import { factsOf, filesOf } from "./run.ts";

const GENERATE = "openssl rand -hex 32";

describe("files that a script creates", () => {
  it.each<[string, string, string[]]>([
    ["by a redirect of a group", `{ echo "A=$(${GENERATE})"; echo B=1; } > /a`, ["/a 644 secret"]],
    ["by a redirect of a loop", `for n in 1 2; do ${GENERATE}; done > /a`, ["/a 644 secret"]],
    ["by tee behind a here-document", `cat <<EOF | tee /a > /dev/null\nK=$(${GENERATE})\nEOF\n`, ["/a 644 secret"]],
    ["by sudo tee", `${GENERATE} | sudo tee /a >/dev/null`, ["/a 644 secret"]],
    ["by install of a here-string", `K=$(${GENERATE})\ninstall -Dm600 /dev/stdin /a <<< "$K"`, ["/a 600 secret"]],
    ["by install without a mode", "install /dev/null /a", ["/a 755"]],
    ["by install into a folder", "install -m 600 -t /d /x/a /x/b", ["/d/a 600", "/d/b 600"]],
    ["by openssl rand -out", "openssl rand -out /a 32", ["/a 644 secret"]],
    ["by openssl req -keyout", "openssl req -x509 -newkey rsa:2048 -nodes -keyout /k -out /c", ["/k 600 secret", "/c 644"]],
    ["by ssh-keygen", 'ssh-keygen -t ed25519 -N "" -f /a\nssh-keygen -lf /b', ["/a 600 secret"]],
    ["by wg genkey", "wg genkey | tee /a | wg pubkey > /b", ["/a 644 secret", "/b 644"]],
    ["by dd", "dd if=/dev/urandom of=/a bs=32 count=1", ["/a 644 secret"]],
    ["by hashing random bytes", "head -c 32 /dev/urandom | sha256sum | cut -d' ' -f1 > /a", ["/a 644 secret"]],
    ["by a program of another language", "python3 -c 'import secrets; print(secrets.token_hex(32))' > /a", ["/a 644 secret"]],
    ["by sed from a template", `K=$(${GENERATE})\nsed "s/@K@/$K/" /t > /a`, ["/a 644 secret"]],
    ["by a copy of one of its own", `(umask 077; ${GENERATE} > /a)\ncp /a /b`, ["/a 600 secret", "/b 600 secret"]],
    ["by a copy of a foreign one", "cp /x /a", ["/a ?"]],
    ["in a shell of their own", `sudo -u app sh -c 'umask 077; ${GENERATE} > /a'`, ["/a 600 secret"]],
    ["in the folder that it has gone to", "cd /d\necho x > a\necho x > ./b", ["/d/a 644", "/d/b 644"]],
    ["by a function", `store() { echo "$1" > "$2"; chmod 600 "$2"; }\nstore "$(${GENERATE})" /a`, ["/a 600 secret"]],
    ["not by a redirect to a device", "echo x > /dev/null; echo x 2> /dev/stderr", []],
    ["not inside a container", "podman exec web sh -c 'echo x > /a'", []],
  ])("%s", (_, text, expected) => {
    expect(filesOf(text)).toEqual(expected);
  });

  it("keep the mode that they had where they are appended to", () => {
    const [file] = factsOf("echo x >> /a").files;
    expect([file?.mode, file?.ifNew?.toString(8)]).toEqual([null, "644"]);
  });

  it("have no mode that can be known where the mask cannot", () => {
    expect(filesOf("echo x > /a", null)).toEqual(["/a ?"]);
    expect(filesOf('umask "$MASK"\necho x > /a')).toEqual(["/a ?"]);
  });
});

describe("files that a script restricts", () => {
  it.each<[string, string, string[]]>([
    ["in a loop over what is there", 'echo x > /d/a\nfor f in /d/*; do chmod 600 "$f"; done', ["/d/a 600"]],
    ["with alternatives", "echo x > /d/a; echo x > /d/b; chmod 600 /d/{a,b}", ["/d/a 600", "/d/b 600"]],
    ["with find", "echo x > /d/a\nfind /d -type f -exec chmod 600 {} +", ["/d/a 600"]],
    ["with find, by name", "echo x > /d/a.key; echo x > /d/b.env\nfind /d -name '*.env' -exec chmod 600 {} \\;", ["/d/a.key 644", "/d/b.env 600"]],
    ["with xargs, which may take any", "echo x > /d/a\nfind /d -print0 | xargs -0 chmod 600", ["/d/a ?"]],
    ["by a name that is not known", 'echo x > /d/a\nchmod 600 "$FILE"', ["/d/a ?"]],
    ["by the same unknown name", 'echo x > "$FILE"\nchmod 600 "$FILE"', ["… 600"]],
    ["by the same computed name", "echo x > /d/$(date +%F).key\nchmod 600 /d/$(date +%F).key", ["/d/….key 600"]],
    ["with a mode that is not known", 'echo x > /a\nchmod "$MODE" /a', ["/a ?"]],
    ["for others alone", "echo x > /a\nchmod o-rwx /a", ["/a 640"]],
    ["by closing their folder", "chmod 700 /d\necho x > /d/a", ["/d/a 644 closed"]],
    ["not by opening it again", "chmod 700 /d\necho x > /d/a\nchmod 755 /d", ["/d/a 644"]],
    ["by making a closed folder", "install -d -m 0700 /d\necho x > /d/a", ["/d/a 644 closed"]],
    ["on one of two ways", 'echo x > /a\nif [ "$A" ]; then chmod 600 /a; else chmod 640 /a; fi', ["/a 640"]],
    ["not on the way of an early end", 'echo x > /a\n[ "$A" ] && exit 0\nchmod 600 /a', ["/a 644"]],
    ["although a subshell has ended before", "(echo x > /a; exit 0)\nB=$(exit 1)\nchmod 600 /a", ["/a 600"]],
    ["in a case that may not come", 'echo x > /a\ncase "$A" in b) chmod 600 /a ;; esac', ["/a 644"]],
    ["whatever comes", 'echo x > /a\ncase "$A" in b) chmod 600 /a ;; *) chmod 400 /a ;; esac', ["/a 600"]],
  ])("%s", (_, text, expected) => {
    expect(filesOf(text)).toEqual(expected);
  });
});

describe("temporary files", () => {
  it.each<[string, string, string[]]>([
    ["are closed, also where they go to", `T=$(mktemp)\n${GENERATE} > "$T"\nmv "$T" /a`, ["/a 600 secret"]],
    ["may be opened", `T=$(mktemp)\n${GENERATE} > "$T"\nchmod 644 "$T"\nmv "$T" /a`, ["/a 644 secret"]],
    ["stand in a closed folder", `D=$(mktemp -d)\n${GENERATE} > "$D/x"`, ["/tmp/tmp.…/x 644 secret closed"]],
    ["go away", `D=$(mktemp -d)\n${GENERATE} > "$D/x"\nrm -rf "$D"`, []],
    ["are told from each other", `A=$(mktemp); B=$(mktemp)\n${GENERATE} > "$A"\nchmod 644 "$B"\nmv "$A" /a; rm "$B"`, ["/a 600 secret"]],
    ["may have a place of their own", `T=$(mktemp /d/key.XXXXXX)\n${GENERATE} > "$T"`, ["/d/key.… 600 secret"]],
  ])("%s", (_, text, expected) => {
    expect(filesOf(text)).toEqual(expected);
  });
});

describe("archives", () => {
  const archives = (text: string): string[] => factsOf(text).files.filter(({ how }) => how === "archive").map(({ path, mode, members }) => `${display(path)} ${mode?.toString(8) ?? "?"}: ${members.map(display).join(" ")}`);

  it.each<[string, string, string[]]>([
    ["say what is in them", "tar -czf /b/a.tgz -C / etc/secrets var/lib/web", ["/b/a.tgz 644: /etc/secrets /var/lib/web"]],
    ["in the old spelling", "tar czf /b/a.tgz /etc/secrets", ["/b/a.tgz 644: /etc/secrets"]],
    ["from the folder that the script is in", "cd /etc\ntar -cf /b/a.tar secrets", ["/b/a.tar 644: /etc/secrets"]],
    ["through pipes", "tar -cf - /etc/secrets | gzip -9 > /b/a.tgz", ["/b/a.tgz 644: /etc/secrets"]],
    ["through install", "tar -c /etc/secrets | install -m 600 /dev/stdin /b/a.tar", ["/b/a.tar 600: /etc/secrets"]],
    ["under another name", "tar -cf /b/a.tar /etc/secrets\ngzip /b/a.tar\nchmod 600 /b/a.tar.gz", ["/b/a.tar.gz 600: /etc/secrets"]],
    ["as a copy", "tar -cf /b/a.tar /etc/secrets\ncp /b/a.tar /c/", ["/b/a.tar 644: /etc/secrets", "/c/a.tar 644: /etc/secrets"]],
    ["by zip", "zip -r /b/a /etc/secrets", ["/b/a.zip 644: /etc/secrets"]],
    ["not where they are taken apart", "tar -xzf /b/a.tgz -C /d", []],
    ["not where they are encrypted", "tar -cf - /etc/secrets | gpg -e > /b/a.gpg; zip -e /b/a.zip /etc/secrets", []],
  ])("%s", (_, text, expected) => {
    expect(archives(text)).toEqual(expected);
  });

  it("are not wholly known where something is left out", () => {
    expect(archives("tar -cf /b/a.tar --exclude=secrets /etc")).toEqual(["/b/a.tar 644: /etc…"]);
  });
});

describe("folders", () => {
  const folders = (text: string): string[] => factsOf(text).folders.map(({ path, mode }) => `${display(path)} ${mode.toString(8)}`);

  it.each<[string, string, string[]]>([
    ["with a mode of their own", "mkdir -p -m 0700 /a /b", ["/a 700", "/b 700"]],
    ["without one", "mkdir -p /a", []],
    ["under a mask", "umask 077\nmkdir -p /a", ["/a 700"]],
    ["by chmod", "mkdir -p /a\nchmod 750 /a/", ["/a 750"]],
    ["where the last word counts", "install -d -m 755 /a\nchmod 700 /a", ["/a 700"]],
    ["on two ways", 'if [ "$A" ]; then chmod 700 /a; else chmod 755 /a; fi', ["/a 755"]],
    ["where they may be there", "[ -d /a ] || install -d -m 700 /a", ["/a 700"]],
  ])("%s", (_, text, expected) => {
    expect(folders(text)).toEqual(expected);
  });
});
