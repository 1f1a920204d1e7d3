/** Decides what NixOS takes for one option from its definitions: priorities, conditions, joining and conflicts. */
import type { ActiveDefinition } from "./definitions.ts";
import { isEqual, isSameUnknown } from "./equality.ts";
import { limits } from "./limits.ts";
import { joinsStrings } from "./nixos.ts";
import { areOpposite, joinPieces } from "./operators.ts";
import type { OptionKind } from "./option-types.ts";
import { type Item, type ListValue, type Piece, type UnknownValue, type Value, list, unknown } from "./values.ts";

/** How sure an answer is. */
export type State = "known" | "undefined" | "conditional" | "unknown" | "conflict";

/** What NixOS takes for an option, as far as it can be said. */
export interface Merged {
  readonly state: State;
  /** For `known`; for lists also when `conditional`, with possible elements marked; the reason where `unknown`. */
  readonly value: Value | null;
  /** Of the winning definitions. */
  readonly priority: number | null;
  readonly winners: readonly ActiveDefinition[];
}

/** Distinct undecided conditions of which all cases are gone through. */
const MAX_CONDITIONS = 5;

/**
 * Merges leaf definitions (nixpkgs, `lib/modules.nix`, `mergeDefinitions`).
 * @param kind of the option, where the tree declares it
 */
export function merge(path: readonly string[], definitions: readonly ActiveDefinition[], lost: UnknownValue | null, kind: OptionKind | null): Merged {
  if (definitions.length === 0) return { state: lost === null ? "undefined" : "unknown", value: lost, priority: null, winners: definitions };
  const [only] = definitions;
  // Most options have one definition.
  if (definitions.length === 1 && only !== undefined && only.undecided.length === 0 && lost === null && (kind === null || kind.isPlain)) {
    const { state, value } = combine(path, definitions, kind);
    return { state, value, priority: only.priority, winners: definitions };
  }
  const sure = definitions.filter((definition) => definition.undecided.length === 0);
  const strongest = Math.min(...sure.map((definition) => definition.priority));
  const matter = definitions.filter((definition) => definition.priority <= strongest);
  if (lost !== null) return { state: "unknown", value: lost, priority: null, winners: matter };
  if (kind !== null && !kind.isPlain) {
    return { state: "unknown", value: unknown("the option's type may change it"), priority: null, winners: matter };
  }
  const priority = Math.min(...matter.map((definition) => definition.priority));
  const winners = sure.filter((definition) => definition.priority === strongest);
  const possible = matter.filter((definition) => definition.undecided.length > 0);
  if (possible.length === 0) return { ...combine(path, winners, kind), priority, winners };
  return { ...combineUndecided(path, matter, strongest, kind), priority, winners: matter };
}

type Combined = Pick<Merged, "state" | "value">;

/** Several definitions of the same priority. */
function combine(path: readonly string[], winners: readonly ActiveDefinition[], kind: OptionKind | null): Combined {
  const first = (winners[0] as ActiveDefinition).value;
  const unclear = winners.find((definition) => definition.value.t === "unknown");
  if (unclear !== undefined) return { state: "unknown", value: unclear.value };
  if (winners.every((definition) => definition.value.t === "list")) return { state: "known", value: joinLists(winners, false) };
  if (winners.length === 1) return { state: "known", value: first };
  if (winners.every((definition) => definition.value.t === "string")) return combineStrings(path, winners, kind);
  const types = new Set(winners.map(({ value }) => value.t));
  const isScalar = [...types].every((type) => type === "bool" || type === "int" || type === "float" || type === "null" || type === "string" || type === "path");
  // A list and a single value may be of a type that takes both, two packages of one that takes only one.
  if (!isScalar || (kind !== null && kind.joins === null)) return { state: "unknown", value: unknown("several definitions that may be joined") };
  const verdicts = winners.map((definition) => isEqual(first, definition.value));
  if (verdicts.every((verdict) => verdict === true)) return { state: "known", value: first };
  return verdicts.includes(false) ? { state: "conflict", value: null } : { state: "unknown", value: unknown("several definitions that may be equal") };
}

function combineStrings(path: readonly string[], winners: readonly ActiveDefinition[], kind: OptionKind | null): Combined {
  const known = joinsStrings(path);
  const joins = kind !== null ? kind.joins : known === true ? "\n" : known;
  if (joins === null) return { state: "unknown", value: unknown("several strings that may be joined") };
  if (joins !== false) {
    const value = joinStrings(winners, joins);
    return value.t === "unknown" ? { state: "unknown", value } : { state: "known", value };
  }
  const first = (winners[0] as ActiveDefinition).value;
  const verdicts = winners.map((definition) => isEqual(first, definition.value));
  if (verdicts.includes(false)) return { state: "conflict", value: null };
  return verdicts.includes(null) ? { state: "unknown", value: unknown("several strings that may be equal") } : { state: "known", value: first };
}

