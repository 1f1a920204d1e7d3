/** The texts that mutation starts from: every fixture and example, and what stands in them. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type StringExpr, parse, walk } from "../../src/engine/syntax/index.ts";
import { readCase } from "../support/fixtures.ts";
import { unmark } from "../support/marked.ts";

/** Texts by what they are. */
export interface Corpus {
  readonly modules: readonly string[];
  /** Small trees of several files, by path. */
  readonly trees: readonly Readonly<Record<string, string>>[];
  /** Scripts as they stand in modules, without what is interpolated. */
  readonly scripts: readonly string[];
  /** Strings of one line, among them schedules, tmpfiles lines and image references. */
  readonly lines: readonly string[];
}

function unmarked(text: string): string {
  return unmark(text).text;
}

/** All `.nix` files below a folder, without the marks of expectations, in the order of their paths. */
function modulesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".nix"))
    .sort()
    .map((name) => unmarked(readFileSync(join(folder, name), "utf8")));
}

function casesIn(folder: string): Record<string, string>[] {
  return readdirSync(folder).map((name) => Object.fromEntries(Object.entries(readCase(join(folder, name), name)).map(([path, text]) => [path, unmarked(text)])));
}

/** The text of a string; `$X` stands for what is interpolated. */
function plain({ parts }: StringExpr): string {
  return parts.map((part) => ("text" in part ? part.text : "$X")).join("");
}

/**
 * @param root of this project
 * @param folders with more modules
 */
export function readCorpus(root: string, folders: readonly string[] = []): Corpus {
  const [fixtures, examples] = [join(root, "test/fixtures"), join(root, "examples")];
  const modules = [fixtures, examples, ...folders].flatMap(modulesIn);
  const trees = [...readdirSync(fixtures).flatMap((rule) => casesIn(join(fixtures, rule))), ...casesIn(examples)].filter((files) => Object.keys(files).length > 1);
  const strings = new Set(modules.flatMap((text) => [...walk(parse(text).root)].filter((expr): expr is StringExpr => expr.kind === "string").map(plain)));
  return { modules, trees, scripts: [...strings].filter((text) => text.includes("\n")), lines: [...strings].filter((text) => !text.includes("\n") && /[ :/*]/.test(text)) };
}
