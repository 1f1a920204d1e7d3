/** Whatever is wrong with a path or a file, it is named with the next step, the rest is linted, and the status is 2. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, PROGRAM, Tree } from "./program.ts";

/** The compact report of a run, which must have ended with status 2. */
function failuresOf(tree: Tree, ...paths: readonly string[]): string[] {
  const { status, stdout } = tree.run([...ONE_RULE, "--format", "compact", ...paths]);
  expect(status).toBe(2);
  return stdout.split("\n").slice(0, -1);
}

/** Runs the program as a user who may not read everything: the superuser may, so it becomes nobody first. */
function withoutPower(tree: Tree, args: readonly string[]): { status: number | null; stdout: string } {
  const isSuperuser = process.getuid?.() === 0;
  // Nobody may not be allowed to look into the checkout.
  const program = new Tree({});
  cpSync(dirname(PROGRAM), program.path("dist"), { recursive: true });
  for (const folder of [tree.folder, program.folder]) chmodSync(folder, 0o755);
  const { status, stdout } = spawnSync(process.execPath, [program.path("dist/tappaas-lint.js"), ...args], { cwd: tree.folder, encoding: "utf8", ...(isSuperuser ? { uid: 65534, gid: 65534 } : {}) });
  return { status, stdout };
}

describe("paths", () => {
  const tree = new Tree({ "src/x/x.nix": BAD, "empty/readme.md": "", "gen/x.nix": BAD, ".gitignore": "gen/\n" });

  it.each([
    ["nope.nix", "There is no such file or folder; check the path."],
    ["src/x/y.nix", "There is no such file or folder; did you mean `src/x/x.nix`?"],
    ["srcs", "There is no such file or folder; did you mean `src`?"],
    ["explian", "There is no such file or folder; did you mean the command `explain`?"],
    ["src/**/y*.nix", "No `.nix` file fits this pattern; check it, and quote it so that the shell leaves it alone."],
    ["empty", "There is no `.nix` file here that git does not ignore; name a folder with modules, or a file."],
    ["gen", "There is no `.nix` file here that git does not ignore; name a folder with modules, or a file."],
    ["gen/*.nix", "There is no `.nix` file here that git does not ignore; name a folder with modules, or a file."],
  ])("%s", (path, message) => {
    expect(failuresOf(tree, path)).toEqual([`${path}: failure: ${message}`]);
  });

  it("does not keep the others from being linted", () => {
    expect(failuresOf(tree, "nope.nix", "src").map((line) => line.split(": ")[0])).toEqual(["src/x/x.nix:4:24", "nope.nix"]);
  });

  it("tells failures beside a report that has no place for them", () => {
    const { status, stdout, stderr } = tree.run(["--format", "json", "nope.nix"]);
    expect([status, stderr]).toEqual([2, "tappaas-lint: nope.nix: There is no such file or folder; check the path.\n"]);
    expect(JSON.parse(stdout)).toMatchObject({ files: [] });
  });
});

describe("arguments", () => {
  const tree = new Tree({ "x.nix": GOOD });

  it.each([
    [["--quite"], "Unknown option `--quite`; did you mean `--quiet`? `tappaas-lint --help` shows what there is."],
    [["--rule"], "Option `--rule <ID>` argument missing. `tappaas-lint --help` shows what there is."],
    [["rules", "--jsn"], "Unknown option `--jsn`; did you mean `--json`? `tappaas-lint --help` shows what there is."],
    [["explain"], "Missing required argument `RULE`. `tappaas-lint --help` shows what there is."],
    [["--fail-on", "warnin"], "`--fail-on` cannot be `warnin`; did you mean `warning`? It takes `error`, `warning`, `info`, `never`."],
    [["--max-warnings", "-1"], "`--max-warnings` takes a whole number such as 0 or 10, not `-1`."],
    [["--max-warnings", "many"], "`--max-warnings` takes a whole number such as 0 or 10, not `many`."],
  ])("%j", (args, message) => {
    expect(tree.run(args)).toEqual({ status: 2, stdout: "", stderr: `tappaas-lint: ${message}\n` });
  });
});

