/** Disks that are full, files that vanish, readers that go away, signals: nothing half-written, a clear last word, the right status. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, PROGRAM, type Run, Tree } from "./program.ts";

const PATH = process.env["PATH"] ?? "";

/** Runs a line of Bash in which `lint` is the program. */
function bash(tree: Tree, line: string): Run {
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-c", `lint() { ${process.execPath} ${PROGRAM} "$@"; }\n${line}`], { cwd: tree.folder, encoding: "utf8", env: { PATH } });
  return { status, stdout, stderr };
}

/** Runs the program after something was done to Node's file system, which stands for what others do to the disk meanwhile. */
function meddled(tree: Tree, meddle: string, args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", `const fs = require("node:fs"); ${meddle}; process.argv = ["", "", ...${JSON.stringify(args)}]; require(${JSON.stringify(PROGRAM)});`], { cwd: tree.folder, encoding: "utf8", env: { PATH } });
  return { status, stdout, stderr };
}

const read = (tree: Tree, path: string): string => readFileSync(tree.path(path), "utf8");
/** All names in a tree's folders, so that nothing that is left behind goes unseen. */
const names = (tree: Tree): string[] => readdirSync(tree.folder, { recursive: true, encoding: "utf8" }).filter((name) => name !== ".git").sort();

// No file may grow beyond so many blocks of 1,024 bytes: writing fails in the middle, as on a disk that is full (setrlimit(2), RLIMIT_FSIZE).
const FULL = "ulimit -f 2;";
const LARGE = `${BAD}${"# a line of a comment, as modules have them\n".repeat(200)}`;

describe("a disk that is full", () => {
  it("leaves the old report, and says so", () => {
    const tree = new Tree({ "a.nix": BAD, "report.json": "old\n" });
    const { status, stdout, stderr } = bash(tree, `${FULL} lint --format compact --format json=report.json`);
    expect([status, stderr]).toEqual([2, "tappaas-lint: The report report.json cannot be written: files may not become that large here (`ulimit -f`).\n"]);
    expect(stdout).toContain("[grow-partition]");
    expect([read(tree, "report.json"), names(tree)]).toEqual(["old\n", ["a.nix", "report.json"]]);
  });

  it("leaves no part of a new one", () => {
    const tree = new Tree({ "a.nix": BAD });
    expect(bash(tree, `${FULL} lint --format sarif=report.sarif`).status).toBe(2);
    expect(names(tree)).toEqual(["a.nix"]);
  });

  it("leaves the old baseline, or none", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": BAD, "c.nix": BAD });
    const told = /The baseline \.tappaas-lint-baseline\.json was not written: files may not become that large here/;
    const first = bash(tree, `${FULL} lint --write-baseline --format compact`);
    expect([first.status, told.test(first.stderr), names(tree)]).toEqual([2, true, ["a.nix", "b.nix", "c.nix"]]);
    expect(tree.run(["--write-baseline", ...ONE_RULE]).status).toBe(0);
    const old = read(tree, ".tappaas-lint-baseline.json");
    const second = bash(tree, `${FULL} lint --write-baseline --format compact`);
    expect([second.status, told.test(second.stderr), read(tree, ".tappaas-lint-baseline.json")]).toEqual([2, true, old]);
  });

  it("leaves the old module, tells what was not mended, and what is found there still", () => {
    const tree = new Tree({ "large.nix": LARGE, "small.nix": BAD });
    const { status, stdout } = bash(tree, `${FULL} lint --fix ${ONE_RULE.join(" ")} --format compact`);
    expect(status).toBe(2);
    expect(stdout).toContain("large.nix: failure: This file was not mended: files may not become that large here (`ulimit -f`).");
    expect(stdout).toContain("large.nix:4:24: error");
    expect([read(tree, "large.nix"), read(tree, "small.nix"), names(tree)]).toEqual([LARGE, GOOD, ["large.nix", "small.nix"]]);
  });

  it("leaves no half configuration", () => {
    const tree = new Tree({ "a.nix": GOOD });
    const { status, stderr } = meddled(tree, `const write = fs.writeFileSync; fs.writeFileSync = (to, text, ...rest) => { write(to, String(text).slice(0, 9), ...rest); throw Object.assign(new Error("x"), { code: "ENOSPC" }); }`, ["init"]);
    expect([status, stderr]).toEqual([2, "tappaas-lint: .tappaas-lint.json cannot be written: the disk is full; make room and run it again.\n"]);
    expect(names(tree)).toEqual(["a.nix"]);
  });

  it.each(["", "rules", "explain grow-partition", "--version", "--fix -"])("behind standard output ends `%s` with a word and status 2", (command) => {
    const tree = new Tree({ "a.nix": BAD });
    const { status, stderr } = bash(tree, `lint ${command} > /dev/full < a.nix`);
    expect([status, stderr.split("\n").at(-2)]).toEqual([2, "tappaas-lint: Standard output cannot be written: the disk is full; make room and run it again."]);
  });

  it("behind standard error changes nothing else", () => {
    const tree = new Tree({ "a.nix": BAD });
    expect(bash(tree, "lint --quite 2> /dev/full").status).toBe(2);
    expect(bash(tree, `lint --fix ${ONE_RULE.join(" ")} --format json 2> /dev/full`).status).toBe(0);
    expect(read(tree, "a.nix")).toBe(GOOD);
  });

  it("behind one report lets the others be written", () => {
    const tree = new Tree({ "a.nix": BAD });
    const { status, stderr } = bash(tree, "lint --format compact --format json=/dev/full --format junit=junit.xml > /dev/full");
    expect([status, stderr.split("\n").length, read(tree, "junit.xml").slice(0, 5)]).toEqual([2, 3, "<?xml"]);
  });
});

