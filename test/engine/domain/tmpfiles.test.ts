/** Holds the reading of tmpfiles.d lines against tables from its manual and, where it is installed, against systemd-tmpfiles itself. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allowsOthers, effectiveMode, isAdjustingLine, isFileLine, isFolderLine, isOwnerOnly, parseTmpfilesLine, pathField, type TmpfilesRule,
} from "../../../src/engine/domain/tmpfiles.ts";

function rule(line: string): TmpfilesRule {
  const read = parseTmpfilesLine(line);
  if (read.kind !== "rule") throw new Error(`${line}: ${JSON.stringify(read)}`);
  return read.rule;
}

function error(line: string): { message: string; at: string } {
  const read = parseTmpfilesLine(line);
  if (read.kind !== "error") throw new Error(`${line}: ${JSON.stringify(read)}`);
  return { message: read.message, at: line.slice(read.start, read.end) };
}

/** Lines as real modules write them, and every type once; systemd-tmpfiles takes all of them. */
const TAKEN = [
  "d /var/lib/x 0700 root root -",
  "d /var/lib/x 0700 root root - -",
  "d /var/lib/x 0700 root root",
  "d /var/lib/x 0700",
  "d /var/lib/x",
  "d /var/lib/x              0700 root      root      -",
  "\td\t/var/lib/x\t0755\t1000\t1000\t-\t",
  "d /var/lib/x 755 0 0 10d -",
  "d /var/lib/x 0700 root root - what is not read",
  "D! /run/x 1777 root root 10d",
  "e /var/cache/x 0750 root root 4w",
  "v /var/tmp/v - - - 30d",
  "q /var/tmp/q 1777 - - 30d",
  "Q /var/tmp/Q",
  "f /etc/x 0600 root root - key=value with blanks",
  "f+ /etc/x 0600 root root - line\\n",
  "F /etc/x 0600",
  "f~ /etc/x 0600 root root - aGVsbG8=",
  "f~ /etc/x 0600 root root - aGVs bG8=",
  "f= /etc/x 0600",
  "f- /etc/x 0600",
  "f+!-= /etc/x 0600",
  "w /sys/x - - - - 1",
  "w+ /sys/x - - - - 1\\n",
  "p+ /run/pipe 0640 root root",
  "L /etc/x - - - - ../y",
  "L+ /etc/x - - - - /run/y",
  "L /etc/x",
  "c /dev/x 0666 root root - 1:3",
  "b+ /dev/x 0660 root root - 8:0x10",
  "C /etc/x 0644 root root - /src",
  "C+ /etc/x - - - - /src",
  "x /tmp/x/*",
  "X /tmp/x",
  "r! /tmp/.X[0-9]*-lock",
  "R /tmp/x",
  "z /etc/x 0600 root root",
  "Z /etc/x ~0750 root root",
  "m /etc/x 0600",
  "t /etc/x - - - - user.a=b user.c=\"d e\"",
  "t /etc/x - - - - nothing",
  "T /etc/x - - - - user.a=%m",
  "a+ /etc/x - - - - u:root:rwX",
  "A /etc/x - - - - what is malformed is only warned of",
  "h /etc/x - - - - +C",
  "H /etc/x - - - - =",
  "h /etc/x - - - - =aC",
  "h /etc/x - - - - i",
  "d /var/lib/x ~0750 :root :root",
  "d /var/lib/x :0750",
  "d /var/lib/x :~:0750",
  'd "/var/lib/with blank" 0700',
  "d '/var/lib/with blank' 0700",
  'd /var/lib/"with blank"/y 0700',
  '"d" "/var/lib/x" "0700" "root" "root" "1h 30min"',
  'd /var/lib/x "" "" "" ""',
  "d %S/x 0700",
  "d %t/%m 0700",
  "d /var/lib/x%%y 0700",
  "d /var/lib/x% 0700",
  "d /var/lib/x%-y 0700",
  "d /x 7777",
  "d /x 0",
  "d /x - - - ~10d",
  "d /x - - - aAbBcCmM:10d",
  "d /x - - - ~a:1d12h",
  'd /x - - - "a m:1d"',
  "d /x - - - infinity",
  "d /x - - - 0",
  "d /x - - - 1.5h",
  "d /x - - - .5h",
  "d /x - - - 5",
  "d /x - - - +5",
  "d /x - - - 1y2months3w",
  'd /x - - - "5 5"',
  "d /x - - - 500us",
  "d /x - 4294967294 65534",
  "z /a/../b 0755",
];