describe("files", () => {
  it("that are no text", () => {
    const tree = new Tree({
      "latin.nix": Buffer.from("{\n  # caf\u00e9\n}\n", "latin1"),
      "wide.nix": Buffer.from("\ufeff{ }", "utf16le"),
      "binary.nix": Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      "bad.nix": BAD,
    });
    expect(failuresOf(tree, ".").map((line) => line.replace(/`boot.*/, "…"))).toEqual([
      "bad.nix:4:24: error: …",
      "binary.nix: failure: This file cannot be read: it is a binary file (it contains a NUL byte); name Nix files only.",
      "latin.nix: failure: This file cannot be read: line 2 is not UTF-8; save the file as UTF-8.",
      "wide.nix: failure: This file cannot be read: it is UTF-16; save it as UTF-8.",
    ]);
  });

  it("with a byte order mark are read, and their columns do not count it", () => {
    const tree = new Tree({ "a.nix": `\ufeff${BAD.replace("{ ... }:\n{\n", "{ ... }: {")}` });
    expect(tree.findings(ONE_RULE)).toEqual(["a.nix:2:24 grow-partition"]);
  });

  it("that are empty, or comments only, are linted", () => {
    const tree = new Tree({ "empty.nix": "", "comment.nix": "# nothing\n" });
    const report = JSON.parse(tree.run(["--format", "json"]).stdout) as { files: { path: string }[] };
    expect(report.files.map(({ path }) => path)).toEqual(["comment.nix", "empty.nix"]);
  });

  it("of 5 MB are read, of more than 20 MB are not", () => {
    const tree = new Tree({ "large.nix": BAD + "# filler\n".repeat(600_000), "huge.nix": "# filler\n".repeat(2_300_000) });
    expect(failuresOf(tree, ".").map((line) => line.replace(/`boot.*/, "…"))).toEqual(["large.nix:4:24: error: …", "huge.nix: failure: This file cannot be read: it is larger than 20 MB; ignore it in the configuration, or split it."]);
  });

  it("that are folders by kind count as folders", () => {
    const tree = new Tree({ "dir.nix/x.nix": BAD });
    expect(tree.findings([...ONE_RULE, "."])).toEqual(["dir.nix/x.nix:4:24 grow-partition"]);
  });

  it("that are pipes are not opened", () => {
    const tree = new Tree({ "x.nix": BAD });
    expect(spawnSync("mkfifo", [tree.path("pipe.nix")]).status).toBe(0);
    expect(failuresOf(tree, "pipe.nix")).toEqual(["pipe.nix: failure: This is neither a file nor a folder (a pipe, a socket or a device), and is not read; name a `.nix` file."]);
    expect(tree.findings(ONE_RULE)).toEqual(["x.nix:4:24 grow-partition"]);
    // Nor where a module imports one.
    tree.write("y.nix", "{ imports = [ ./pipe.nix ]; boot.growPartition = builtins.readFile ./pipe.nix; }\n");
    expect(tree.run([...ONE_RULE, "y.nix"]).status).toBe(0);
  });

  it("that may not be read", () => {
    const tree = new Tree({ "secret.nix": BAD, "closed/x.nix": BAD, "ok.nix": GOOD });
    chmodSync(tree.path("secret.nix"), 0);
    chmodSync(tree.path("closed"), 0);
    expect(withoutPower(tree, [...ONE_RULE, "--format", "compact", "."])).toEqual({
      status: 2,
      stdout: "closed: failure: This folder cannot be listed: you may not read it; check its permissions.\nsecret.nix: failure: This file cannot be read: you may not read it; check its permissions.\n",
    });
    chmodSync(tree.path("closed"), 0o755);
  });

  it("whose names hold control characters cannot steer the terminal", () => {
    const tree = new Tree({ "a\u001b[31m.nix": Buffer.from([0]) });
    const { stdout, stderr } = tree.run(["--format", "json"]);
    expect(stdout + stderr).not.toContain("\u001b");
    expect(stderr).toContain("a\\u{1b}[31m.nix");
  });
});

