/** Mending: what is written and how, what is only shown, and what is refused. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, linkSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, PROGRAM, Tree } from "./program.ts";

const read = (tree: Tree, path: string): string => readFileSync(tree.path(path), "utf8");
const SECOND = BAD.replace("}\n", "  networking.hostName = \"sample\";\n}\n");
const TWO_RULES = ["--rule", "grow-partition,redis-memory"];
const REDIS = GOOD.replace("}\n", "  services.redis.servers.x.enable = true;\n}\n");

describe("--fix", () => {
  it("writes what has a safe fix, says so, and ends by what remains", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": REDIS, "c.nix": GOOD });
    const { status, stdout, stderr } = tree.run(["--fix", ...TWO_RULES]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout.split("\n\n")[0]).toBe("a.nix\n  mended  grow-partition  Write `true`");
    expect(stdout.split("\n\n")[1]).toBe("Mended 1 finding in 1 file; 1 finding remains; 1 can be mended with --fix-proposed");
    expect(stdout).toContain("redis-memory (proposed fix)");
    expect([read(tree, "a.nix"), read(tree, "b.nix"), read(tree, "c.nix")]).toEqual([GOOD, REDIS, GOOD]);
    expect(readdirSync(tree.folder).sort()).toEqual([".git", "a.nix", "b.nix", "c.nix"]);
  });

  it("writes proposed ones only when asked to", () => {
    const tree = new Tree({ "b.nix": REDIS });
    expect(tree.run(["--fix", ...TWO_RULES]).stdout).toMatch(/^Nothing was mended; 1 finding remains; 1 can be mended with --fix-proposed\n/);
    expect(tree.run(["--fix-proposed", ...TWO_RULES]).stdout).toMatch(/^b\.nix\n {2}mended {2}redis-memory {2}/);
    expect(read(tree, "b.nix")).toContain("maxmemory");
    expect(tree.findings(TWO_RULES)).toEqual([]);
  });

  it("keeps the report of a program pure", () => {
    const tree = new Tree({ "a.nix": BAD });
    const { stdout, stderr } = tree.run(["--fix", "--format", "json", ...ONE_RULE]);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { files: 1, errors: 0 } });
    expect(stderr).toContain("Mended 1 finding in 1 file");
  });

  it("keeps mode, owner, line endings and byte order mark, and a lack of a line end", () => {
    const text = `\uFEFF${SECOND.replaceAll("\n", "\r\n").replace(/\r\n$/, "")}`;
    const tree = new Tree({ "a.nix": text });
    // Only root can give a file away.
    if (process.getuid?.() === 0) chownSync(tree.path("a.nix"), 12345, 23456);
    chmodSync(tree.path("a.nix"), 0o640);
    const { uid, gid } = statSync(tree.path("a.nix"));
    tree.run(["--fix", ...ONE_RULE]);
    expect(read(tree, "a.nix")).toBe(text.replace("growPartition = false", "growPartition = true"));
    expect(statSync(tree.path("a.nix"))).toMatchObject({ uid, gid });
    expect(statSync(tree.path("a.nix")).mode & 0o7777).toBe(0o640);
  });

  it("leaves a link a link, and its target outside the tree alone", () => {
    const outside = new Tree({ "outside.nix": BAD });
    const tree = new Tree({ "real/a.nix": BAD });
    symlinkSync("real/a.nix", tree.path("link.nix"));
    symlinkSync(outside.path("outside.nix"), tree.path("out.nix"));
    const { status, stdout } = tree.run(["--fix", ...ONE_RULE, "link.nix", "out.nix"]);
    expect(status).toBe(2);
    expect(stdout).toContain("it is a link that leads out of the tree");
    expect(lstatSync(tree.path("link.nix")).isSymbolicLink()).toBe(true);
    expect(read(tree, "real/a.nix")).toBe(GOOD);
    expect(read(outside, "outside.nix")).toBe(BAD);
  });

  it("does not write into the other name of a file", () => {
    const outside = new Tree({ "outside.nix": BAD });
    const tree = new Tree({});
    linkSync(outside.path("outside.nix"), tree.path("a.nix"));
    tree.run(["--fix", ...ONE_RULE]);
    expect([read(tree, "a.nix"), read(outside, "outside.nix")]).toEqual([GOOD, BAD]);
  });

  it("never touches a file with a syntax error", () => {
    const broken = BAD.replace("}\n", "  x = ;\n}\n");
    const tree = new Tree({ "a.nix": broken });
    expect(tree.run(["--fix", ...ONE_RULE]).status).toBe(1);
    expect(read(tree, "a.nix")).toBe(broken);
  });

  it("touches only what it was asked about", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": BAD });
    tree.run(["--fix", ...ONE_RULE, "b.nix"]);
    expect([read(tree, "a.nix"), read(tree, "b.nix")]).toEqual([BAD, GOOD]);
  });

  it("says what it could not write, and what is found there then", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": BAD });
    // A file system that is read-only; root may write everywhere, so that a permission would not do.
    const { status, stdout } = spawnSync(process.execPath, ["-e", `require("node:fs").renameSync = (from, to) => { throw Object.assign(new Error("x"), { code: "EROFS", syscall: "rename" }); }; process.argv = ["", "", "--fix", "--rule", "grow-partition", "a.nix"]; require(${JSON.stringify(PROGRAM)});`], { cwd: tree.folder, encoding: "utf8" });
    expect(status).toBe(2);
    expect(stdout).toContain("This file was not mended: you may not write it, or not in its folder; check\n  the permissions.");
    expect(stdout).toContain("4:24  error  grow-partition");
    expect(readdirSync(tree.folder).sort()).toEqual([".git", "a.nix", "b.nix"]);
    expect(read(tree, "a.nix")).toBe(BAD);
  });

  it("refuses a file that has changed since it was read", () => {
    const tree = new Tree({ "a.nix": BAD });
    // Somebody writes while the new text is being written.
    const between = `const fs = require("node:fs"); const sync = fs.fsyncSync; fs.fsyncSync = (fd) => { fs.appendFileSync("a.nix", "# more\\n"); sync(fd); }; process.argv = ["", "", "--fix", "--rule", "grow-partition", "a.nix"]; require(${JSON.stringify(PROGRAM)});`;
    const { status, stdout } = spawnSync(process.execPath, ["-e", between], { cwd: tree.folder, encoding: "utf8" });
    expect([status, stdout.includes("This file was not mended: it has changed since it was read; run it again.")]).toEqual([2, true]);
    expect(read(tree, "a.nix")).toBe(`${BAD}# more\n`);
    expect(readdirSync(tree.folder).sort()).toEqual([".git", "a.nix"]);
  });
});

describe("--diff", () => {
  const files = { "a b.nix": BAD, "sub/c.nix": BAD.replaceAll("\n", "\r\n"), "d.nix": GOOD, "e.nix": `\uFEFF${BAD}`.replace(/\n$/, "") };

  it("shows what would change and writes nothing", () => {
    const tree = new Tree({ "a.nix": BAD });
    const { status, stdout, stderr } = tree.run(["--diff", ...ONE_RULE]);
    expect(status).toBe(1);
    expect(stdout).toBe("--- a/a.nix\n+++ b/a.nix\n@@ -1,5 +1,5 @@\n { ... }:\n {\n   imports = [ /etc/nixos/hardware-configuration.nix ];\n-  boot.growPartition = false;\n+  boot.growPartition = true;\n }\n");
    expect(stderr).toBe("a.nix\n  to mend  grow-partition  Write `true`\n\nWould mend 1 finding in 1 file\n");
    expect(read(tree, "a.nix")).toBe(BAD);
  });

  it("comes to what --fix writes, when git applies it", () => {
    const shown = new Tree(files);
    const written = new Tree(files);
    const { stdout } = shown.run(["--diff", ...ONE_RULE]);
    expect(spawnSync("git", ["apply", "-"], { cwd: shown.folder, input: stdout, encoding: "utf8", env: { ...process.env, GIT_CEILING_DIRECTORIES: shown.path("..") } })).toMatchObject({ status: 0, stderr: "" });
    written.run(["--fix", ...ONE_RULE]);
    for (const path of Object.keys(files)) expect(read(shown, path)).toBe(read(written, path));
  });

  it("shows nothing and ends with 0 where nothing would change, whatever is found", () => {
    const tree = new Tree({ "b.nix": REDIS });
    expect(tree.run(["--diff", "--fail-on", "info", ...TWO_RULES])).toEqual({ status: 0, stdout: "", stderr: "Nothing to mend; 1 finding remains; 1 can be mended with --fix-proposed\n" });
    expect(tree.run(["--fix-proposed", "--diff", ...TWO_RULES]).status).toBe(1);
  });

  it("has standard output to itself", () => {
    const tree = new Tree({ "a.nix": BAD });
    expect(tree.run(["--diff", "--format", "json"]).stderr).toBe("tappaas-lint: The diff goes to standard output; send the report into a file: `--format json=FILE`.\n");
    expect(tree.run(["--diff", "--format", "json=out.json", ...ONE_RULE]).status).toBe(1);
    expect(JSON.parse(read(tree, "out.json"))).toMatchObject({ summary: { errors: 0 } });
  });
});

describe("standard input", () => {
  it("is printed mended, and nothing else", () => {
    const tree = new Tree({});
    const { status, stdout, stderr } = tree.run(["--fix", "-", ...ONE_RULE], { input: `\uFEFF${BAD}` });
    expect([status, stdout]).toEqual([0, `\uFEFF${GOOD}`]);
    expect(stderr).toContain("Mended 1 finding in 1 file\n\nNo findings in 1 file");
  });

  it("is printed as it is where there is nothing to mend", () => {
    const tree = new Tree({});
    for (const input of [GOOD, "{ x = ; }\n"]) expect(tree.run(["--fix", "-", ...ONE_RULE], { input }).stdout).toBe(input);
  });

  it("leaves the file of its name alone", () => {
    const tree = new Tree({ "a.nix": GOOD });
    expect(tree.run(["--fix", "-", "--stdin-filename", "a.nix", ...ONE_RULE], { input: SECOND }).stdout).toBe(SECOND.replace("growPartition = false", "growPartition = true"));
    expect(tree.run(["--diff", "-", "--stdin-filename", "sub/x.nix", ...ONE_RULE], { input: BAD }).stdout).toMatch(/^--- a\/sub\/x\.nix\n/);
    expect(read(tree, "a.nix")).toBe(GOOD);
    expect(existsSync(tree.path("sub"))).toBe(false);
  });
});

describe("being stopped", () => {
  const names = Array.from({ length: 200 }, (_, index) => `m${index}/x.nix`);
  // Long enough for a write to take more than one step.
  const old = `${BAD}${"# a line of a comment, as modules have them\n".repeat(500)}`;
  const mended = old.replace("growPartition = false", "growPartition = true");

  /** Runs `--fix` on the tree, sends a signal at a moment of the run, and says how many files are new; each is one or the other. */
  async function stopped(tree: Tree, signal: NodeJS.Signals, moment: { readonly after: "start" | "first"; readonly wait: number }): Promise<{ written: number; code: NodeJS.Signals | number | null; litter: string[] }> {
    const program = spawn(process.execPath, [PROGRAM, "--fix", ...ONE_RULE, "--format", "json=/dev/null"], { cwd: tree.folder, stdio: "ignore" });
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) => program.on("exit", (code, by) => resolve(by ?? code)));
    const isFirstWritten = (): boolean => read(tree, names[0] as string) !== old;
    if (moment.after === "first") while (program.exitCode === null && !isFirstWritten()) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setTimeout(resolve, moment.wait));
    program.kill(signal);
    const code = await ended;
    let written = 0;
    for (const name of names) {
      const text = read(tree, name);
      expect(text === old || text === mended).toBe(true);
      if (text === mended) written++;
      writeFileSync(tree.path(name), old);
    }
    const litter = names.flatMap((name) => readdirSync(tree.path(name.replace(/\/.*/, ""))).filter((each) => each !== "x.nix"));
    return { written, code, litter };
  }

  it("leaves every file old or new when it is killed at any moment", async () => {
    const tree = new Tree(Object.fromEntries(names.map((name) => [name, old])));
    let whileWriting = 0;
    for (let round = 0; round < 16; round++) {
      const { written } = await stopped(tree, "SIGKILL", round % 4 === 0 ? { after: "start", wait: Math.random() * 1500 } : { after: "first", wait: Math.random() * 150 });
      if (written > 0 && written < names.length) whileWriting++;
    }
    // Otherwise nothing was tried.
    expect(whileWriting).toBeGreaterThan(0);
  }, 300_000);

  it("cleans up when it is asked to end", async () => {
    const tree = new Tree(Object.fromEntries(names.map((name) => [name, old])));
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      const { code, litter, written } = await stopped(tree, signal, { after: "first", wait: 0 });
      expect(litter).toEqual([]);
      if (written < names.length) expect(code).toBe(signal);
    }
  }, 60_000);
});

it("mends a tree in which a folder is named like a module", () => {
  const tree = new Tree({ "a.nix": BAD });
  mkdirSync(tree.path("b.nix"));
  tree.run(["--fix", ...ONE_RULE]);
  expect(read(tree, "a.nix")).toBe(GOOD);
});