const REFUSED: readonly (readonly [line: string, at: string, message: RegExp])[] = [
  ["d", "d", /no path/],
  ["/var/lib/x 0755 root root -", "/var/lib/x", /type is missing/],
  ['"" /x', '""', /type is empty/],
  ["dd /x", "dd", /no line type "dd"/],
  ["directory /x", "directory", /no line type/],
  ["y /x", "y", /no line type "y"/],
  ["d++ /x", "d++", /each once/],
  ["d* /x", "d*", /modifiers/],
  ["d var/lib/x", "var/lib/x", /not absolute/],
  ["d -", "-", /not absolute/],
  ["d /x%1", "/x%1", /no specifier %1/],
  ["d /x%y 0700", "/x%y", /no specifier %y/],
  ["d /x rwx", "rwx", /not an octal number/],
  ["d /x root root 0755", "root", /order is type, path, mode/],
  ["d /x 0888", "0888", /octal/],
  ["d /x 17777", "17777", /octal/],
  ["d /x +0755", "+0755", /octal/],
  ["d /x 0o755", "0o755", /octal/],
  ["d /x ~", "~", /octal/],
  ["d /x 0755 root:root -", "root:root", /no user/],
  ["d /x 0755 65535", "65535", /no user/],
  ["d /x 0755 4294967295", "4294967295", /no user/],
  ["d /x - 0755", "0755", /no user/],
  ["d /x - -1", "-1", /no user/],
  ["d /x - :", ":", /no user/],
  ["d /x - - ../x", "../x", /no group/],
  ["d /x 0755 root root root", "root", /no time span/],
  ["d /x 0755 root root 10x", "10x", /no time span/],
  ["d /x 0755 root root 1.h", "1.h", /no time span/],
  ["d /x 0755 root root -5", "-5", /no time span/],
  ["d /x 0755 root root 1.5.5", "1.5.5", /no time span/],
  ["d /x 0755 root root ~", "~", /no time span/],
  ["d /x 0755 root root z:10d", "z:10d", /timestamps/],
  ["d /x 0755 root root :10d", ":10d", /timestamps/],
  ["d /x 0755 root root a:", "a:", /no time span/],
  ["d /x 0755 root root 99999999999999999999", "99999999999999999999", /no time span/],
  ["d /x 0755 root root 600000y", "600000y", /no time span/],
  ["w /x", "w", /need an argument/],
  ["c /x - - - -", "c", /need an argument/],
  ["c /x - - - - 1,3", "1,3", /major:minor/],
  ["c /x - - - - 4096:0", "4096:0", /major:minor/],
  ["c /x - - - - 0x8:0", "0x8:0", /major:minor/],
  ["c /x - - - - 08:0", "08:0", /major:minor/],
  ["t /x", "t", /need an argument/],
  ["t /x - - - - user.a=%1", "user.a=%1", /no specifier/],
  ["a /x", "a", /need an argument/],
  ["h /x - - - - +Z", "+Z", /chattr/],
  ["h /x - - - - +", "+", /chattr/],
  ["L~ /x - - - - /y", "L~", /modifier ~/],
  ["C /x - - - - relative", "relative", /not absolute/],
  ["f^ /x", "f^", /need an argument/],
  ["f^ /x - - - - a/b", "a/b", /credential/],
  ["f~ /x - - - - *", "*", /Base64/],
  ["f~ /x - - - - aGVsbG9=", "aGVsbG9=", /Base64/],
  ["f /x - - - - a\\qb", "\\q", /no escape \\q/],
  ["f /x - - - - a\\", "\\", /no escape/],
  ["f /x - - - - %1", "%1", /no specifier/],
  ['d "/x 0755', '"/x 0755', /never closed/],
  ["d '/x 0755", "'/x 0755", /never closed/],
];

/** Lines that only newer systemd reads this way (255 and later for escapes, 256 for `$`, 258 for `?`), and paths judged when run. */
const NEWER_REFUSED: typeof REFUSED = [
  ["d /a\\q", "\\q", /no escape/],
  ["z$ /x", "z$", /modifier \$/],
  ["d? /x", "d?", /modifier \?/],
  ["d /a/../b 0755", "/a/../b", /\.\./],
];

describe("a path that is written into a line", () => {
  it.each([
    ["/srv/data", "/srv/data"],
    ["/srv/a b", '"/srv/a b"'],
    ["/srv/50%", "/srv/50%%"],
    ["/srv/\"x\\", '"/srv/\\"x\\\\"'],
    ["/srv/\t", '"/srv/\\x09"'],
  ])("%j is %j", (path, field) => {
    expect(pathField(path)).toBe(field);
  });

  it("is read from it again", () => {
    const name = fc.string({ unit: fc.constantFrom("a", " ", "%", "\"", "'", "\\", "\t", "\u0001", "é", "n", "x41", "$"), minLength: 1, maxLength: 6 });
    fc.assert(fc.property(name, (text) => {
      expect(rule(`d ${pathField(`/srv/${text}`)} 0750 root root -`).path).toBe(`/srv/${text}`);
    }), { numRuns: 500, seed: 8 });
  });
});