describe("links", () => {
  const outside = new Tree({ "secret.nix": "{ boot.growPartition = false; }\n", "folder/secret.nix": "{ boot.growPartition = false; }\n" });
  const tree = new Tree({ "real/x.nix": BAD });
  symlinkSync(outside.path("secret.nix"), tree.path("out.nix"));
  symlinkSync(outside.path("folder"), tree.path("outfolder"));
  symlinkSync("loop.nix", tree.path("loop.nix"));
  symlinkSync("nowhere.nix", tree.path("dangling.nix"));
  symlinkSync("real/x.nix", tree.path("in.nix"));

  it("are not followed in folders: what they lead to is linted where it is", () => {
    expect(tree.findings(ONE_RULE)).toEqual(["real/x.nix:4:24 grow-partition"]);
  });

  it("inside the tree are read where they are named", () => {
    expect(tree.findings([...ONE_RULE, "in.nix"])).toEqual(["in.nix:4:24 grow-partition"]);
  });

  it("that lead out of the tree or nowhere are failures", () => {
    expect(failuresOf(tree, "out.nix")).toEqual(["out.nix: failure: This file cannot be read: it is a link that leads out of the tree, which is never followed."]);
    expect(failuresOf(tree, "loop.nix")).toEqual(["loop.nix: failure: This cannot be read: its links lead in a circle."]);
    expect(failuresOf(tree, "dangling.nix")).toEqual(["dangling.nix: failure: This is a link that leads nowhere; name the file itself."]);
  });

  it.each(["./out.nix", "./outfolder/secret.nix", outside.path("secret.nix"), "../../../../../../etc/passwd"])("nothing outside is read for an import of %s", (path) => {
    tree.write("imports.nix", `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ${path} ];\n}\n`);
    // Were it read, the value in it would be found; as it is, nothing can be known.
    expect(tree.findings([...ONE_RULE, "imports.nix"])).toEqual([]);
    expect(JSON.parse(tree.run(["options", "--json", "imports.nix"]).stdout)).toMatchObject({ options: {} });
  });

  it.each(["out.nix", "outfolder", "outfolder/secret.nix", "outfolder/gone.nix", "loop.nix", "dangling.nix"])("an import of %s is told as what it is, whatever stands behind it", (path) => {
    tree.write("imports.nix", `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./${path} ];\n}\n`);
    expect(tree.run(["--rule", "import-deployable", "--format", "compact", "imports.nix"]).stdout).toBe(
      `imports.nix:3:53: error: \`./${path}\` is a link that leads to nothing inside the tree and is never followed, so that what it brings cannot be known: keep the file itself beside the system's module [import-deployable]\n`,
    );
  });

  it("are neither there nor absent to `pathExists`, where they lead out of the tree", () => {
    tree.write("asks.nix", "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n  a = builtins.pathExists ./out.nix;\n  b = builtins.pathExists ./in.nix;\n  c = builtins.pathExists ./real/gone.nix;\n}\n");
    const { options } = JSON.parse(tree.run(["options", "--json", "asks.nix"]).stdout) as { options: Record<string, { state: string; value?: unknown }> };
    expect([options["a"]?.state, options["b"]?.value, options["c"]?.value]).toEqual(["unknown", true, false]);
  });

  it("inside the tree lead to files whose own paths start where they stand", () => {
    const linked = new Tree({ "lib/common.nix": "{ ... }:\n{\n  imports = [ ./part.nix ];\n}\n", "lib/part.nix": "{ boot.growPartition = false; }\n", "x/x.nix": "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./common.nix ];\n}\n" });
    symlinkSync("../lib/common.nix", linked.path("x/common.nix"));
    expect(linked.findings([...ONE_RULE, "."])).toEqual(["lib/part.nix:1:24 grow-partition"]);
  });

  it("is told of a configuration that is extended through one", () => {
    const linked = new Tree({ "a.nix": BAD, ".tappaas-lint.json": '{ "extends": "base.json" }' });
    symlinkSync(outside.path("secret.nix"), linked.path("base.json"));
    expect(linked.run(["a.nix"]).stderr).toContain("`base.json` is a link that leads to nothing inside the tree, and is never read");
  });

  it("of a lock file is no missing lock file", () => {
    const linked = new Tree({ "flake.nix": '{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.05"; outputs = { ... }: { }; }\n' });
    expect(linked.findings(["--rule", "flake-pinned", "flake.nix"])).toHaveLength(1);
    symlinkSync(outside.path("secret.nix"), linked.path("flake.lock"));
    expect(linked.findings(["--rule", "flake-pinned", "flake.nix"])).toEqual([]);
  });
});

describe("a reader that goes away", () => {
  it("is no mistake", async () => {
    const tree = new Tree(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`m${i}.nix`, BAD])));
    const child = spawn(process.execPath, [PROGRAM, ...ONE_RULE], { cwd: tree.folder, stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (part: Buffer) => (stderr += part.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    child.stdout.once("close", () => undefined);
    const status = await new Promise((done) => child.on("close", done));
    expect([status, stderr]).toEqual([1, ""]);
  });

  it("is waited for where it is slow", async () => {
    const tree = new Tree(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}.nix`, BAD])));
    const child = spawn(process.execPath, [PROGRAM, ...ONE_RULE, "--format", "compact"], { cwd: tree.folder, stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.pause();
    setTimeout(() => child.stdout.resume(), 700);
    let stdout = "";
    child.stdout.on("data", (part: Buffer) => (stdout += part.toString()));
    child.stdout.pause();
    await new Promise((done) => child.on("close", done));
    expect(stdout.match(/\n/g)).toHaveLength(300);
  });
});

describe("trees", () => {
  it("a worktree's `.git` is a file", () => {
    const tree = new Tree({ ".git": "gitdir: /elsewhere\n", "lib/common.nix": "{ boot.growPartition = true; }\n", "x/x.nix": "{ imports = [ /etc/nixos/hardware-configuration.nix ../lib/common.nix ]; }\n" }, { git: false });
    expect(tree.findings([...ONE_RULE, "x.nix"], {}, "x")).toEqual([]);
  });

  it("files of several trees are linted with their own", () => {
    const one = new Tree({ "a.nix": BAD });
    const two = new Tree({ "lib.nix": "{ boot.growPartition = false; }\n", "sub/b.nix": "{ imports = [ /etc/nixos/hardware-configuration.nix ../lib.nix ]; }\n" });
    expect(one.findings([...ONE_RULE, ".", two.folder]).map((finding) => finding.replace(/^.*\//, "")).sort()).toEqual(["a.nix:4:24 grow-partition", "lib.nix:1:24 grow-partition"]);
  });

  it("without git or configuration, a file's tree is its folder", () => {
    const tree = new Tree({ "lib.nix": "{ boot.growPartition = false; }\n", "x/x.nix": "{ imports = [ /etc/nixos/hardware-configuration.nix ../lib.nix ]; }\n" }, { git: false });
    mkdirSync(tree.path("other"));
    expect(tree.findings([...ONE_RULE, "../x/x.nix"], {}, "other")).toEqual([]);
    expect(tree.findings([...ONE_RULE, "."])).toEqual(["lib.nix:1:24 grow-partition"]);
  });
});
