/** Writes a configuration that fits a tree, with comments that say why each line is there. */
import { lstatSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Project, textOf } from "../engine/model/index.ts";
import { CONFIG_NAME } from "../engine/run/config/name.ts";
import { SCHEMA_URL } from "../engine/run/config/schema.ts";
import { DEFAULT_SETTINGS, type Rule, roleOf } from "../engine/run/index.ts";
import { loadNixParser } from "./grammars.ts";
import { rules } from "../rules/index.ts";
import type { CommonOptions } from "./arguments.ts";
import { STDOUT, print } from "./output.ts";
import { writeReasonOf } from "./reason.ts";
import { type Tree, openTrees } from "./trees.ts";
import { UsageError } from "./usage-error.ts";
import { Writing, writeWhole } from "./whole-file.ts";

/** Names of folders in which projects keep what they no longer use. */
const RETIRED = /^(?:attic|archived?|deprecated|graveyard|legacy|obsolete|old|retired|unused)$/i;

/** What a look at the tree gave; paths are relative to the folder that the configuration is for. */
interface Survey {
  /** Names of folders of retired modules, with the number of modules in them. */
  readonly retired: ReadonlyMap<string, number>;
  readonly baselines: readonly string[];
  /** Releases by the number of systems that pin them, most first. */
  readonly releases: readonly (readonly [release: string, systems: number])[];
}

/**
 * Writes `.tappaas-lint.json` into a folder and says what is in it.
 * @throws UsageError where there is one already, or it cannot be written
 */
export async function initCommand({ folder }: { readonly folder: string } & CommonOptions): Promise<0> {
  const cwd = process.cwd();
  const file = join(folder, CONFIG_NAME);
  if (!isFree(resolve(cwd, file))) throw alreadyThere(file);
  const { trees, failures } = await openTrees({ paths: [folder], stdinFilename: null }, cwd);
  const tree = trees[0];
  if (tree === undefined) throw new UsageError(`${folder}: ${failures[0]?.message ?? "There is nothing to look at."}`);
  if (tree.named.size > 0) throw new UsageError(`${folder} is a file; name the folder that the configuration is for.`);
  const survey = surveyed(tree, relative(tree.disk.root, resolve(cwd, folder)), new Project(tree.host, await loadNixParser()));
  const releaseOption = optionFor(rules.find(({ id }) => id === "state-version"), /^\d{2}\.\d{2}$/);
  await writeNew(resolve(cwd, file), file, configText(survey, releaseOption));
  print(STDOUT, report(file, tree.targets.length, survey, releaseOption));
  return 0;
}

function surveyed({ targets }: Tree, folder: string, project: Project): Survey {
  const prefix = folder === "" ? "" : `${folder}/`;
  const retired = new Map<string, number>();
  const baselines: string[] = [];
  const releases = new Map<string, number>();
  for (const path of targets) {
    const inside = path.slice(prefix.length);
    const name = inside.split("/").slice(0, -1).find((part) => RETIRED.test(part));
    if (name !== undefined) {
      retired.set(name, (retired.get(name) ?? 0) + 1);
      continue;
    }
    const role = roleOf(project, path, () => DEFAULT_SETTINGS);
    if (role === "baseline") baselines.push(inside);
    if (role !== "system") continue;
    const value = project.configuration(path)?.value("system.stateVersion");
    const release = value?.t === "string" ? textOf(value) : null;
    if (release !== null) releases.set(release, (releases.get(release) ?? 0) + 1);
  }
  return { retired, baselines, releases: [...releases].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)) };
}

/** The option of a rule whose default looks like a given pattern. */
function optionFor(rule: Rule | undefined, pattern: RegExp): string | null {
  const options = Object.entries(rule?.options?.properties ?? {});
  return options.find(([, schema]) => typeof schema === "object" && typeof schema.default === "string" && pattern.test(schema.default))?.[0] ?? null;
}

function configText({ retired, baselines, releases }: Survey, releaseOption: string | null): string {
  const json = JSON.stringify;
  const [pinned] = releases;
  const release = pinned === undefined || releaseOption === null ? [] : [`    // The release that most systems pin (${pinned[1]} of ${releases.reduce((sum, [, systems]) => sum + systems, 0)}).`, `    "state-version": ["error", { ${json(releaseOption)}: ${json(pinned[0])} }],`];
  const overrides = baselines.map((path) => `    { "files": [${json(path)}], "role": "baseline" },`);
  return [
    "// The configuration of tappaas-lint. It holds for this folder and everything below; comments and trailing commas are fine.",
    "{",
    `  "$schema": ${json(SCHEMA_URL)},`,
    "",
    "  // Files that are not linted, though others may import them.",
    `  "ignore": [${[...retired.keys()].sort().map((name) => json(`**/${name}/**`)).join(", ")}],`,
    "",
    '  // By rule: "off", "info", "warning", "error", or ["error", { options }]. `tappaas-lint rules` lists all of them.',
    '  "rules": {',
    ...release,
    "  },",
    "",
    "  // Settings for some files, later ones winning: what they are where that cannot be told from their text, or other rules.",
    '  "overrides": [',
    ...overrides,
    "  ],",
    "",
    "  // Whether a suppression without `-- reason` is reported.",
    '  "requireReasons": true,',
    "}",
    "",
  ].join("\n");
}

/** Whether nothing is there, not even a link that leads nowhere. */
function isFree(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) === undefined;
}

function alreadyThere(file: string): UsageError {
  return new UsageError(`${file} is there already and is left as it is; edit it, or delete it first.`);
}

async function writeNew(place: string, file: string, text: string): Promise<void> {
  const writing = new Writing();
  let isWritten: boolean;
  try {
    isWritten = writeWhole(place, text, () => isFree(place));
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${writeReasonOf(error)}.`);
  }
  await writing.end(`${file} is written`);
  if (!isWritten) throw alreadyThere(file);
}

function report(file: string, count: number, { retired, baselines, releases }: Survey, releaseOption: string | null): string {
  const [pinned] = releases;
  const did = [
    ...[...retired].map(([name, modules]) => `ignores the ${modules} ${modules === 1 ? "module" : "modules"} in folders called ${name}`),
    ...baselines.map((path) => `marks ${path} as a baseline`),
    ...(pinned === undefined || releaseOption === null ? [] : [`expects system.stateVersion to be "${pinned[0]}", as ${pinned[1]} systems have it`]),
    "asks every suppression for its reason",
  ];
  return `Wrote ${file} after a look at ${count} files. It\n${did.map((line) => `  - ${line}`).join("\n")}\nRun \`tappaas-lint ${relative(process.cwd(), resolve(file, "..")) || "."}\` to see what it finds; with \`--write-baseline\` it takes that for known and tells only what is new from then on.\n`;
}
