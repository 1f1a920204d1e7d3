#!/usr/bin/env node
/**
 * Starts the program with what V8 compiled of it when it was built: compiling it anew takes a third of a short run. Code
 * that another version of V8 has compiled is turned down by V8 and compiled as usual.
 */
import { readFileSync } from "node:fs";
import { Script } from "node:vm";

const file = `${__dirname}/program.js`;
let cachedData: Buffer | undefined;
try {
  cachedData = readFileSync(`${file}.cache`);
} catch {
  // Without it the start is only slower.
}
// As Node wraps CommonJS; the text is ASCII, which Latin-1 reads fastest.
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, "latin1")}\n})`;
const run = new Script(source, { filename: "tappaas-lint", ...(cachedData === undefined ? {} : { cachedData }) }).runInThisContext() as (...values: unknown[]) => void;
run(module.exports, require, module, file, __dirname);
(module.exports as { main(): void }).main();
