/**
 * Times the built program against a bare Node start, in turn with it, and prints the ratios: the machines are shared, so
 * only ratios of runs made side by side mean something.
 *
 *     npm run bench -- [--tree FOLDER] [--module FILE] [--runs N]
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { arch, cpus, platform, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { tree: { type: "string" }, module: { type: "string" }, runs: { type: "string", default: "21" } } });
const program = resolve(import.meta.dirname, "../dist/tappaas-lint.js");
const tree = resolve(values.tree ?? resolve(import.meta.dirname, "../examples/conforming"));
const runs = Number(values.runs);

if (!existsSync(program)) {
  console.error("dist/tappaas-lint.js is not built; run `npm run build` first.");
  process.exit(2);
}

/** Wall time of one process in milliseconds. */
function time(args, cwd) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return took;
}

function median(all) {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
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

/** The module that is neither among the shortest nor among the longest. */
function usualModule() {
  const modules = readdirSync(tree, { recursive: true }).filter((path) => path.endsWith(".nix") && !/(?:^|\/)(?:\.git|node_modules)\//.test(path));
  const sizes = modules.map((path) => ({ path, size: statSync(join(tree, path)).size })).sort((a, b) => a.size - b.size);
  return sizes[Math.floor(sizes.length / 2)].path;
}

const module = values.module ?? usualModule();
const repository = staged(module);
const cases = [
  { name: "node -e 0", args: ["-e", "0"] },
  { name: "whole tree", args: [program, "."] },
  { name: "one module", args: [program, module] },
  { name: "hook", args: [program, "--dependents", module], cwd: repository },
];
const times = cases.map(() => []);
for (let run = 0; run < runs; run++) cases.forEach(({ args, cwd = tree }, index) => times[index].push(time(args, cwd)));
rmSync(repository, { recursive: true });

console.log(`${platform()} ${arch()}, ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, ${runs} runs in turn; the module is ${module}`);
const reference = median(times[0]);
cases.forEach(({ name }, index) => {
  const own = median(times[index]);
  const pairs = times[index].map((value, run) => value / times[0][run]);
  console.log(`${name.padEnd(12)} median ${own.toFixed(1).padStart(7)} ms   ratio ${(own / reference).toFixed(2)}   (median of pairs ${median(pairs).toFixed(2)})`);
});
