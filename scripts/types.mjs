/**
 * Writes the types of what other programs may import into types/, or the folder that is given: the declarations that the compiler has
 * made (`tsc -b`) as far as they can be reached, with the types of other packages that they need, so that none has to be installed.
 */
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

/** What is offered, by its path below src/. */
const ENTRIES = ["rules/plugin.d.ts"];

/** Packages of which nothing is but types, with the folders of these. */
const TAKEN_ALONG = { "json-schema-to-ts": "lib/types", "ts-algebra": "lib" };

const root = join(import.meta.dirname, "..");
const made = join(root, "build/types");
const out = resolve(process.argv[2] ?? join(root, "types"));
const vendor = join(out, "vendor");
await rm(out, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });

/** Names that are imported from packages whose types are not taken along: they are internals, and `unknown` outside. */
const opaque = new Map();

/** The text of a declaration file with the packages in it by their places in `vendor`. */
function placed(text, target) {
  // Only statements: comments show imports, too.
  return text.replace(/^((?:import|export) [^;]*?from )"([^".][^"]*)"/gm, (_, start, name) => {
    if (TAKEN_ALONG[name] === undefined) opaque.set(name, new Set([...(opaque.get(name) ?? []), ...(/\{([^}]*)\}/.exec(start)?.[1].split(",").map((each) => each.replace("type ", "").trim()) ?? [])]));
    const path = relative(dirname(target), join(vendor, name, "index")).replaceAll("\\", "/");
    return `${start}"${path.startsWith(".") ? path : `./${path}`}.js"`;
  });
}

const pending = [...ENTRIES];
const seen = new Set(pending);
for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
  const text = await readFile(join(made, path), "utf8");
  for (const [, target] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
    const next = join(dirname(path), target).replace(/\.ts$/, ".d.ts");
    if (!seen.has(next)) pending.push(next);
    seen.add(next);
  }
  const target = join(out, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, placed(text.replace(/(from |import\()"(\.[^"]+)\.ts"/g, '$1"$2.js"').replace(/\n\/\/# sourceMappingURL=.*/, ""), target));
}

for (const [name, folder] of Object.entries(TAKEN_ALONG)) {
  const from = join(root, "node_modules", name);
  for (const path of await readdir(join(from, folder), { recursive: true })) {
    if (!path.endsWith(".d.ts")) continue;
    const target = join(vendor, name, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, placed(await readFile(join(from, folder, path), "utf8"), target));
  }
  for (const file of await readdir(from)) if (/^licen[cs]e/i.test(file)) await cp(join(from, file), join(vendor, name, file));
}
for (const [name, names] of [...opaque]) {
  await mkdir(join(vendor, name), { recursive: true });
  await writeFile(join(vendor, name, "index.d.ts"), [...names].sort().map((each) => `export type ${each} = unknown;\n`).join(""));
}
// Those of other packages import without endings, as only scripts may.
await writeFile(join(vendor, "package.json"), '{ "type": "commonjs" }\n');