/** Definitions of which some count only under conditions that cannot be decided: known where all cases come to the same. */
function combineUndecided(path: readonly string[], matter: readonly ActiveDefinition[], strongest: number, kind: OptionKind | null): Combined {
  const same = inAllCases(path, matter, kind);
  if (same !== null) return { state: "known", value: same };
  if (matter.every((definition) => definition.value.t === "list")) {
    // A stronger list that may be there would replace the others: then nothing in them is sure.
    const replaced = matter.some((definition) => definition.priority < strongest);
    return { state: "conditional", value: joinLists(matter, replaced) };
  }
  return { state: "conditional", value: null };
}

function inAllCases(path: readonly string[], matter: readonly ActiveDefinition[], kind: OptionKind | null): Value | null {
  const atoms: UnknownValue[] = [];
  // Of each definition, the conditions it needs: the number of an atom, negative (less one) for its opposite.
  const needs: number[][] = [];
  for (const { undecided } of matter) {
    const own = undecided.map((condition) => {
      const known = atoms.findIndex((atom) => isSameUnknown(atom, condition));
      if (known >= 0) return known;
      const opposite = atoms.findIndex((atom) => areOpposite(atom, condition));
      return opposite >= 0 ? -1 - opposite : atoms.push(condition) - 1;
    });
    if (atoms.length > MAX_CONDITIONS) return null;
    needs.push(own);
  }
  if (!limits.spend(matter.length << atoms.length)) return null;
  let same: Value | null = null;
  for (let world = 0; world < 1 << atoms.length; world++) {
    const holds = (need: number): boolean => (need >= 0 ? ((world >> need) & 1) === 1 : ((world >> (-1 - need)) & 1) === 0);
    const there = matter.filter((_, index) => needs[index]?.every(holds) === true);
    if (there.length === 0) return null;
    const strongest = Math.min(...there.map(({ priority }) => priority));
    const { state, value } = combine(path, there.filter(({ priority }) => priority === strongest), kind);
    if (state !== "known" || value === null || (same !== null && isEqual(same, value) !== true)) return null;
    same ??= value;
  }
  return same;
}

/** In the order of `mkOrder`; of the same order, later modules first, and in a module as written (`evalModules` reverses them). */
function inOrder(definitions: readonly ActiveDefinition[]): ActiveDefinition[] {
  return [...definitions].sort((a, b) => a.order - b.order || (a.module === b.module ? 0 : b.module - a.module));
}

/** Concatenates lists. */
function joinLists(definitions: readonly ActiveDefinition[], allMaybe: boolean): ListValue {
  const ordered = inOrder(definitions);
  const items: Item[] = [];
  let open: UnknownValue | null = null;
  for (const { value, undecided } of ordered) {
    if (value.t !== "list") continue;
    open ??= value.open;
    if (!limits.fits(items.length + value.items.length)) return list([], value.at, unknown(limits.reason, value.at));
    const maybe = allMaybe || undecided.length > 0;
    for (const item of value.items) {
      const own = element(item);
      if (own !== null) items.push(maybe && !own.maybe ? { ...own, maybe: true } : own);
    }
  }
  return list(items, ordered[0]?.value.at ?? null, open);
}

/** Elements are definitions of their own: `[ (mkIf false x) ]` is empty (nixpkgs, `lib/types.nix`, `listOf`). */
function element(item: Item): Item | null {
  const value = item.thunk.force();
  if (value.t !== "wrap") return item;
  if (value.kind === "if") {
    const condition = value.condition.force();
    if (condition.t === "bool" && !condition.v) return null;
    return element({ thunk: value.content, maybe: item.maybe || condition.t !== "bool" });
  }
  return value.kind === "override" ? { thunk: value.content, maybe: item.maybe } : item;
}

function joinStrings(definitions: readonly ActiveDefinition[], separator: string): Value {
  const ordered = inOrder(definitions);
  const runs: (readonly Piece[])[] = [];
  ordered.forEach(({ value }, index) => {
    if (index > 0) runs.push([{ text: separator, at: null, map: null }]);
    if (value.t === "string") runs.push(value.pieces);
  });
  const joined = joinPieces(runs, null);
  return joined.t === "string" ? { ...joined, at: ordered[0]?.value.at ?? null } : joined;
}