describe("parseTmpfilesLine", () => {
  it.each(TAKEN)("takes %s", (line) => {
    expect(parseTmpfilesLine(line).kind).toBe("rule");
  });

  it.each([...REFUSED, ...NEWER_REFUSED])("refuses %s at %s", (line, at, message) => {
    const found = error(line);
    expect(found.at).toBe(at);
    expect(found.message).toMatch(message);
    expect(found.message).not.toMatch(/[\r\n]/);
  });

  it.each(["", "   \t", "# d /x", "  # d /x"])("says nothing of %j", (line) => {
    expect(parseTmpfilesLine(line)).toEqual({ kind: "nothing" });
  });

  it("gives every field with its place", () => {
    const line = '  f+! "/etc/a b" :0640 :x grp  ~10d   some  text ';
    expect(rule(line)).toEqual({
      type: "f", modifiers: "+!", path: "/etc/a b", mode: 0o640, isMaskedMode: false, isModeForNewOnly: true, user: "x", group: "grp",
      typeField: { text: "f+!", start: 2, end: 5 },
      pathField: { text: "/etc/a b", start: 6, end: 16 },
      modeField: { text: ":0640", start: 17, end: 22 },
      userField: { text: ":x", start: 23, end: 25 },
      groupField: { text: "grp", start: 26, end: 29 },
      ageField: { text: "~10d", start: 31, end: 35 },
      argumentField: { text: "some  text", start: 38, end: 48 },
    });
  });

  it("gives null for what is left out", () => {
    expect(rule("d /x - - - - -")).toMatchObject({
      mode: null, modeField: null, user: null, userField: null, group: null, groupField: null, ageField: null, argumentField: null,
    });
  });

  it("leaves a path that starts with what only the machine knows", () => {
    expect(rule("d %b/x").path).toBeNull();
  });

  it("takes the modifiers of newer systemd", () => {
    expect(rule("d$ /x").modifiers).toBe("$");
    expect(rule("L? /x - - - - /y").modifiers).toBe("?");
    expect(rule("f^ /x - - - - name.of-credential").modifiers).toBe("^");
  });

  it("counts places in UTF-16 units", () => {
    expect(rule("d /\u{1f600}/x 0700").modeField).toEqual({ text: "0700", start: 8, end: 12 });
  });

  it.each([
    ["d /var//lib/./x/", "/var/lib/x"],
    ["d /", "/"],
    ["d %S/x", "/var/lib/x"],
    ["d %C/%u", "/var/cache/root"],
    ["d %t/x%%y", "/run/x%y"],
    ["d /var/run/x", "/run/x"],
    ["d /var/runner/x", "/var/runner/x"],
    ["d /var/lib/%m", null],
    ["d /a\\x20b\\u00e9\\101", "/a béA"],
  ])("reads the path of %s as %s", (line, path) => {
    expect(rule(line).path).toBe(path);
  });

  it("is total", () => {
    const part = fc.constantFrom("d", "f~", "/x", "/a b", "%", "%%", "%S", "\\", "\\x4", '"', "'", " ", "\t", "-", "0755", ":", "~", "10d", "\u0000", "é");
    fc.assert(fc.property(fc.array(part, { maxLength: 20 }).map((parts) => parts.join("")), (line) => {
      const read = parseTmpfilesLine(line);
      if (read.kind !== "error") return;
      expect(read.start).toBeLessThanOrEqual(read.end);
      expect(read.end).toBeLessThanOrEqual(line.length);
      expect(read.message.length).toBeGreaterThan(0);
    }), { numRuns: 2000 });
  });
});

