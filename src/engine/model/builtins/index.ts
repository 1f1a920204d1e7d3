/** Nix's built-in functions and the part of nixpkgs' lib that modules use, looked up by name. */
import type { Evaluator } from "../evaluate.ts";
import { type Value, bool, ref } from "../values.ts";
import { attrsFunctions } from "./attrs.ts";
import { coreFunctions } from "./core.ts";
import { hasName } from "./lib-names.ts";
import type { Definition, Table } from "./define.ts";
import { listFunctions } from "./lists.ts";
import { moduleFunctions } from "./modules.ts";
import { stringFunctions } from "./strings.ts";

/** All functions by name. */
export type Builtins = ReadonlyMap<string, Value>;

/** Names that Nix itself puts into every scope (Nix manual, "Built-ins"); the rest needs `builtins.`. */
const GLOBAL = new Set(
  "abort baseNameOf derivation derivationStrict dirOf fetchGit fetchMercurial fetchTarball fetchTree fromTOML import isNull map placeholder removeAttrs scopedImport throw toString".split(" "),
);

/** Parts of `lib` whose functions are also found directly under `lib`. */
const NAMESPACES = new Set("attrsets lists strings trivial modules options debug asserts customisation fixedPoints meta sources filesystem".split(" "));

/** Builds the table once for an evaluator. */
export function makeBuiltins(evaluator: Evaluator): Builtins {
  const tables: Table[] = [coreFunctions(evaluator), listFunctions(evaluator), attrsFunctions(evaluator), stringFunctions(evaluator), moduleFunctions()];
  const all = new Map<string, Value>();
  for (const table of tables) {
    for (const [name, entry] of Object.entries(table)) {
      all.set(name, isDefinition(entry) ? { t: "builtin", name, arity: entry.arity, args: [], run: entry.run, at: null } : entry);
    }
  }
  return all;
}

function isDefinition(entry: Definition | Value): entry is Definition {
  return "run" in entry && !("t" in entry);
}

/** What a name means that nothing around binds. */
export function builtinNamed(builtins: Builtins, name: string): Value | null {
  if (name === "true" || name === "false") return bool(name === "true");
  if (name === "null") return { t: "null", at: null };
  if (name === "builtins") return ref(["builtins"]);
  if (name.startsWith("__")) return builtins.get(name.slice(2)) ?? null;
  return GLOBAL.has(name) ? (builtins.get(name) ?? ref(["builtins", name])) : null;
}

/** Functions that earlier releases of nixpkgs had directly under `lib`. */
const FORMER = new Set(["fold", "mdDoc"]);

/** The function that a path of names such as `lib.strings.toUpper` or `builtins.map` leads to, where it is known. */
export function libNamed(builtins: Builtins, path: readonly string[]): Value | null {
  const [root, first = "", ...rest] = path;
  if (root === "builtins") {
    if (rest.length > 0 || hasName(["builtins"], first) === false) return null;
    return builtinNamed(builtins, first) ?? builtins.get(first) ?? null;
  }
  if (root !== "lib" || first === "") return null;
  if (rest.length > 0) return builtins.get([first, ...rest].join(".")) ?? (NAMESPACES.has(first) ? (builtins.get(rest.join(".")) ?? null) : null);
  if (first === "true" || first === "false") return bool(first === "true");
  return hasName(["lib"], first) === true || FORMER.has(first) ? (builtins.get(first) ?? null) : null;
}
