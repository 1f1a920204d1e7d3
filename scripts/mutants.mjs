/**
 * Mutation testing by Stryker: `npm run mutants -- [--sample SHARE] [--seed TEXT] [PATH…]` with files, folders or globs of the sources; all of
 * the rules and the model by default. Stryker is installed on first use, beside the project and not into it (see CONTRIBUTING.md).
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const VERSION = "9.6.1";
const root = fileURLToPath(new URL("..", import.meta.url));
const home = `${root}build/mutants`;
const program = `${home}/node_modules/@stryker-mutator/core/bin/stryker.js`;

/** What is run in turn: which tests come by which mutant is kept in memory, and for all of them at once that is too much. */
const PARTS = [
  ...["backups", "baseline", "containers", "firewall", "flakes", "secrets", "structure", "units", "vocabulary"].map((theme) => `src/rules/${theme}`),
  "src/rules/*.ts",
  "src/engine/model/*.ts",
  "src/engine/model/builtins",
  "src/engine/model/script",
];

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

/** How many mutants of a report were noticed (a test failed, or nothing came to an end), and how many were not. */
function countsOf(report) {
  const all = Object.values(JSON.parse(readFileSync(report, "utf8")).files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted) => all.filter((status) => wanted.includes(status)).length;
  return { killed: count("Killed"), timeouts: count("Timeout"), survived: count("Survived"), uncovered: count("NoCoverage") };
}

function row(name, { killed, timeouts, survived, uncovered }) {
  const [noticed, all] = [killed + timeouts, killed + timeouts + survived + uncovered];
  const share = all === 0 ? 1 : noticed / all;
  // Wilson's interval, 95 %.
  const [z, n] = [1.96, Math.max(all, 1)];
  const [middle, width] = [(share + z ** 2 / (2 * n)) / (1 + z ** 2 / n), (z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n)];
  const percent = (value) => (100 * value).toFixed(1);
  return `| ${name} | ${all} | ${killed} | ${timeouts} | ${survived} | ${uncovered} | ${percent(share)} % | ${percent(middle - width)}–${percent(middle + width)} % |`;
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { sample: { type: "string", default: "1" }, seed: { type: "string", default: "" } } });
if (!(Number(values.sample) > 0 && Number(values.sample) <= 1)) throw new RangeError(`--sample ${values.sample} is no share: write a number above 0 and up to 1`);

if (!existsSync(program)) {
  mkdirSync(home, { recursive: true });
  // Without peers, so that the runner takes the project's own vitest, which it finds in a folder above.
  const packages = ["core", "vitest-runner"].map((name) => `@stryker-mutator/${name}@${VERSION}`);
  run("npm", ["install", "--prefix", home, "--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--legacy-peer-deps", "--loglevel=error", ...packages]);
}

const rows = [];
const sum = { killed: 0, timeouts: 0, survived: 0, uncovered: 0 };
for (const part of positionals.length === 0 ? PARTS : positionals) {
  const glob = existsSync(`${root}${part}`) && statSync(`${root}${part}`).isDirectory() ? `${part.replace(/\/$/, "")}/**/*.ts` : part;
  const report = `${home}/reports/${part.replace(/^src\//, "").replaceAll(/[^\w.-]+/g, "-")}`;
  run(process.execPath, [program, "run", "--mutate", glob], { MUTANTS_REPORT: report, MUTANTS_SAMPLE: values.sample, MUTANTS_SEED: values.seed });
  const counts = countsOf(`${report}.json`);
  for (const key of Object.keys(sum)) sum[key] += counts[key];
  rows.push(row(`\`${part}\``, counts));
}
console.log(["| part | mutants | killed | timeouts | survived | without a test | noticed | 95 % of samples |", "|---|---|---|---|---|---|---|---|", ...rows, ...(rows.length > 1 ? [row("all", sum)] : [])].join("\n"));
