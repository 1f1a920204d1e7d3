/**
 * Makes wrong trees of fixtures and examples, kind by kind, until the time is up, and keeps each that crashes, hangs, makes an
 * ill-formed report or is mended into what is no Nix:
 *
 *     npm run fuzz -- [--seconds N] [--seed N] [--only KIND,…] [--keep FOLDER] [FOLDER WITH MODULES...]
 *
 * What it keeps goes, mended and made small, into `test/fuzz/found`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { load } from "./load.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string", default: String(Date.now() % 1e9) }, only: { type: "string" }, keep: { type: "string", default: "fuzz-failures" } },
});
/** More than this is a hang, in milliseconds of work. */
const HANG = 2000;
/** Mended texts that Nix is asked about at a time. */
const BATCH = 100;

const { kinds, make, readCorpus, Dice, verdictOn } = await load("test/fuzz/index.ts");
const root = resolve(import.meta.dirname, "..");

const corpus = readCorpus(root, positionals);
const seed = Number(values.seed);
const names = values.only?.split(",") ?? kinds;
for (const name of names) {
  if (kinds.includes(name)) continue;
  console.error(`There is no kind \`${name}\`; there are ${kinds.join(", ")}.`);
  process.exit(2);
}
const hasNix = spawnSync("nix-instantiate", ["--version"]).status === 0;
const figures = new Map(names.map((name) => [name, { dice: new Dice(seed ^ hash(name)), trees: 0, mended: 0, failures: 0, slowest: 0, step: "" }]));
console.log(`Seed ${seed}, ${corpus.modules.length} modules and ${corpus.trees.length} trees to start from${hasNix ? "" : "; without nix-instantiate, mended texts are read by our own parser only"}.`);

const failures = new Set();
const folder = mkdtempSync(join(tmpdir(), "tappaas-lint-fuzz-"));
mkdirSync(values.keep, { recursive: true });
/** The sample that is being looked at; it is left behind where the whole process crashes. */
const now = join(values.keep, `now-${seed}.json`);
let waiting = [];
const end = Date.now() + Number(values.seconds) * 1000;
for (let round = 0; Date.now() < end; round++) {
  for (const [name, figure] of figures) {
    const sample = make(name, figure.dice, corpus);
    // A process that runs out of memory says no more than that.
    writeFileSync(now, JSON.stringify(sample));
    const { complaints, steps, mended } = await verdictOn(sample, round % 8 === 0);
    figure.trees++;
    figure.mended += mended.length;
    for (const [step, took] of steps) {
      // An editor judges many times over.
      if (step === "edits") continue;
      if (took > figure.slowest) Object.assign(figure, { slowest: took, step });
      if (took > HANG) keep(name, figure, sample, `${step} takes more than ${HANG} ms of work`, `: ${Math.round(took)}`);
    }
    for (const complaint of complaints) keep(name, figure, sample, complaint);
    waiting.push(...mended.map((texts) => ({ name, sample, ...texts })));
  }
  if (waiting.length >= BATCH) askNix();
}
askNix();
rmSync(now);
rmSync(folder, { recursive: true });
const width = Math.max(...names.map((name) => name.length));
for (const [name, { trees, mended, failures: count, slowest, step }] of figures) console.log(`${name.padEnd(width)}  ${String(trees).padStart(7)} trees  ${String(mended).padStart(6)} files mended  ${String(count).padStart(3)} failures  slowest ${Math.round(slowest)} ms (${step})`);
process.exitCode = failures.size === 0 ? 0 : 1;

/** Keeps a sample; one for each sort of failure is enough to mend it. */
function keep(name, figure, sample, complaint, detail = "") {
  figure.failures++;
  const sort = name + complaint.replace(/\d+/g, "N").replace(/"[^"]*"|`[^`]*`/g, "…").slice(0, 200);
  if (failures.has(sort)) return;
  failures.add(sort);
  const path = join(values.keep, `${name}-${seed}-${figure.trees}.json`);
  writeFileSync(path, `${JSON.stringify(sample, null, 2)}\n`);
  console.error(`${path}: ${complaint}${detail}`);
}

/** What Nix read before a fix, it reads after it. */
function askNix() {
  const asked = hasNix ? waiting : [];
  waiting = [];
  for (const { name, sample, before, after } of refused(asked, "after")) {
    if (refused([{ before }], "before").length > 0) continue;
    keep(name, figures.get(name), { ...sample, after }, "Nix does not read what a fix made");
  }
}

/** Those of some texts that Nix does not read. */
function refused(texts, key) {
  if (texts.length === 0) return [];
  const paths = texts.map((each, index) => {
    const path = join(folder, `${index}.nix`);
    writeFileSync(path, each[key]);
    return path;
  });
  if (spawnSync("nix-instantiate", ["--parse", ...paths], { maxBuffer: 1e9 }).status === 0) return [];
  if (texts.length === 1) return texts;
  const half = texts.length >> 1;
  return [...refused(texts.slice(0, half), key), ...refused(texts.slice(half), key)];
}

/** A number for a word. */
function hash(word) {
  return [...word].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, 7);
}