describe("a permission that is missing half-way", () => {
  it("keeps one file from being mended, and no other", () => {
    const tree = new Tree({ "closed/b.nix": BAD, "open/a.nix": BAD, "open/c.nix": BAD });
    for (const path of [".", "open", "open/a.nix", "open/c.nix"]) chmodSync(tree.path(path), 0o777);
    chmodSync(tree.path("closed"), 0o555);
    // The superuser may write everywhere, so that nobody does it; a file of another user could not keep its owner.
    const line = process.getuid?.() === 0 ? `chown -R 65534:65534 . && setpriv --reuid 65534 --regid 65534 --clear-groups ${process.execPath} dist/tappaas-lint.js` : `${process.execPath} dist/tappaas-lint.js`;
    spawnSync("cp", ["-r", dirname(PROGRAM), tree.path("dist")]);
    const { status, stdout } = bash(tree, `${line} --fix ${ONE_RULE.join(" ")} --format compact open closed`);
    expect([status, stdout.split("\n").filter((text) => text.includes("failure"))]).toEqual([2, ["closed/b.nix: failure: This file was not mended: you may not write it, or not in its folder; check the permissions."]]);
    expect([read(tree, "closed/b.nix"), read(tree, "open/a.nix"), read(tree, "open/c.nix")]).toEqual([BAD, GOOD, GOOD]);
    expect([...readdirSync(tree.path("closed")), ...readdirSync(tree.path("open"))]).toEqual(["b.nix", "a.nix", "c.nix"]);
  });

  it("keeps a report that is written anew as closed as it was", () => {
    const tree = new Tree({ "a.nix": BAD, "report.json": "old" });
    chmodSync(tree.path("report.json"), 0o600);
    expect(tree.run(["--format", "json=report.json"]).status).toBe(1);
    expect([statSync(tree.path("report.json")).mode & 0o777, JSON.parse(read(tree, "report.json"))]).toEqual([0o600, expect.objectContaining({ version: 1 })]);
  });
});