describe("what a line makes", () => {
  it.each([
    ["d /x", 0o755], ["D /x", 0o755], ["v /x", 0o755], ["q /x", 0o755], ["Q /x", 0o755],
    ["f /x", 0o644], ["F /x", 0o644], ["p /x", 0o644], ["c /x - - - - 1:3", 0o644],
    ["f /x 0600", 0o600], ["f /x ~600", 0o600], ["d /x 1777", 0o1777], ["z /x 0640", 0o640], ["C /x 0640", 0o640],
    ["e /x", null], ["z /x", null], ["C /x", null], ["L /x 0777", null],
  ])("%s has mode %o", (line, mode) => {
    expect(effectiveMode(rule(line))).toBe(mode);
  });

  it("tells folders, files and adjustments apart", () => {
    const kinds = [...rule("d /x").type, ...["f", "F", "D", "v", "q", "Q", "e", "L", "C", "z", "Z", "m", "x"]].map((type) => {
      const line = rule(`${type} /x`);
      return `${type}:${isFolderLine(line) ? "folder" : ""}${isFileLine(line) ? "file" : ""}${isAdjustingLine(line) ? "adjust" : ""}`;
    });
    expect(kinds).toEqual(["d:folder", "f:file", "F:file", "D:folder", "v:folder", "q:folder", "Q:folder", "e:", "L:", "C:", "z:adjust", "Z:adjust", "m:adjust", "x:"]);
  });

  it("judges modes", () => {
    expect([0o700, 0o750, 0o1770, 0o2770].map(allowsOthers)).toEqual([false, false, false, false]);
    expect([0o755, 0o751, 0o1777, 0o604].map(allowsOthers)).toEqual([true, true, true, true]);
    expect([0o600, 0o400, 0o700, 0].map(isOwnerOnly)).toEqual([true, true, true, true]);
    expect([0o640, 0o604, 0o710].map(isOwnerOnly)).toEqual([false, false, false]);
  });
});

const probe = spawnSync("systemd-tmpfiles", ["--version"], { encoding: "utf8" });
const version = Number(/^systemd ([0-9]+)/.exec(probe.stdout ?? "")?.[1] ?? Number.NaN);
const hasJudge = !Number.isNaN(version);

describe("systemd-tmpfiles as judge", () => {
  let root = "";
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "tmpfiles-"));
    mkdirSync(join(root, "etc"));
    writeFileSync(join(root, "etc/passwd"), "root:x:0:0::/root:/bin/sh\n");
    writeFileSync(join(root, "etc/group"), "root:x:0:\n");
    writeFileSync(join(root, "src"), "");
  });
  afterAll(() => rmSync(root, { recursive: true }));

  /** Cleaning reads every line as creating does, yet touches nothing that does not exist below the root. */
  function judges(line: string): boolean {
    const file = join(root, "line.conf");
    writeFileSync(file, `${line}\n`);
    try {
      execFileSync("systemd-tmpfiles", ["--clean", "--boot", `--root=${root}`, file], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  }

  it.skipIf(!hasJudge)("takes what is taken here (needs systemd-tmpfiles)", () => {
    expect(TAKEN.filter((line) => !judges(line))).toEqual([]);
  });

  it.skipIf(!hasJudge)("refuses what is refused here (needs systemd-tmpfiles)", () => {
    expect(REFUSED.map(([line]) => line).filter(judges)).toEqual([]);
  });

  it.skipIf(!hasJudge)("agrees on lines put together at random (needs systemd-tmpfiles)", () => {
    const field = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
    const types = field("d", "D", "f", "F", "e", "L", "L+", "w", "c", "b", "p", "z", "Z", "x", "r", "a", "t", "h", "v", "d!", "d+", "f~", "d-=", "d++", "y", "dd");
    const paths = field("/x", "/x/y", "/x", "x", "%S/x", "/%9", "/x%%", '"/a b"', "'/a\"b'", '"/a', "/%T");
    const modes = field("-", "0755", "700", "1777", "0888", "rw", "~0700", ":0700", '""', "77777");
    const users = field("-", "root", "0", "12", "012", "65535", ":root", ":0", ":", '""', "-5");
    const ages = field("-", "10d", "10", "1h30m", "1.5d", "x", "~5d", "a:5d", "q:5d", "infinity", "1d ", "5dd", "5.d", '"1h 5min"', "1M", "0");
    const rests = field("", "-", "1:3", "+a", "word two", "u.a=b", "aGk=", "/src", "\\n", "\\q", "%m", "%9");
    const lines = fc.tuple(types, paths, modes, users, users, ages, rests, fc.nat({ max: 7 }))
      .map(([...fields]) => (fields.slice(0, 7) as string[]).slice(0, Math.max(1, fields[7] as number)).join(" "));
    fc.assert(fc.property(lines, (line) => {
      expect(`${line}: ${parseTmpfilesLine(line).kind === "rule"}`).toBe(`${line}: ${judges(line)}`);
    }), { numRuns: 400, seed: 5 });
  });

  // An older judge has no say in this, so there is nothing to skip.
  if (hasJudge && version >= 256) it("refuses what newer versions refuse", () => {
    const lines = NEWER_REFUSED.map(([line]) => line).filter((line) => !line.includes("..") && !line.includes("?"));
    expect(lines.filter(judges)).toEqual([]);
  });
});
