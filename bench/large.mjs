/** Times a generated tree of thousands of modules: cold, warm and with one change, its memory, how time grows, and other programs on it. */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { cParser } from "./c-parser.mjs";
import { writeTree } from "./generate.mjs";
import { PROGRAM, inTurn, load, median, peakIn, table, watched } from "./measure.mjs";

/** A tree a tenth as large shows how time grows. */
const PART = 10;

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

/** The results as Markdown. */
export function largeTree({ count, size, perBaseline, runs, grammar, others, tell }) {
  const room = mkdtempSync(join(tmpdir(), "tappaas-lint-bench-"));
  try {
    const [whole, part] = [join(room, "whole"), join(room, "part")];
    tell("writing the tree");
    const { modules, bytes } = writeTree(whole, { modules: count, size, perBaseline });
    const small = writeTree(part, { modules: Math.round(count / PART), size, perBaseline });
    const files = filesOf(whole);
    const own = { name: "tappaas-lint, cold", args: [PROGRAM, "--no-cache", "--format", "json", "."], cwd: whole };
    const tenth = { name: "a tenth of the tree, cold", args: own.args, cwd: part };
    const peaks = [join(room, "peak-whole"), join(room, "peak-part")];
    const cases = [watched(own, peaks[0]), watched(tenth, peaks[1]), ...cachedCases(whole, room), ...(others ? otherCheckers(whole, files) : [])];
    const times = inTurn(cases, runs, tell);
    const middle = median(times[0]);
    const rows = cases.map(({ name }, index) => [name, seconds(median(times[index])), seconds(Math.min(...times[index])), (median(times[index].map((value, run) => value / times[0][run]))).toFixed(2)]);
    const parser = cParser(grammar);
    const threads = Math.min(availableParallelism(), 8);
    const parsed = "missing" in parser ? null : Array.from({ length: Math.max(3, runs) }, () => parser.parse(files, threads));
    if (parsed !== null) rows.push([`C library, parsing alone on ${threads} threads`, seconds(median(parsed)), seconds(Math.min(...parsed)), (median(parsed) / middle).toFixed(2)]);
    const peak = peaks.map(peakIn);
    const growth = middle / modules / (median(times[1]) / small.modules);
    const absent = others ? ["statix", "deadnix", "nix-instantiate"].filter((name) => !cases.some((each) => each.name.startsWith(name))) : [];
    const lines = [
      `- Peak memory: ${peak[0].toFixed(0)} MB (at most 400); with a tenth of the tree ${peak[1].toFixed(0)} MB.`,
      `- Growth: ${(middle / modules).toFixed(2)} ms per module, ${(median(times[1]) / small.modules).toFixed(2)} ms with a tenth of the tree: ${growth.toFixed(2)} times (within 15 %).`,
      parsed === null ? `- The C library was left out: ${parser.missing}.` : `- Cold it takes ${(middle / median(parsed)).toFixed(1)} times what the C library needs to parse the files alone (at most 5), which has them in memory already.`,
      ...(absent.length === 0 ? [] : [`- Not installed here, and left out: ${absent.join(", ")}.`]),
    ];
    return `## A generated tree

${modules} modules, ${(bytes / 1e6).toFixed(0)} MB (\`bench/generate.mjs\`: ${size} bytes asked for on average, ${perBaseline} systems to a baseline); of a tenth of them ${clean(tenth)} are without findings. Runs in turn: ${runs}; ${load()} in the end. The others print nothing that anybody sees, as ours.

${table([["", "median", "least", "ratio to ours, cold"], ...rows])}

${lines.join("\n")}
`;
  } finally {
    rmSync(room, { recursive: true });
  }
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".nix")).sort().map((path) => join(folder, path));
}

/** How many modules nothing is found in. */
function clean({ args, cwd }) {
  const { stdout } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", maxBuffer: 1e9 });
  return JSON.parse(stdout).files.filter(({ findings }) => findings.length === 0).length;
}

/** Runs with what an earlier one has kept. */
function cachedCases(tree, room) {
  const args = [PROGRAM, "--cache-location", join(room, "cache"), "--format", "json", "."];
  const fill = () => spawnSync(process.execPath, args, { cwd: tree, stdio: "ignore" });
  // A system in the middle, on which nothing else hangs but its baseline's other systems.
  const module = filesOf(tree).filter((path) => !path.endsWith("baseline.nix"))[Math.floor(filesOf(tree).length / 2)];
  return [
    { name: "warm", args, cwd: tree, before: (run) => run === 0 && fill() },
    { name: "warm, one module changed", args, cwd: tree, before: () => appendFileSync(module, "# changed\n") },
  ];
}

/** Other programs that look at all files, where they are installed. None of them knows what ours knows: they show what looking costs. */
function otherCheckers(tree, files) {
  const list = join(tree, "../files");
  writeFileSync(list, files.join("\0"));
  // Another program is called statix, too, and checks nothing.
  const isThere = (command) => command !== "statix" || spawnSync(command, ["check", "--help"]).status === 0;
  const version = (command) => (isThere(command) ? /\d+(?:\.\d+)+/.exec(spawnSync(command, ["--version"], { encoding: "utf8" }).stdout ?? "")?.[0] : undefined);
  const shell = (line) => ({ command: "sh", args: ["-c", line], cwd: tree });
  const candidates = [
    ["statix", (name) => ({ name, ...shell("statix check . > /dev/null 2>&1; [ $? -le 1 ]") })],
    ["deadnix", (name) => ({ name, ...shell("deadnix . > /dev/null 2>&1; [ $? -le 1 ]") })],
    ["nix-instantiate --parse", (name) => ({ name, ...shell(`xargs -0 nix-instantiate --parse < ${list} > /dev/null`) })],
  ];
  return candidates.flatMap(([command, make]) => {
    const found = version(command.split(" ")[0]);
    return found === undefined ? [] : [make(`${command}, ${found}`)];
  });
}
