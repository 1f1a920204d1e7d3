/** Decides what NixOS takes for one option from its definitions: priorities, conditions, joining and conflicts. */
import type { ActiveDefinition } from "./definitions.ts";
import { joinsStrings } from "./nixos.ts";
import { areOpposite, isEqual } from "./operators.ts";
import { type Item, type ListValue, type Piece, type UnknownValue, type Value, list, unknown } from "./values.ts";

/** How sure an answer is. */
export type State = "known" | "undefined" | "conditional" | "unknown" | "conflict";

/** What NixOS takes for an option, as far as it can be said. */
export interface Merged {
  readonly state: State;
  /** For `known`; for lists also when `conditional`, with possible elements marked. */
  readonly value: Value | null;
  /** Of the winning definitions. */
  readonly priority: number | null;
  readonly winners: readonly ActiveDefinition[];
}

/** Merges leaf definitions (nixpkgs, `lib/modules.nix`, `mergeDefinitions`). */
export function merge(path: readonly string[], definitions: readonly ActiveDefinition[], lost: UnknownValue | null): Merged {
  if (definitions.length === 0) return { state: lost === null ? "undefined" : "unknown", value: lost, priority: null, winners: [] };
  const sure = definitions.filter((definition) => definition.undecided.length === 0);
  const strongest = Math.min(...sure.map((definition) => definition.priority));
  const matter = definitions.filter((definition) => definition.priority <= strongest);
  const winners = sure.filter((definition) => definition.priority === strongest);
  const possible = matter.filter((definition) => definition.undecided.length > 0);
  const priority = Math.min(...matter.map((definition) => definition.priority));
  if (lost !== null) return { state: "unknown", value: lost, priority: null, winners: matter };
  if (possible.length === 0) return { ...combine(path, winners), priority, winners };
  return { ...combineUndecided(path, winners, possible, strongest), priority, winners: matter };
}

type Combined = Pick<Merged, "state" | "value">;

/** Several definitions of the same priority. */
function combine(path: readonly string[], winners: readonly ActiveDefinition[]): Combined {
  const first = (winners[0] as ActiveDefinition).value;
  const unclear = winners.find((definition) => definition.value.t === "unknown");
  if (unclear !== undefined) return { state: "unknown", value: unclear.value };
  if (winners.every((definition) => definition.value.t === "list")) return { state: "known", value: joinLists(winners, false) };
  if (winners.length === 1) return { state: "known", value: first };
  if (winners.every((definition) => definition.value.t === "string") && joinsStrings(path) === true) return { state: "known", value: joinLines(winners) };
  const verdicts = winners.map((definition) => isEqual(first, definition.value));
  if (verdicts.every((verdict) => verdict === true)) return { state: "known", value: first };
  if (verdicts.includes(false)) {
    const scalar = winners.every(({ value }) => value.t === "bool" || value.t === "int" || value.t === "float");
    const strings = winners.every(({ value }) => value.t === "string");
    const kinds = new Set(winners.map(({ value }) => value.t));
    if (scalar || (strings && joinsStrings(path) === false) || (kinds.size > 1 && !kinds.has("attrs"))) return { state: "conflict", value: null };
  }
  return { state: "unknown", value: unknown("several definitions that may be joined", null) };
}

/** Definitions of which some count only under conditions that cannot be decided. */
function combineUndecided(path: readonly string[], sure: readonly ActiveDefinition[], possible: readonly ActiveDefinition[], strongest: number): Combined {
  const all = [...sure, ...possible];
  if (all.every((definition) => definition.value.t === "list")) {
    // A stronger list that may be there would replace the others: then nothing in them is sure.
    const replaced = possible.some((definition) => definition.priority < strongest);
    return { state: "conditional", value: joinLists(all, replaced) };
  }
  const first = (all[0] as ActiveDefinition).value;
  if (all.every((definition) => isEqual(first, definition.value) === true) && joinsStrings(path) !== true) {
    const covered = sure.length > 0 || possible.some((a) => possible.some((b) => a.priority === b.priority && isCovering(a, b)));
    if (covered) return { state: "known", value: first };
  }
  return { state: "conditional", value: null };
}

/** Whether one of two definitions always counts: their only conditions are opposites. */
function isCovering(a: ActiveDefinition, b: ActiveDefinition): boolean {
  const [left, right] = [a.undecided[0], b.undecided[0]];
  if (a.undecided.length !== 1 || b.undecided.length !== 1 || left === undefined || right === undefined) return false;
  return areOpposite(left, right);
}

/** Concatenates lists in the order of `mkOrder`, equal orders as they came. */
function joinLists(definitions: readonly ActiveDefinition[], allMaybe: boolean): ListValue {
  const ordered = [...definitions].sort((a, b) => a.order - b.order);
  const items: Item[] = [];
  let open: UnknownValue | null = null;
  for (const { value, undecided } of ordered) {
    if (value.t !== "list") continue;
    const maybe = allMaybe || undecided.length > 0;
    items.push(...(maybe ? value.items.map((item) => ({ ...item, maybe: true })) : value.items));
    open ??= value.open;
  }
  return list(items, ordered[0]?.value.at ?? null, open);
}

function joinLines(definitions: readonly ActiveDefinition[]): Value {
  const ordered = [...definitions].sort((a, b) => a.order - b.order);
  const pieces: Piece[] = [];
  ordered.forEach(({ value }, index) => {
    if (index > 0) pieces.push({ text: "\n", at: null, map: null });
    if (value.t === "string") pieces.push(...value.pieces);
  });
  return { t: "string", pieces, at: ordered[0]?.value.at ?? null };
}
