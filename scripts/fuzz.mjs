/**
 * Lints broken modules, made of fixtures and examples, until the time is up, and keeps each that crashes, hangs or makes an
 * ill-formed report:
 *
 *     npm run fuzz -- [--seconds N] [--seed N] [--keep FOLDER] [FOLDER WITH MODULES...]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { load } from "./load.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string", default: String(Date.now() % 1e9) }, keep: { type: "string", default: "fuzz-failures" } },
});
/** More than this is a hang, in milliseconds of work: a machine that is busy with other things is none. */
const HANG = 2000;

/** Milliseconds that this process has worked so far. */
function worked() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const { corpus } = await load("test/fuzz/corpus.ts");
const { Dice, mutated } = await load("test/fuzz/mutate.ts");
const { complaintsAbout } = await load("test/fuzz/checks.ts");

const texts = corpus(["test/fixtures", "examples", ...positionals]);
const seed = Number(values.seed);
const dice = new Dice(seed);
const end = Date.now() + Number(values.seconds) * 1000;
console.log(`Seed ${seed}, ${texts.length} modules to start from.`);

let rounds = 0;
let slowest = 0;
const failures = new Map();
while (Date.now() < end) {
  const text = mutated(dice, dice.oneOf(texts), texts);
  const start = worked();
  const complaints = await complaintsAbout({ "a.nix": text }, rounds % 10 === 0);
  const took = worked() - start;
  slowest = Math.max(slowest, took);
  if (took > HANG) complaints.push(`it takes ${Math.round(took)} ms`);
  rounds++;
  for (const complaint of complaints) {
    // One module for each kind of failure is enough to mend it.
    const kind = complaint.replace(/\d+/g, "N").slice(0, 300);
    if (failures.has(kind)) continue;
    const path = join(values.keep, `${seed}-${rounds}.nix`);
    failures.set(kind, path);
    mkdirSync(values.keep, { recursive: true });
    writeFileSync(path, text);
    console.error(`${path}: ${complaint}`);
  }
}
console.log(`${rounds} modules, ${failures.size} kinds of failure, slowest ${Math.round(slowest)} ms.`);
process.exitCode = failures.size === 0 ? 0 : 1;