describe("a file that changes during the run", () => {
  /** Does something once the tree has been walked. */
  const afterWalk = (act: string): string => `const list = fs.readdirSync; let done = false; fs.readdirSync = (...args) => { const names = list(...args); if (!done) { done = true; ${act}; } return names; }`;

  it("and is gone is told, and the others are linted", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": BAD });
    const { status, stdout } = meddled(tree, afterWalk('fs.rmSync("a.nix")'), ["--format", "compact", ...ONE_RULE]);
    expect([status, stdout.split("\n").map((line) => line.replace(/error: .*/, "…"))]).toEqual([2, ["b.nix:4:24: …", "a.nix: failure: This file cannot be read: it does not exist.", ""]]);
  });

  it("and is a folder that has gone is told", () => {
    const tree = new Tree({ "a.nix": BAD, "sub/b.nix": BAD });
    const { status, stdout } = meddled(tree, afterWalk('fs.rmSync("sub", { recursive: true })'), ["--format", "compact", ...ONE_RULE]);
    expect([status, stdout.split("\n").map((line) => line.replace(/error: .*/, "…"))]).toEqual([2, ["a.nix:4:24: …", "sub: failure: This folder cannot be listed: it does not exist.", ""]]);
  });

  it("and is a link that leads out then is not followed", () => {
    const outside = new Tree({ "secret.nix": BAD });
    const tree = new Tree({ "a.nix": GOOD });
    const swap = `fs.rmSync("a.nix"); fs.symlinkSync(${JSON.stringify(outside.path("secret.nix"))}, "a.nix")`;
    const { status, stdout } = meddled(tree, afterWalk(swap), ["--format", "compact", ...ONE_RULE]);
    expect([status, stdout]).toEqual([2, "a.nix: failure: This file cannot be read: it is a link that leads out of the tree, which is never followed.\n"]);
    // Also where it becomes one between the look at it and the opening.
    const late = new Tree({ "a.nix": GOOD });
    const open = `const open = fs.openSync; fs.openSync = (path, ...rest) => { if (String(path).endsWith("a.nix")) { ${swap}; } return open(path, ...rest); }`;
    expect(meddled(late, open, ["--format", "compact", ...ONE_RULE])).toMatchObject({ status: 2, stdout: "a.nix: failure: This file cannot be read: its links lead in a circle.\n" });
  });

  it("and is another when it is to be mended is left alone", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": BAD });
    const gone = `const rename = fs.renameSync; fs.renameSync = (from, to) => { rename(from, to); if (to.endsWith("a.nix")) fs.rmSync("b.nix"); }`;
    const { status, stdout } = meddled(tree, gone, ["--fix", "--format", "compact", ...ONE_RULE]);
    expect([status, stdout.split("\n").find((line) => line.includes("failure"))]).toEqual([2, "b.nix: failure: This file was not mended: it does not exist."]);
    expect([read(tree, "a.nix"), names(tree)]).toEqual([GOOD, ["a.nix"]]);
  });
});

describe("a reader that goes away", () => {
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`m${index}.nix`, BAD]));

  it("of standard output ends nothing: the status is that of the findings", () => {
    const tree = new Tree(many);
    const { stdout, stderr } = bash(tree, `lint --format compact | head -1; echo "\${PIPESTATUS[0]}"`);
    expect([stdout.split("\n").slice(1), stderr]).toEqual([["1", ""], ""]);
  });

  it("of standard error neither", () => {
    const tree = new Tree({ "a.nix": Buffer.from([0]) });
    const { stdout, stderr } = bash(tree, `{ lint --format json 2>&1 >&3 | true; echo "\${PIPESTATUS[0]}"; } 3>&1`);
    expect([stdout.split("\n").at(-2), stderr]).toEqual(["2", ""]);
  });
});

