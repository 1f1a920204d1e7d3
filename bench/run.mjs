/**
 * Times the built program and writes what came out to `bench/RESULTS.md`: its start, a tree of usual size, one module and a commit
 * hook beside a bare start of Node; a generated tree of thousands of modules beside the C library's parsing alone and beside other
 * checkers, where they are installed.
 *
 *     npm run bench -- [--tree FOLDER] [--module FILE] [--runs N] [--modules N] [--size BYTES] [--systems-per-baseline N]
 *                      [--large-runs N] [--grammar FOLDER] [--without-others]
 *
 * `--modules 0` leaves the generated tree out; `--tree` is a real project's, which the results only call that.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { largeTree } from "./large.mjs";
import { PROGRAM, expectProgram, inTurn, load, machine, median, peakMemory, table } from "./measure.mjs";

const { values } = parseArgs({
  options: {
    tree: { type: "string" },
    module: { type: "string" },
    runs: { type: "string", default: "21" },
    modules: { type: "string", default: "10000" },
    size: { type: "string", default: "6000" },
    "systems-per-baseline": { type: "string", default: "100" },
    "large-runs": { type: "string", default: "3" },
    grammar: { type: "string" },
    "without-others": { type: "boolean", default: false },
  },
});
expectProgram();
const RESULTS = join(import.meta.dirname, "RESULTS.md");
const [START, END] = ["<!-- written by npm run bench: -->", "<!-- end -->"];
const tree = resolve(values.tree ?? resolve(import.meta.dirname, "../examples/conforming"));
const tell = (message) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${message}`);

/** The modules of a folder, as paths in it, with their sizes in bytes. */
function modulesOf(folder) {
  const all = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".nix") && !/(?:^|\/)(?:\.git|node_modules)\//.test(path));
  return all.map((path) => ({ path, size: statSync(join(folder, path)).size })).sort((a, b) => a.size - b.size);
}

/** A copy of the tree as a git repository in which one module has changed and is staged, as a commit hook finds it. */
function staged(module) {
  const folder = mkdtempSync(join(tmpdir(), "tappaas-lint-bench-"));
  const git = (...args) => spawnSync("git", ["-c", "user.name=b", "-c", "user.email=b@example.org", ...args], { cwd: folder });
  cpSync(tree, folder, { recursive: true, filter: (path) => !/\/(?:\.git|node_modules)$/.test(path) });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "before");
  appendFileSync(join(folder, module), "# changed\n");
  git("add", "-A");
  return folder;
}

/** How long a tree of usual size takes: lines of the results. */
function usualTree() {
  const modules = modulesOf(tree);
  // Neither among the shortest nor among the longest.
  const module = values.module ?? modules[Math.floor(modules.length / 2)].path;
  const size = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;
  const repository = staged(module);
  const cache = mkdtempSync(join(tmpdir(), "tappaas-lint-bench-"));
  const cases = [
    { name: "node -e 0", args: ["-e", "0"] },
    { name: "start (`--version`)", args: [PROGRAM, "--version"], cwd: tree },
    { name: "whole tree, cold", args: [PROGRAM, "--no-cache", "."], cwd: tree },
    { name: "whole tree, known from the cache", args: [PROGRAM, "--cache-location", cache, "."], cwd: tree },
    { name: "one module", args: [PROGRAM, module], cwd: tree },
    { name: "hook (`--dependents`)", args: [PROGRAM, "--dependents", module], cwd: repository },
  ];
  for (const { args, cwd } of cases) spawnSync(process.execPath, args, { cwd });
  const times = inTurn(cases, Number(values.runs), tell);
  const rows = cases.map(({ name, args, cwd }, index) => {
    const pairs = times[index].map((value, run) => value / times[0][run]);
    return [name, `${median(times[index]).toFixed(0)} ms`, `${Math.min(...times[index]).toFixed(0)} ms`, median(pairs).toFixed(2), `${peakMemory({ args, cwd }).toFixed(0)} MB`];
  });
  for (const folder of [repository, cache]) rmSync(folder, { recursive: true });
  const what = values.tree === undefined ? "The conforming examples" : "The real project's tree";
  return `## A tree of usual size

${what}: ${modules.length} modules, ${size(modules.reduce((sum, { size: bytes }) => sum + bytes, 0))}; the one module has ${size(statSync(join(tree, module)).size)}. ${values.runs} runs in turn; the ratio is the median of those to the bare start beside each.

${table([["", "median", "least", "ratio to `node -e 0`", "peak memory"], ...rows])}
`;
}

/** Puts a text into the results in the place of what the benchmark wrote before; what others wrote stays. */
function write(text) {
  const before = existsSync(RESULTS) ? readFileSync(RESULTS, "utf8") : `# Measured\n\n${START}\n${END}\n`;
  const [start, end] = [before.indexOf(START), before.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${RESULTS} lacks the lines \`${START}\` and \`${END}\``);
  writeFileSync(RESULTS, `${before.slice(0, start)}${START}\n${text}\n${before.slice(end)}`);
}

const version = spawnSync(process.execPath, [PROGRAM, "--version"], { encoding: "utf8" }).stdout.trim();
const parts = [`${machine()}; ${version.startsWith("tappaas-lint") ? version : `tappaas-lint ${version}`}; ${load()} when it began (other work on the machine counts in all times, and least where runs are in turn).\n`, usualTree()];
const count = Number(values.modules);
if (count > 0) parts.push(largeTree({ count, size: Number(values.size), perBaseline: Number(values["systems-per-baseline"]), runs: Number(values["large-runs"]), grammar: values.grammar ?? null, others: !values["without-others"], tell }));
tell("");
const text = parts.join("\n");
console.log(text);
write(text);
