/**
 * Times the built program against a bare Node start, in turn with it, and prints the ratios: the machines are shared, so
 * only ratios of runs made side by side mean something.
 *
 *     npm run bench -- [--tree FOLDER] [--module FILE] [--runs N]
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { resolve } from "node:path";
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

const cases = [
  { name: "node -e 0", args: ["-e", "0"] },
  { name: "whole tree", args: [program, "."] },
  ...(values.module === undefined ? [] : [{ name: "one module", args: [program, values.module] }]),
];
const times = cases.map(() => []);
for (let run = 0; run < runs; run++) cases.forEach(({ args }, index) => times[index].push(time(args, tree)));

console.log(`${platform()} ${arch()}, ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, ${runs} runs in turn`);
const reference = median(times[0]);
cases.forEach(({ name }, index) => {
  const own = median(times[index]);
  const pairs = times[index].map((value, run) => value / times[0][run]);
  console.log(`${name.padEnd(12)} median ${own.toFixed(1).padStart(7)} ms   ratio ${(own / reference).toFixed(2)}   (median of pairs ${median(pairs).toFixed(2)})`);
});