describe("a signal", () => {
  function ended(program: ChildProcess): Promise<{ signal: NodeJS.Signals | null; stderr: string }> {
    let stderr = "";
    program.stderr?.on("data", (part: Buffer) => (stderr += part.toString()));
    return new Promise((resolve) => program.on("close", (_, signal) => resolve({ signal, stderr })));
  }

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends a run as it ends others, which a shell sees", async (signal) => {
    const tree = new Tree({ "a.nix": BAD });
    const number = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[signal];
    const meddle = `const fs = require("node:fs"); fs.readdirSync = () => { process.kill(process.pid, "${signal}"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000); return []; }; process.argv = ["", "", "--format", "json=report.json"]; require(${JSON.stringify(PROGRAM)});`;
    const { stdout } = bash(tree, `${process.execPath} -e '${meddle}'; echo $?`);
    expect(stdout).toBe(`${128 + number}\n`);
    expect(names(tree)).toEqual(["a.nix"]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s while a report is written lets it be whole, and is told", async (signal) => {
    const tree = new Tree({ "a.nix": BAD, "report.json": "old" });
    const meddle = `const sync = fs.fsyncSync; fs.fsyncSync = (fd) => { process.kill(process.pid, "${signal}"); sync(fd); }`;
    const program = spawn(process.execPath, ["-e", `const fs = require("node:fs"); ${meddle}; process.argv = ["", "", "--format", "json=report.json"]; require(${JSON.stringify(PROGRAM)});`], { cwd: tree.folder });
    expect(await ended(program)).toEqual({ signal, stderr: `tappaas-lint: The run was stopped by ${signal}; every report is either as it was or written.\n` });
    expect([JSON.parse(read(tree, "report.json")), names(tree)]).toEqual([expect.objectContaining({ files: expect.anything() }), ["a.nix", "report.json"]]);
  });

  it("while a baseline is written lets it be whole", async () => {
    const tree = new Tree({ "a.nix": BAD });
    const meddle = `const sync = fs.fsyncSync; fs.fsyncSync = (fd) => { process.kill(process.pid, "SIGTERM"); sync(fd); }`;
    const program = spawn(process.execPath, ["-e", `const fs = require("node:fs"); ${meddle}; process.argv = ["", "", "--write-baseline", "--format", "json"]; require(${JSON.stringify(PROGRAM)});`], { cwd: tree.folder });
    expect(await ended(program)).toEqual({ signal: "SIGTERM", stderr: expect.stringMatching(/\ntappaas-lint: The run was stopped by SIGTERM; every baseline is either as it was or written\.\n$/) });
    expect([JSON.parse(read(tree, ".tappaas-lint-baseline.json")), names(tree)]).toEqual([expect.objectContaining({ version: 1 }), [".tappaas-lint-baseline.json", "a.nix"]]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s while a module is mended lets it be mended, no other, and is told", async (signal) => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": BAD });
    const meddle = `const sync = fs.fsyncSync; fs.fsyncSync = (fd) => { process.kill(process.pid, "${signal}"); sync(fd); }`;
    const program = spawn(process.execPath, ["-e", `const fs = require("node:fs"); ${meddle}; process.argv = ["", "", "--fix", "--rule", "grow-partition"]; require(${JSON.stringify(PROGRAM)});`], { cwd: tree.folder });
    const { signal: by, stderr } = await ended(program);
    expect([by, stderr.split("\n").at(-2)]).toEqual([signal, `tappaas-lint: The run was stopped by ${signal}; every file is either as it was or mended.`]);
    expect([read(tree, "a.nix"), read(tree, "b.nix"), names(tree)]).toEqual([GOOD, BAD, ["a.nix", "b.nix"]]);
  });
});

describe("a place that is none", () => {
  it("is told where the current folder is gone", () => {
    const tree = new Tree({ "gone/a.nix": BAD });
    expect(bash(tree, "cd gone && rm -r ../gone && lint")).toEqual({ status: 2, stdout: "", stderr: "tappaas-lint: The current folder is gone; change into one that is there.\n" });
  });

  it("is told where standard input is a folder", () => {
    const tree = new Tree({});
    expect(bash(tree, "lint --format compact - < .")).toEqual({ status: 2, stdout: "stdin.nix: failure: Standard input cannot be read: it is a folder.\n", stderr: "" });
  });

  it("is not made outside by a link that is named like a configuration", () => {
    const outside = new Tree({});
    const tree = new Tree({ "a.nix": GOOD });
    symlinkSync(outside.path("made"), tree.path(".tappaas-lint.json"));
    expect(tree.run(["init"])).toEqual({ status: 2, stdout: "", stderr: "tappaas-lint: .tappaas-lint.json is there already and is left as it is; edit it, or delete it first.\n" });
    expect(existsSync(outside.path("made"))).toBe(false);
  });

  it("is not made outside by a link that is named like a baseline", () => {
    const outside = new Tree({});
    const tree = new Tree({ "a.nix": BAD });
    symlinkSync(outside.path("made"), tree.path(".tappaas-lint-baseline.json"));
    const { status, stderr } = tree.run(["--write-baseline"]);
    expect([status, stderr]).toEqual([2, "tappaas-lint: The baseline .tappaas-lint-baseline.json is a link that leads to nothing inside the tree, and is never followed; put a file in its place.\n"]);
    expect(existsSync(outside.path("made"))).toBe(false);
  });
});
