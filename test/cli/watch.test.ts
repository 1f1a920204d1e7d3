/** Watches trees with the real program: what it says after each change is what a run by itself says. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { commit, repository } from "../support/git.ts";
import { BAD, GOOD, ONE_RULE, PROGRAM, Tree } from "./program.ts";

/** What stands after each check: the time, what changed, how much was checked. */
const SAID = /\n\d\d:\d\d:\d\d  (.*); waiting for changes \(Ctrl-C ends\)\n/;

/** A program that watches; its two streams are one, so that their order is known. */
class Watching {
  readonly #child: ChildProcess;
  readonly #args: readonly string[];
  readonly #tree: Tree;
  #text = "";
  #told: (() => void) | null = null;
  #status: number | null = null;

  constructor(tree: Tree, args: readonly string[]) {
    this.#tree = tree;
    this.#args = ["--format", "compact", ...args];
    const { PATH = "" } = process.env;
    this.#child = spawn("sh", ["-c", 'exec "$@" 2>&1', "sh", process.execPath, PROGRAM, "--watch", ...this.#args], { cwd: tree.folder, env: { PATH }, stdio: ["ignore", "pipe", "ignore"] });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#text += text;
      this.#told?.();
    });
    this.#child.on("exit", (status) => {
      this.#status = status;
      this.#told?.();
    });
    running.push(this.#child);
  }

  async #until<T>(find: () => T | null): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== null) return found;
      await new Promise<void>((resolve) => (this.#told = resolve));
    }
  }

  /** What the next check says: its report, and the line behind it without times. */
  async next(): Promise<{ readonly report: string; readonly said: string }> {
    return this.#until(() => {
      const match = SAID.exec(this.#text);
      if (match === null) {
        if (this.#status !== null) throw new Error(`It has ended:\n${this.#text}`);
        return null;
      }
      const report = this.#text.slice(0, match.index);
      this.#text = this.#text.slice(match.index + match[0].length);
      return { report, said: (match[1] as string).replace(/ in [\d.]+ m?s$/, "") };
    });
  }

  /** Waits for the next check that says something, and holds it against a run by itself. Git and rm do things one after the other. */
  async agrees(about: RegExp = /^/): Promise<string> {
    let { report, said } = await this.next();
    while (!about.test(said)) ({ report, said } = await this.next());
    const alone = this.#tree.run(this.#args);
    expect(report).toBe(`${alone.stdout}${alone.stderr}`);
    return said;
  }

  async end(signal: NodeJS.Signals): Promise<number> {
    this.#child.kill(signal);
    return this.#until(() => this.#status);
  }
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

const system = (more = ""): string => `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix${more} ];\n  system.stateVersion = "24.05";\n}\n`;
const PART = "{ ... }:\n{\n  boot.growPartition = true;\n}\n";

