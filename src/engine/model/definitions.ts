/** The definitions of one option path: gathered from all modules, wrappers taken off, conditions decided. */
import type { At, SourceFile } from "./at.ts";
import { PLAIN_PRIORITY } from "./builtins/modules.ts";
import { limits } from "./limits.ts";
import { Thunk } from "./thunk.ts";
import { type UnknownValue, type Value, unknown } from "./values.ts";

/** The order of a list definition without `mkBefore` or `mkAfter` (nixpkgs, `lib/modules.nix`, `defaultOrderPriority`). */
const PLAIN_ORDER = 1000;
const MAX_WRAPPERS = 50;
const NONE: readonly UnknownValue[] = [];
/** What a definition without wrappers hands down. */
const PLAIN: Definition["inner"] = { priority: null, stage: "conditions" };

/**
 * The wrappers that NixOS takes off one value, from the outside in: any conditions and merges, then one priority, then one
 * order (nixpkgs, `lib/modules.nix`, `mergeDefinitions`). Anything else stays in the value, which is then of no type.
 */
type Stage = "conditions" | "priority" | "order";

/** A definition as it came in: its value may still be wrapped. */
export interface Source {
  readonly thunk: Thunk;
  /** The attribute path as written. */
  readonly key: At | null;
  readonly file: SourceFile;
  /** The place of its module in the order of collection, the entry being 0; definitions of later modules come first. */
  readonly module: number;
  /** Set by a wrapper further out; null for none yet. */
  readonly priority: number | null;
  readonly order: number | null;
  readonly stage: Stage;
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
  readonly module: number;
  readonly priority: number;
  readonly order: number;
  readonly conditions: readonly Thunk[];
  readonly isDefault: boolean;
  /** What the wrappers hand down to the options inside, where the value is a set above options. */
  readonly inner: Pick<Source, "priority" | "stage">;
}

/** A definition whose conditions have been decided as far as they can be. */
export interface ActiveDefinition extends Definition {
  /** Conditions that cannot be decided; the definition counts only if they hold. */
  readonly undecided: readonly UnknownValue[];
}

/**
 * Takes the wrappers off.
 * @param isOption whether a set at this path is an option's value (`true`) or holds options (`false`): the wrappers of
 *   a set above options are handed down to them one by one (nixpkgs, `lib/modules.nix`, `pushDownProperties`); null where it
 *   is not known
 */
export function unwrap(source: Source, isOption: boolean | null): Definition[] {
  const whole = source.thunk.force();
  // Most definitions have no wrapper, and there are very many.
  if (whole.t !== "wrap") return [made(source, source, source.thunk, whole, ANY, isOption)];
  const found: Definition[] = [];
  let isCut = false;
  visit(source, source.thunk, ANY, 0);
  return found;

  function visit(current: Source, thunk: Thunk, before: Fits, depth: number): void {
    const value = thunk.force();
    if (value.t !== "wrap") {
      add(current, thunk, value, before);
      return;
    }
    if (depth > MAX_WRAPPERS || !limits.spend(1)) {
      limits.hit = true;
      // Once is enough: it makes the whole option unknown.
      if (!isCut) add(current, thunk, unknown("nested too deep", value.at), before);
      isCut = true;
      return;
    }
    // What comes after a wrapper that Nix does not take off, it does not see.
    const fits = fitting(value.kind, current.stage, before);
    if (!fits.asValue && !fits.asNest) {
      add(current, thunk, unknown("a wrapper that Nix does not take off here", thunk.at), fits);
      return;
    }
    switch (value.kind) {
      case "if":
        visit({ ...current, conditions: [...current.conditions, value.condition] }, value.content, fits, depth + 1);
        return;
      case "override":
        // One that stands inside another does not fit and never comes here.
        visit({ ...current, priority: value.priority, stage: "priority" }, value.content, fits, depth + 1);
        return;
      case "order":
        visit({ ...current, order: value.order, stage: "order" }, value.content, fits, depth + 1);
        return;
      case "merge": {
        for (const item of value.contents.items) {
          if (isCut) break;
          const conditions = item.maybe ? [...current.conditions, Thunk.of(unknown("there only under a condition", item.thunk.at))] : current.conditions;
          visit({ ...current, conditions }, item.thunk, fits, depth + 1);
        }
        if (value.contents.open !== null) add(current, thunk, value.contents.open, fits);
        return;
      }
    }
  }

  function add(current: Source, thunk: Thunk, value: Value, fits: Fits): void {
    found.push(made(source, current, thunk, value, fits, isOption));
  }
}

/** The definition that a value makes: `current` is the source as the wrappers met so far have changed it. */
function made(source: Source, current: Source, thunk: Thunk, value: Value, fits: Fits, isOption: boolean | null): ActiveDefinition {
  const isRight = value.t !== "attrs" || isOption === true ? fits.asValue : isOption === false ? fits.asNest : fits.asValue || fits.asNest;
  // What an option's set holds are definitions of their own; where it is not known, the benefit of the doubt.
  const priority = isOption === true ? null : current.priority;
  const stage = isOption === false ? current.stage : "conditions";
  return {
    value: isRight ? value : unknown("a wrapper that Nix does not take off here", thunk.at),
    key: source.key,
    valueAt: thunk.at,
    wholeAt: source.thunk.at,
    file: thunk.at?.file ?? source.file,
    module: source.module,
    priority: current.priority ?? PLAIN_PRIORITY,
    order: current.order ?? PLAIN_ORDER,
    conditions: current.conditions,
    isDefault: source.isDefault,
    inner: priority === null && stage === "conditions" ? PLAIN : { priority, stage },
    // Counts once `active` has asked the conditions.
    undecided: NONE,
  };
}

/** Whether the wrappers met so far are taken off an option's value, and off a set above options. */
interface Fits {
  readonly asValue: boolean;
  readonly asNest: boolean;
}

const ANY: Fits = { asValue: true, asNest: true };

function fitting(kind: "if" | "override" | "order" | "merge", stage: Stage, before: Fits): Fits {
  const isFirst = stage === "conditions";
  if (kind === "order") return { asValue: before.asValue && stage !== "order", asNest: false };
  return { asValue: before.asValue && isFirst, asNest: before.asNest && (isFirst || kind === "merge") };
}

/** Whether a definition has no conditions: it takes part as it is. */
function isUnconditional(definition: Definition): definition is ActiveDefinition {
  return definition.conditions.length === 0;
}

/** The definitions that take part, with what is undecided about them. */
export function active(definitions: readonly Definition[]): readonly ActiveDefinition[] {
  // Nearly all have no conditions, and there are very many.
  if (definitions.every(isUnconditional)) return definitions;
  const out: ActiveDefinition[] = [];
  for (const definition of definitions) {
    if (isUnconditional(definition)) {
      out.push(definition);
      continue;
    }
    const undecided: UnknownValue[] = [];
    let holds = true;
    for (const condition of definition.conditions) {
      const value = condition.force();
      if (value.t !== "bool") undecided.push(value.t === "unknown" ? value : unknown("a condition that cannot be decided", condition.at));
      else if (!value.v) {
        // As in Nix, what is inside it is not asked.
        holds = false;
        break;
      }
    }
    if (holds) out.push({ ...definition, undecided });
  }
  return out;
}
