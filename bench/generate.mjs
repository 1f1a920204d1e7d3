/**
 * Writes a tree of modules to measure with. The same numbers give the same bytes on every machine:
 *
 *     node bench/generate.mjs FOLDER [--modules N] [--size BYTES] [--systems-per-baseline N] [--seed N]
 *
 * Each site has a baseline that most of its systems import. Systems differ in size and spelling; one in five is not as the handbook
 * wants it. Beside most stands a JSON.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { baselineText, partText, systemText } from "./tree/module.mjs";
import { randomFrom } from "./tree/random.mjs";

const WORDS = ["archive", "board", "calendar", "chat", "docs", "forum", "gallery", "ledger", "library", "mail", "map", "meter", "notes", "office", "photos", "portal", "radio", "search", "shop", "tasks", "video", "wiki"];

/** How large modules are: a few are many times as long as most. */
const DEVIATION = 0.75;

/**
 * The files of a tree, one after the other, each by its path and text.
 * @param modules how many `.nix` files
 * @param size about how many bytes they have on average
 * @param perBaseline how many systems share a baseline
 */
export function* treeOf({ modules, size = 6000, perBaseline = 100, seed = 1 }) {
  const random = randomFrom(seed);
  // What is left out at the small end, the baselines and the parts make up for.
  const typical = size * 1.06 * Math.exp(-(DEVIATION ** 2) / 2);
  const sizeOf = () => Math.min(size * 8, Math.max(700, typical * Math.exp(DEVIATION * random.normal())));
  for (let made = 0, site = 0; made < modules; site++) {
    const folder = `sites/site${String(site).padStart(4, "0")}`;
    yield { path: `${folder}/baseline.nix`, text: baselineText(random) };
    made++;
    for (let number = 0; number < perBaseline && made < modules; number++) {
      const name = `${random.pick(WORDS)}-${site}-${number}`;
      const path = `${folder}/${name}`;
      const isShared = random.happens(0.8);
      const hasPart = made + 1 < modules && random.happens(0.1);
      yield { path: `${path}.nix`, text: systemText(random, name, sizeOf(), isShared ? "./baseline.nix" : null, hasPart ? [`./${name}-options.nix`] : []) };
      made++;
      if (hasPart) {
        yield { path: `${path}-options.nix`, text: partText(random, name, sizeOf() / 2) };
        made++;
      }
      if (random.happens(0.9)) yield { path: `${path}.json`, text: `${JSON.stringify({ version: "1.0.0", vmname: name, vmid: 1000 + made, dependsOn: ["cluster:vm", "templates:nixos"], config: { "cluster:vm": { cores: random.between(1, 8), memory: "4096" } } }, null, 2)}\n` };
    }
  }
}

/** Writes a tree; how many modules it has and how many bytes they come to. */
export function writeTree(folder, options) {
  const count = { modules: 0, bytes: 0 };
  for (const { path, text } of treeOf(options)) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    if (!path.endsWith(".nix")) continue;
    count.modules++;
    count.bytes += Buffer.byteLength(text);
  }
  return count;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { modules: { type: "string", default: "10000" }, size: { type: "string", default: "6000" }, "systems-per-baseline": { type: "string", default: "100" }, seed: { type: "string", default: "1" } },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error("Name the folder to write to.");
    process.exit(2);
  }
  const { modules, bytes } = writeTree(resolve(folder), { modules: Number(values.modules), size: Number(values.size), perBaseline: Number(values["systems-per-baseline"]), seed: Number(values.seed) });
  console.log(`${modules} modules, ${(bytes / 1e6).toFixed(1)} MB, ${Math.round(bytes / modules)} bytes each`);
}
