/** The one way in which the benchmarks take times and print them: machines are shared, so only ratios of runs made in turn mean something. */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, platform, tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The built program. */
export const PROGRAM = resolve(import.meta.dirname, "../dist/tappaas-lint.js");

/** Ends where the program is not built. */
export function expectProgram() {
  if (existsSync(PROGRAM)) return;
  console.error("dist/tappaas-lint.js is not built; run `npm run build` first.");
  process.exit(2);
}

/** A part of sorted numbers: 0.5 for the median. */
export function quantile(all, part) {
  return [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))];
}

export function median(all) {
  return quantile(all, 0.5);
}

/** What was measured on: no names and no paths. */
export function machine() {
  return `${platform()} ${arch()}, ${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.version}`;
}

/** How busy the machine is with other work. */
export function load() {
  return `load ${loadavg()[0]?.toFixed(1)}`;
}

/** Runs of ours and of programs that judge end with 0 or 1. */
const FINE = new Set([0, 1]);

/**
 * Wall time of one process in milliseconds; what it prints goes nowhere.
 * @throws where it ends in another way than with 0 or 1
 */
export function time({ command = process.execPath, args, cwd, env }) {
  const nowhere = openSync("/dev/null", "w");
  try {
    const start = process.hrtime.bigint();
    const { status, signal, error, stderr } = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", nowhere, "pipe"], maxBuffer: 1e9 });
    const took = Number(process.hrtime.bigint() - start) / 1e6;
    if (!FINE.has(status)) throw new Error(`${command} ${args.slice(0, 3).join(" ")} ended with ${status ?? signal ?? error}: ${String(stderr).slice(0, 500)}`);
    return took;
  } finally {
    closeSync(nowhere);
  }
}

/**
 * Runs all cases in turn, so often, and gives each its times in milliseconds. `before` of a case is called before each of its runs.
 * @param tell is given what is done
 */
export function inTurn(cases, runs, tell = () => undefined) {
  const times = cases.map(() => []);
  for (let run = 0; run < runs; run++) {
    cases.forEach((each, index) => {
      each.before?.(run);
      const took = time(each);
      times[index].push(took);
      tell(`run ${run + 1} of ${runs}: ${each.name} ${took.toFixed(0)} ms`);
    });
  }
  return times;
}

/** The same case, which tells a file how much memory it took; that costs it a millisecond. */
export function watched(each, file) {
  return { ...each, args: ["--require", join(import.meta.dirname, "peak.cjs"), ...each.args], env: { BENCH_PEAK: file } };
}

/** The most memory in MB that a watched process had at a time (getrusage, `ru_maxrss`), all its threads together. */
export function peakIn(file) {
  return Number(readFileSync(file, "utf8")) / 1024;
}

/** The most memory that one process of Node had at a time, in MB. */
export function peakMemory(each) {
  const folder = mkdtempSync(join(tmpdir(), "tappaas-lint-bench-"));
  const file = join(folder, "peak");
  try {
    time(watched(each, file));
    return peakIn(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Rows of a Markdown table, the first one being its head. */
export function table(rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const [head, ...rest] = rows;
  return [line(head), line(head.map((_, column) => (column === 0 ? "---" : "---:"))), ...rest.map(line)].join("\n");
}
