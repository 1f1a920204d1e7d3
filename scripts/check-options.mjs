/**
 * Asks Nix whether the model is right: evaluates every module of a git tree with nixpkgs' `lib.evalModules` and compares
 * each option with the model's option view.
 *
 *   node scripts/check-options.mjs --lib NIXPKGS_LIB --tree TREE [--history] [--only PATH] [--verbose]
 *
 * NIXPKGS_LIB is the `lib` folder of nixpkgs; TREE a git checkout; `--history` takes each distinct version of each module in all
 * commits, with the other files of that commit beside it. Exits 1 where the model is sure of something that Nix computes otherwise.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compare } from "./check-options/compare.mjs";
import { loadModel } from "./check-options/model.mjs";
import { Nix } from "./check-options/nix.mjs";
import { splitPath } from "./check-options/values.mjs";

const BATCH = 12;
const HARDWARE = "/etc/nixos/hardware-configuration.nix";
const MARKER = fileURLToPath(new URL("check-options/marker.nix", import.meta.url));
const GIVEN = new Set(["config", "lib", "pkgs", "options", "modulesPath"]);

const { values: options } = parseArgs({
  options: { lib: { type: "string" }, tree: { type: "string" }, history: { type: "boolean" }, only: { type: "string" }, verbose: { type: "boolean" } },
});
if (options.lib === undefined || options.tree === undefined) {
  console.error("Usage: node scripts/check-options.mjs --lib NIXPKGS_LIB --tree TREE [--history] [--only PATH] [--verbose]");
  process.exit(2);
}
const tree = resolve(options.tree);
const work = realpathSync(mkdtempSync(join(tmpdir(), "check-options-")));
const modulesPath = join(work, "modules");
const model = await loadModel(work);
const nix = new Nix(join(work, "nix"), resolve(options.lib));

function git(...args) {
  return execFileSync("git", ["-C", tree, ...args], { encoding: "utf8", maxBuffer: 1 << 30 });
}

/** Modules by commit: each distinct version once, at a commit that has it. */
function versions() {
  const byCommit = new Map();
  const wanted = (path) => path.endsWith(".nix") && !path.endsWith("flake.nix") && (options.only === undefined || path === options.only);
  const add = (commit, path) => wanted(path) && byCommit.set(commit, [...(byCommit.get(commit) ?? []), path]);
  if (!options.history) {
    for (const path of git("ls-tree", "-r", "--name-only", "HEAD").split("\n")) add("HEAD", path);
    return byCommit;
  }
  const seen = new Set();
  let commit = "";
  for (const line of git("log", "--all", "--format=commit %H", "--raw", "--no-abbrev", "--no-renames", "-m", "--root", "--", "*.nix").split("\n")) {
    if (line.startsWith("commit ")) commit = line.slice(7, 47);
    const change = /^:\d+ (?:\d+) [0-9a-f]+ ([0-9a-f]+) [AM]\t(.+)$/.exec(line);
    if (change === null || seen.has(`${change[1]} ${change[2]}`)) continue;
    seen.add(`${change[1]} ${change[2]}`);
    add(commit, change[2]);
  }
  return byCommit;
}