describe("--watch", () => {
  it("checks again what changed, and what hangs on it", async () => {
    const tree = repository({
      "a/a.nix": system(" ./part.nix"),
      "a/part.nix": PART,
      "b/b.nix": system(" ../common.nix"),
      "b/b.json": '{ "vmname": "b" }\n',
      "common.nix": '{ ... }:\n{\n  system.stateVersion = "24.05";\n  boot.growPartition = true;\n}\n',
      "alone.nix": GOOD,
    });
    const watching = new Watching(tree, []);
    expect(await watching.agrees()).toBe("Checked 5 files");
    tree.write("a/part.nix", PART.replace("true", "false"));
    expect(await watching.agrees()).toBe("a/part.nix changed: checked 2 of 5 files again");
    tree.write("b/b.json", '{ "vmname": "other", "proxyPort": 81 }\n');
    expect(await watching.agrees()).toBe("b/b.json changed: checked 2 of 5 files again");
    // Editors write beside the file and put that in its place.
    tree.write("alone.nix~", BAD);
    renameSync(tree.path("alone.nix~"), tree.path("alone.nix"));
    expect(await watching.agrees()).toBe("alone.nix changed: checked 1 of 5 files again");
    // A second system makes another file the one to blame for what both lack.
    mkdirSync(tree.path("c"));
    tree.write("c/c.nix", system(" ../common.nix"));
    expect(await watching.agrees()).toBe("c/c.nix is new: checked 3 of 6 files again");
    renameSync(tree.path("c"), tree.path("d"));
    await watching.agrees(/d\/c\.nix is new/);
    tree.write("d/c.nix", system());
    expect(await watching.agrees()).toBe("d/c.nix changed: checked 3 of 6 files again");
    rmSync(tree.path("a/part.nix"));
    expect(await watching.agrees()).toBe("a/part.nix is gone: checked 1 of 5 files again");
    commit(tree);
    await watching.agrees(/^git changed/);
    tree.write("b/b.nix", system(" ../common.nix").replace("24.05", "25.05"));
    await watching.agrees(/^b\/b\.nix changed/);
    expect(await watching.end("SIGINT")).toBe(1);
  });

  it("follows configurations, also one that is wrong for a while, and what git ignores", async () => {
    const tree = new Tree({ "a.nix": BAD, "out/b.nix": BAD });
    const watching = new Watching(tree, ONE_RULE);
    await watching.agrees();
    tree.write(".tappaas-lint.json", '{ "rules": { "grow-partition": "wrning" } }');
    expect(await watching.agrees()).toBe(".tappaas-lint.json is new: nothing could be checked");
    tree.write(".tappaas-lint.json", '{ "extends": ["./shared.json"] }');
    await watching.agrees();
    tree.write("shared.json", '{ "rules": { "grow-partition": "warning" } }');
    expect(await watching.agrees()).toBe("shared.json is new: checked 2 of 2 files again");
    tree.write(".gitignore", "out/\n");
    expect(await watching.agrees()).toBe("out/b.nix is gone: checked 0 of 1 file again");
    expect(await watching.end("SIGTERM")).toBe(0);
  });

  it("follows locks, flakes and files that are read", async () => {
    const flake = '{\n  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.05";\n  outputs = { self, nixpkgs }: { nixosConfigurations.vm = nixpkgs.lib.nixosSystem { modules = [ ./vm.nix ]; }; };\n}\n';
    const tree = new Tree({ "flake.nix": flake, "vm.nix": system(), "read.nix": "{ ... }: { networking.hostName = builtins.readFile ./name; boot.growPartition = builtins.pathExists ./there; }\n", name: "x" });
    const watching = new Watching(tree, []);
    await watching.agrees();
    tree.write("flake.lock", "{}\n");
    await watching.agrees();
    tree.write("name", "y!");
    expect(await watching.agrees()).toContain("name changed: checked");
    tree.write("there", "");
    expect(await watching.agrees()).toContain("there is new: checked");
    tree.write("vm.nix", system().replace("24.05", "25.05"));
    await watching.agrees();
    tree.write("flake.nix", flake.replace("./vm.nix", "./read.nix"));
    await watching.agrees();
    symlinkSync("/etc/passwd", tree.path("linked.nix"));
    rmSync(tree.path("flake.nix"));
    await watching.agrees();
    expect(await watching.end("SIGINT")).toBe(1);
  });

  it("says nothing where nothing has changed that it looks at, and goes on when everything is gone for a while", async () => {
    const tree = new Tree({ "in/a.nix": BAD, "in/note.txt": "x" });
    const watching = new Watching(tree, [...ONE_RULE, "in"]);
    await watching.agrees();
    tree.write("in/note.txt", "y");
    tree.write("in/.a.nix.swp", "y");
    tree.write("in/a.nix", BAD);
    // The text is the same, but it might have been another one.
    await watching.agrees();
    rmSync(tree.path("in"), { recursive: true });
    await watching.agrees(/in\/a\.nix is gone/);
    tree.write("in/a.nix", GOOD);
    await watching.agrees();
    expect(await watching.end("SIGINT")).toBe(0);
  });

  it("ends at once where it is asked for what cannot be", () => {
    const tree = new Tree({ "a.nix": BAD });
    expect(tree.run(["--watch", "nowhere.nix"])).toMatchObject({ status: 2 });
    expect(tree.run(["--watch", "--rule", "nonsense"])).toMatchObject({ status: 2, stdout: "" });
    for (const other of [["--fix"], ["--diff"], ["--write-baseline"], ["--profile", "p"], ["-"]]) {
      const { status, stderr } = tree.run(["--watch", ...other]);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^tappaas-lint: `--.*\.\n$/);
    }
  });
});
