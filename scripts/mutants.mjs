/**
 * Mutation testing by Stryker: `npm run mutants -- [--sample SHARE] [--seed TEXT] [PATH…]` with files, folders or globs of the sources; all of
 * the rules and the model by default. Stryker is installed on first use, beside the project and not into it (see CONTRIBUTING.md).
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const VERSION = "9.6.1";
const root = fileURLToPath(new URL("..", import.meta.url));
const home = `${root}build/mutants`;
const program = `${home}/node_modules/@stryker-mutator/core/bin/stryker.js`;

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { sample: { type: "string", default: "1" }, seed: { type: "string", default: "" } } });
if (!(Number(values.sample) > 0 && Number(values.sample) <= 1)) throw new RangeError(`--sample ${values.sample} is no share: write a number above 0 and up to 1`);

if (!existsSync(program)) {
  mkdirSync(home, { recursive: true });
  // Without peers, so that the runner takes the project's own vitest, which it finds in a folder above.
  const packages = ["core", "vitest-runner"].map((name) => `@stryker-mutator/${name}@${VERSION}`);
  run("npm", ["install", "--prefix", home, "--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--legacy-peer-deps", "--loglevel=error", ...packages]);
}

const globs = positionals.map((path) => (existsSync(`${root}${path}`) && statSync(`${root}${path}`).isDirectory() ? `${path.replace(/\/$/, "")}/**/*.ts` : path));
run(process.execPath, [program, "run", ...(globs.length === 0 ? [] : ["--mutate", globs.join(",")])], { MUTANTS_SAMPLE: values.sample, MUTANTS_SEED: values.seed });