/** The files of a commit, as they are and as Nix gets them. */
function extract(commit) {
  const plain = join(work, "plain", commit);
  const forNix = join(work, "tree", commit);
  mkdirSync(plain, { recursive: true });
  execFileSync("tar", ["-x", "-C", plain], { input: execFileSync("git", ["-C", tree, "archive", commit], { maxBuffer: 1 << 30 }) });
  cpSync(plain, forNix, { recursive: true, filter: (source) => statSync(source, { throwIfNoEntry: false }) !== undefined });
  const nixFiles = readdirSync(plain, { recursive: true }).filter((path) => path.endsWith(".nix"));
  for (const path of nixFiles) {
    const text = readFileSync(join(plain, path), "utf8");
    // The machine's own configuration does not exist here, and nothing is fetched.
    const changed = text.replaceAll(HARDWARE, join(work, "hardware-configuration.nix")).replace(/builtins\.(fetchTarball|fetchGit|fetchurl|fetchTree)\b/g, (_, name) => `(import ${join(work, "fetch.nix")} "${name}")`);
    writeFileSync(join(forNix, path), changed);
    for (const [, target] of text.matchAll(/(\.{1,2}\/[\w./-]*hardware-configuration\.nix)/g)) {
      const file = join(forNix, dirname(path), target);
      if (file.startsWith(forNix) && !existsSync(file) && existsSync(dirname(file))) writeFileSync(file, "{ }\n");
    }
    for (const match of text.matchAll(/modulesPath\s*\+\s*"\/([^"]+)"|\$\{modulesPath\}\/([^"}]+)"/g)) {
      const file = join(modulesPath, match[1] ?? match[2]);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, "{ }\n");
    }
  }
  return { plain, forNix };
}

/** The texts that a module may draw on: its own and those of the `.nix` files that it names, and they. */
function closure(root, path, found = new Map()) {
  const full = join(root, path);
  if (found.has(path) || !existsSync(full) || !statSync(full).isFile()) return found;
  const text = readFileSync(full, "utf8");
  found.set(path, text);
  for (const [, target] of text.matchAll(/(\.{1,2}\/[\w./+-]+)/g)) {
    const next = posix.normalize(posix.join(posix.dirname(path), target));
    if (next.startsWith("..")) continue;
    if (next.endsWith(".nix")) closure(root, next, found);
    else if (existsSync(join(root, next, "default.nix"))) closure(root, `${next}/default.nix`, found);
  }
  return found;
}

