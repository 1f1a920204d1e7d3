/** Lets the scripts of this folder use the TypeScript sources: bundles a module and imports it. */
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { raw } from "./raw.mjs";

/** CommonJS packages inside a module bundle ask for `require`. */
const REQUIRE = 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);';

/** The exports of a TypeScript module, given by its path from the root of the project. */
export async function load(module) {
  // Below the packages, so that a module finds those that it asks for while it runs.
  const folder = await mkdtemp(join(import.meta.dirname, "../node_modules/.tappaas-lint-"));
  const outfile = join(folder, "module.mjs");
  try {
    await build({ entryPoints: [module], bundle: true, platform: "node", format: "esm", outfile, plugins: [raw], mainFields: ["module", "main"], logLevel: "error", banner: { js: REQUIRE } });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
