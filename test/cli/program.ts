/** Runs the built program on trees in temporary folders, as its users do. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const LOCK = join(ROOT, "build/building");

/** The built program, made anew where a source is younger. */
export const PROGRAM = join(ROOT, "dist/tappaas-lint.js");
/** What a build writes last. */
const LAST = join(ROOT, "dist/program.js.cache");

function newest(folder: string): number {
  return Math.max(...readdirSync(folder, { withFileTypes: true }).map((entry) => (entry.isDirectory() ? newest(join(folder, entry.name)) : statSync(join(folder, entry.name)).mtimeMs)), 0);
}

function isBuilt(): boolean {
  const sources = ["src", "scripts"].map((folder) => newest(join(ROOT, folder)));
  return existsSync(LAST) && statSync(LAST).mtimeMs > Math.max(...sources);
}

/** Test files run side by side; the first one builds and the others wait. */
function build(): void {
  mkdirSync(dirname(LOCK), { recursive: true });
  for (const start = Date.now(); !isBuilt(); ) {
    try {
      mkdirSync(LOCK);
    } catch {
      // A lock that is left behind by a run that was stopped must not stop all others.
      if (Date.now() - start > 60_000) rmSync(LOCK, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      continue;
    }
    try {
      const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "scripts/build.mjs")], { encoding: "utf8" });
      if (status !== 0) throw new Error(`The program cannot be built: ${stderr}`);
    } finally {
      rmSync(LOCK, { recursive: true, force: true });
    }
  }
}

build();

/** What a run came to. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

/** A tree in a temporary folder that is removed after the tests. */
export class Tree {
  readonly folder: string;

  /** @param files texts by path; `git` makes it the top of a working tree */
  constructor(files: Readonly<Record<string, string | Buffer>>, { git = true }: { readonly git?: boolean } = {}) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "tappaas-lint-test-")));
    folders.push(this.folder);
    if (git) mkdirSync(join(this.folder, ".git"));
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  write(path: string, text: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** Runs the program in a folder of the tree. */
  run(args: readonly string[], { input = "", env = {} }: RunOptions = {}, folder = "."): Run {
    const { PATH = "" } = process.env;
    const result: SpawnSyncReturns<string> = spawnSync(process.execPath, [PROGRAM, ...args], { cwd: this.path(folder), encoding: "utf8", input, env: { PATH, ...env }, maxBuffer: 1e8 });
    return { status: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  /** The findings of a run, as `path:line:column rule`, from the JSON report. */
  findings(args: readonly string[] = [], options: RunOptions = {}, folder = "."): string[] {
    const { stdout, stderr } = this.run(["--format", "json", ...args], options, folder);
    if (stdout === "") throw new Error(stderr);
    const report = JSON.parse(stdout) as { files: { path: string; findings: { rule: string; start: { line: number; column: number } }[] }[] };
    return report.files.flatMap(({ path, findings }) => findings.map(({ rule, start }) => `${path}:${start.line}:${start.column} ${rule}`));
  }
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  // A busy disk takes its time.
}, 120_000);

/** A module in which `grow-partition` finds one error, on line 4. */
export const BAD = "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n  boot.growPartition = false;\n}\n";
/** One in which it finds none. */
export const GOOD = BAD.replace("false", "true");
/** Only that rule, so that these tests are about the command line and not about what other rules say. */
export const ONE_RULE = ["--rule", "grow-partition"];