/** What the driver must know of a module's text, since Nix has no sets without end. */
function caseOf(place, path) {
  const texts = [...closure(place.plain, path).values()].join("\n");
  const names = new Set(texts.match(/[A-Za-z_][\w'-]*/g) ?? []);
  const explicit = [...texts.matchAll(/\bpkgs\.([A-Za-z_][\w'-]*)/g)].map((match) => match[1]);
  const dots = [...new Set([...texts.matchAll(/\.\s*([A-Za-z_][\w'-]*)/g)].map((match) => match[1]))];
  const inherited = [...texts.matchAll(/inherit\s*\(\s*pkgs[\w.]*\s*\)([^;]*);/g)].flatMap((match) => match[1].match(/[A-Za-z_][\w'-]*/g) ?? []);
  const paths = [...texts.matchAll(/\bconfig((?:\.(?:[A-Za-z_][\w'-]*|"[^"$]*"))+)/g)].map((match) => splitPath(match[1].slice(1)));
  for (const [, alias, base] of texts.matchAll(/(\w+)\s*=\s*config((?:\.(?:[A-Za-z_][\w'-]*|"[^"$]*"))+)\s*;/g)) {
    for (const match of texts.matchAll(new RegExp(`\\b${alias}((?:\\.(?:[A-Za-z_][\\w'-]*|"[^"$]*"))+)`, "g"))) paths.push(splitPath(base.slice(1) + match[1]));
  }
  const declared = [...texts.matchAll(/\boptions\.([\w.]+)/g)].map((match) => match[1]);
  const isDeclared = (written) => declared.some((name) => name === written || name.startsWith(`${written}.`) || written.startsWith(`${name}.`));
  const args = [...texts.matchAll(/^\s*\{([^{}:]*)\}\s*:/gm)].flatMap((match) => match[1].split(",").map((name) => name.trim().split(/[\s?]/)[0])).filter((name) => /^[A-Za-z_]/.test(name) && !GIVEN.has(name));
  return {
    files: [join(place.forNix, path)],
    modulesPath,
    pkgs: [...new Set([...explicit, ...inherited, ...[...names].filter((name) => !model.isLibName(name))])],
    dots,
    args: [...new Set(args)],
    setOptions: model.setOptions,
    placeholders: paths.filter((path) => path[0] !== "_module" && !isDeclared(path.join("."))),
  };
}

function placesOf(place) {
  const store = new RegExp(`${join(work, "nix", "store")}/[a-z0-9]{32}-([^/"\\s]*)`, "g");
  return {
    text: (text) =>
      text
        .replace(store, (_, name) => `\u0001${JSON.stringify({ $store: name })}\u0002`)
        .replaceAll(modulesPath, '\u0001{"$ref":["modulesPath"]}\u0002')
        .replaceAll(join(work, "hardware-configuration.nix"), HARDWARE),
    path: (path) => (path === place.forNix ? { path: "" } : path.startsWith(`${place.forNix}/`) ? { path: path.slice(place.forNix.length + 1) } : path.replace(join(work, "hardware-configuration.nix"), HARDWARE)),
  };
}

writeFileSync(join(work, "hardware-configuration.nix"), "{ }\n");
mkdirSync(modulesPath, { recursive: true });
writeFileSync(join(work, "fetch.nix"), `name: (import ${MARKER} { dots = [ ]; }).ref [ "builtins" name ]\n`);
writeFileSync(join(work, "nix", "nixpkgs.nix"), `_: (import ${MARKER} { dots = [ "hello" "lib" "mkShell" "callPackage" ]; }).ref [ "pkgs" ]\n`);

const totals = { modules: 0, refused: 0, equal: 0, vague: 0, aside: 0, wrong: 0 };
const vague = new Map();
const refused = [];
let modelTime = 0;
let worst = { time: 0, path: "" };

async function judge(jobs) {
  const results = await nix.evaluate(jobs.map((job) => job.case));
  jobs.forEach((job, index) => {
    const report = results[index];
    if (report instanceof Error) {
      totals.refused++;
      refused.push(`${job.path}@${job.commit.slice(0, 8)}: ${report.message}`);
      return;
    }
    totals.modules++;
    for (const { verdict, name, detail } of compare(job.answers, report, placesOf(job.place))) {
      totals[verdict]++;
      if (verdict === "wrong" || (options.verbose && verdict !== "equal")) console.log(`${verdict.toUpperCase()} ${job.path}@${job.commit.slice(0, 8)} ${name}\n      ${detail}`);
      if (verdict === "vague") vague.set(detail, (vague.get(detail) ?? 0) + 1);
    }
  });
}

const pending = [];
for (const [commit, paths] of versions()) {
  const place = extract(commit);
  const project = model.open(place.plain);
  for (const path of paths) {
    if (!existsSync(join(place.plain, path)) || !model.isModule(project, path)) continue;
    const start = performance.now();
    const answers = model.answers(project, path);
    const time = performance.now() - start;
    modelTime += time;
    if (time > worst.time) worst = { time, path: `${path}@${commit.slice(0, 8)}` };
    pending.push({ commit, path, place, answers, case: caseOf(place, path) });
  }
}
const batches = [];
for (let at = 0; at < pending.length; at += BATCH) batches.push(pending.slice(at, at + BATCH));
await Promise.all([0, 1].map(async () => { for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await judge(batch); }));

const compared = totals.equal + totals.vague + totals.wrong;
console.log(`${totals.modules} module versions evaluated (${totals.refused} that Nix refuses), ${nix.runs} runs of Nix`);
console.log(`${compared} option values: ${totals.equal} equal (${((100 * totals.equal) / compared).toFixed(2)} %), ${totals.vague} that the model does not know, ${totals.wrong} wrong; ${totals.aside} set aside`);
console.log(`model: ${(modelTime / Math.max(1, pending.length)).toFixed(1)} ms a module, at most ${worst.time.toFixed(0)} ms (${worst.path})`);
for (const [why, count] of [...vague].sort((a, b) => b[1] - a[1]).slice(0, 25)) console.log(`  ${count} × ${why}`);
for (const line of refused) console.log(`  refused ${line}`);
rmSync(work, { recursive: true, force: true });
process.exit(totals.wrong > 0 || compared === 0 ? 1 : 0);
