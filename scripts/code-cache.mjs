/**
 * Runs the built program on some modules, twice so that the second run finds the cache of the first, and keeps what V8 compiled of it, for the next starts to take up:
 *
 *     node scripts/code-cache.mjs DIST ARGUMENTS...
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import v8 from "node:v8";
import { Script } from "node:vm";

const [dist, ...args] = process.argv.slice(2);
const file = `${dist}/program.js`;
// V8 turns down code that was compiled under other flags than those of a start, so none may be set on the way.
v8.setFlagsFromString = () => undefined;
process.argv = [process.execPath, file, ...args];
// The same text as in src/cli/launch.ts: V8 compares its length.
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, "latin1")}\n})`, { filename: "tappaas-lint" });
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
module.exports.main();
process.once("beforeExit", () => module.exports.main());
process.on("exit", (status) => {
  if (status < 2) writeFileSync(`${file}.cache`, script.createCachedData());
});
