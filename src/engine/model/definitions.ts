/** The definitions of one option path: gathered from all modules, wrappers taken off, conditions decided. */
import type { At, SourceFile } from "./at.ts";
import { Thunk } from "./thunk.ts";
import { PLAIN_PRIORITY } from "./builtins/modules.ts";
import { holdsSet } from "./nixos.ts";
import type { UnknownValue, Value } from "./values.ts";
import { unknown } from "./values.ts";

/** The order of a list definition without `mkBefore` or `mkAfter` (nixpkgs, `lib/modules.nix`, `defaultOrderPriority`). */
const PLAIN_ORDER = 1000;

/** A definition as it came in: its value may still be wrapped. */
export interface Source {
  readonly thunk: Thunk;
  /** The attribute path as written. */
  readonly key: At | null;
  readonly file: SourceFile;
  /** Set by a wrapper further out; null for none yet. */
  readonly priority: number | null;
  readonly order: number | null;
  readonly conditions: readonly Thunk[];
  /** The default of an option that the tree declares. */
  readonly isDefault: boolean;
}

/** A definition with its wrappers taken off. */
export interface Definition {
  /** What is defined, in weak head normal form, never a wrapper. */
  readonly value: Value;
  /** The attribute path as written; null where it was computed. */
  readonly key: At | null;
  /** The value as written, without wrappers (`true` of `lib.mkDefault true`). */
  readonly valueAt: At | null;
  /** The value as written, with wrappers. */
  readonly wholeAt: At | null;
  readonly file: SourceFile;
  readonly priority: number;
  readonly order: number;
  readonly conditions: readonly Thunk[];
  readonly isDefault: boolean;
}

/** A definition whose conditions have been decided as far as they can be. */
export interface ActiveDefinition extends Definition {
  /** Conditions that cannot be decided; the definition counts only if they hold. */
  readonly undecided: readonly UnknownValue[];
}

/** Takes the wrappers off (nixpkgs, `lib/modules.nix`, `dischargeProperties` and `pushDownProperties`). */
export function unwrap(source: Source): Definition[] {
  const found: Definition[] = [];
  visit(source, source.thunk, 0);
  return found;

  function visit(current: Source, thunk: Thunk, depth: number): void {
    const value = thunk.force();
    if (value.t !== "wrap" || depth > 50) {
      found.push({
        value: value.t === "wrap" ? unknown("nested too deep", value.at) : value,
        key: source.key,
        valueAt: thunk.at,
        wholeAt: source.thunk.at,
        file: thunk.at?.file ?? source.file,
        priority: current.priority ?? PLAIN_PRIORITY,
        order: current.order ?? PLAIN_ORDER,
        conditions: current.conditions,
        isDefault: source.isDefault,
      });
      return;
    }
    switch (value.kind) {
      case "if":
        visit({ ...current, conditions: [...current.conditions, value.condition] }, value.content, depth + 1);
        return;
      case "override":
        // The outermost priority counts: the inner one would be part of its content.
        visit({ ...current, priority: current.priority ?? value.priority }, value.content, depth + 1);
        return;
      case "order":
        visit({ ...current, order: current.order ?? value.order }, value.content, depth + 1);
        return;
      case "merge":
        for (const item of value.contents.items) {
          const conditions = item.maybe ? [...current.conditions, Thunk.of(unknown("there only under a condition", item.thunk.at))] : current.conditions;
          visit({ ...current, conditions }, item.thunk, depth + 1);
        }
        if (value.contents.open !== null) visit(current, Thunk.of(value.contents.open), depth + 1);
        return;
    }
  }
}

/** The definitions that take part, with what is undecided about them. */
export function active(definitions: readonly Definition[]): ActiveDefinition[] {
  const out: ActiveDefinition[] = [];
  for (const definition of definitions) {
    const undecided: UnknownValue[] = [];
    let holds = true;
    for (const condition of definition.conditions) {
      const value = condition.force();
      if (value.t === "bool") holds &&= value.v;
      else undecided.push(value.t === "unknown" ? value : unknown("a condition that cannot be decided", condition.at));
    }
    if (holds) out.push({ ...definition, undecided });
  }
  return out;
}

/**
 * Of several set definitions at one path, those whose attributes count: at an option that holds a set, only the ones of the
 * strongest priority; above options each keeps its own priority. Null where it is not known which of the two it is.
 */
export function effectiveSets(path: readonly string[], definitions: readonly Definition[]): { readonly kept: readonly Definition[]; readonly doubt: boolean } {
  const priorities = new Set(definitions.map((definition) => definition.priority));
  if (priorities.size < 2) return { kept: definitions, doubt: false };
  const holds = holdsSet(path);
  if (holds === false) return { kept: definitions, doubt: false };
  const decided = active(definitions);
  const strongest = Math.min(...decided.filter((definition) => definition.undecided.length === 0).map((definition) => definition.priority));
  const kept = decided.filter((definition) => definition.priority <= strongest);
  return holds === true ? { kept, doubt: decided.some((d) => d.undecided.length > 0 && d.priority < strongest) } : { kept: definitions, doubt: true };
}
