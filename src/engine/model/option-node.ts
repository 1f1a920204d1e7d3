/** The tree of option paths of one configuration, opened only where somebody looks. */
import type { At } from "./at.ts";
import type { Declared } from "./declarations.ts";
import { type ActiveDefinition, type Definition, type Source, active, unwrap } from "./definitions.ts";
import { limits } from "./limits.ts";
import { type Merged, merge } from "./merge.ts";
import { holdsSet } from "./nixos.ts";
import type { OptionKind } from "./option-types.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type AttrsValue, type UnknownValue, type Value, attrs, bool, unknown, unknownNamed } from "./values.ts";

/** The answer for one option path. */
export interface Answer extends Merged {
  readonly path: readonly string[];
  /** All definitions that may take part, in module order. */
  readonly definitions: readonly ActiveDefinition[];
}

/** The definitions whose attributes make up a set, each with what makes it doubtful besides its own conditions. */
interface Part {
  readonly definition: Definition;
  readonly doubt: Thunk | null;
}

/** Names of a path after which nothing is looked at: whoever visits all paths must come to an end. */
const MAX_PATH = 64;

/** What looking at one path costs, in steps of evaluation, beside one for each definition that it may be in. */
const NODE_STEPS = 20;

const NONE: readonly Definition[] = [];
const NOWHERE: readonly Source[] = [];

/** One path of the tree with all its definitions. */
export class OptionNode {
  readonly path: readonly string[];
  readonly #sources: readonly Source[];
  /** Something unknown that may define this path too. */
  readonly #lost: UnknownValue | null;
  /** What the tree declares here: an option, or options below. */
  readonly #declared: Declared | null;
  /** How definitions merge, where a declaration says so. */
  readonly #kind: OptionKind | null;
  /** What it comes to without any definition, where that is not just undefined: an option's type may add to it. */
  readonly #otherwise: UnknownValue | null;
  #definitions: readonly Definition[] | null = null;
  #parts: readonly Part[] | null | undefined;
  #answer: Answer | null = null;
  #value: Value | null = null;
  /** Null while nobody has asked for one: most nodes are leaves. */
  #children: Map<string, OptionNode> | null = null;

  constructor(path: readonly string[], sources: readonly Source[], lost: UnknownValue | null, declared: Declared | null, kind: OptionKind | null, otherwise: UnknownValue | null = null) {
    this.path = path;
    this.#sources = sources;
    this.#lost = lost;
    this.#declared = declared;
    this.#kind = kind;
    this.#otherwise = otherwise;
  }

  /** The definitions with their wrappers taken off, whatever their conditions. */
  get definitions(): readonly Definition[] {
    if (this.#definitions === null) {
      const isOption = this.#isOption;
      const [first] = this.#sources;
      if (first === undefined) this.#definitions = NONE;
      else this.#definitions = this.#sources.length === 1 ? unwrap(first, isOption) : this.#sources.flatMap((source) => unwrap(source, isOption));
    }
    return this.#definitions;
  }

  /** Whether a set here is one option's value (rather than holding options); null where it is not known. */
  get #isOption(): boolean | null {
    if (this.#kind !== null) return this.#kind.holdsSet;
    return this.#declared !== null ? false : holdsSet(this.path);
  }

  /** Whether the path holds a set of further paths rather than a value. */
  get isSet(): boolean {
    return this.#setParts() !== null;
  }

  /** Whether anything says something here, be it under a condition. */
  get isDefined(): boolean {
    return this.#sources.length > 0;
  }

  /** The definitions whose attributes count; null where the path holds no set. */
  #setParts(): readonly Part[] | null {
    if (this.#parts === undefined) this.#parts = this.#findParts();
    return this.#parts;
  }

  /** What modules read here is made of the definitions by a function. */
  get #applies(): boolean {
    return this.#declared?.option?.applies === true;
  }

  #findParts(): readonly Part[] | null {
    if (this.#applies) return null;
    let definitions: readonly Definition[] = this.definitions;
    if (!definitions.some(({ value }) => value.t === "attrs")) return null;
    // Conditions are asked only where they matter: they may read options below this very path.
    if (definitions.some(({ value }) => value.t !== "attrs" && !isVague(value))) {
      definitions = strongestOf(active(definitions));
      if (!definitions.some(({ value }) => value.t === "attrs") || definitions.some(({ value }) => value.t !== "attrs" && !isVague(value))) return null;
    }
    const isOption = this.#isOption;
    const isOfOnePriority = definitions.every(({ priority }) => priority === definitions[0]?.priority);
    if (isOption === false || isOfOnePriority) return definitions.map((definition): Part => ({ definition, doubt: null }));
    const decided = active(definitions);
    const sure = Math.min(...decided.filter(({ undecided }) => undecided.length === 0).map(({ priority }) => priority));
    const least = Math.min(...decided.map(({ priority }) => priority));
    // At an option only the sets of the strongest priority count; where that is not known to be one, the others may.
    const counting = isOption === true ? decided.filter(({ priority }) => priority <= sure) : decided;
    const doubt = Thunk.of(unknown("sets of different priority"));
    return counting.map((definition): Part => ({ definition, doubt: definition.priority > least ? doubt : null }));
  }

  child(name: string): OptionNode {
    const cached = this.#children?.get(name);
    if (cached !== undefined) return cached;
    const sources: Source[] = [];
    let lost = this.#lost;
    const parts = limits.isWithin(this.path.length, MAX_PATH) ? (this.#setParts() ?? []) : null;
    if (parts === null || !limits.spend(NODE_STEPS + parts.length)) lost ??= unknown(limits.reason);
    else {
      for (const { definition, doubt } of parts) {
        const { value } = definition;
        if (value.t === "attrs") {
          const attr = value.attrs.get(name);
          if (attr !== undefined) {
            sources.push({
              thunk: attr.thunk,
              key: attr.key,
              file: attr.key?.file ?? definition.file,
              module: definition.module,
              priority: definition.inner.priority,
              stage: definition.inner.stage,
              order: null,
              conditions: joined(definition.conditions, attr.conditions, doubt),
              isDefault: definition.isDefault,
            });
          } else if (value.open !== null && !isRuledOut(definition)) lost ??= value.open;
        } else if (!isRuledOut(definition)) lost ??= value.t === "unknown" ? value : unknown("a set from outside the tree", value.at);
      }
      if (this.#setParts() === null) {
        const vague = this.definitions.find((definition) => isVague(definition.value) && !isRuledOut(definition));
        if (vague !== undefined) lost ??= vague.value.t === "unknown" ? vague.value : unknown("a set from outside the tree", vague.value.at);
      }
    }
    const kind = this.#kind;
    const otherwise = kind !== null && kind.element === null && !kind.isPlain ? unknown("what the option's type or its `apply` adds") : this.#otherwise;
    const declared = kind === null ? (this.#declared?.children.get(name) ?? null) : null;
    const inner = kind === null ? (declared?.kind ?? null) : kind.element;
    const child = new OptionNode([...this.path, name], sources.length === 0 ? NOWHERE : sources, lost, declared, inner, otherwise);
    (this.#children ??= new Map()).set(name, child);
    return child;
  }

  /** The names defined below this path, in the order in which they first stand. */
  names(): string[] {
    const names = new Set<string>();
    for (const { definition } of this.#setParts() ?? []) {
      if (definition.value.t === "attrs") for (const name of definition.value.attrs.keys()) names.add(name);
    }
    return [...names];
  }

  /** Why there may be names that `names` does not give; null where there are none. */
  get open(): UnknownValue | null {
    if (this.#lost !== null) return this.#lost;
    const all = this.#setParts()?.map(({ definition }) => definition) ?? this.definitions;
    for (const definition of all) {
      const { value } = definition;
      if (!(value.t === "attrs" ? value.open !== null : isVague(value)) || isRuledOut(definition)) continue;
      return value.t === "attrs" ? value.open : unknown("a set from outside the tree", value.at);
    }
    return null;
  }

  /** What NixOS takes here. For a path that holds a set the value is the merged set. */
  answer(): Answer {
    if (this.#answer !== null) return this.#answer;
    const definitions = active(this.definitions);
    if (this.isSet) {
      const value = this.value();
      const priority = definitions.length === 0 ? null : Math.min(...definitions.map((definition) => definition.priority));
      const state = definitions.length > 0 ? "known" : (this.#lost ?? this.#otherwise) === null ? "undefined" : "unknown";
      this.#answer = { path: this.path, state, value, priority, winners: definitions, definitions };
    } else {
      const lost = definitions.length === 0 ? (this.#lost ?? this.#otherwise) : this.#lost;
      const { state, value, priority, winners } = merge(this.path, definitions, lost, this.#kind);
      this.#answer = { path: this.path, state, value, priority, winners, definitions };
    }
    return this.#answer;
  }

  /** The value that `config.<path>` has; unknown where nothing in the tree decides it. */
  value(): Value {
    if (this.#value !== null) return this.#value;
    if (this.isSet) {
      this.#value = this.#set();
      return this.#value;
    }
    const { state, value } = this.answer();
    this.#value = state === "known" && value !== null ? value : value?.t === "list" ? value : unknown(state === "undefined" ? "not set in the tree" : `its value is ${state}`);
    return this.#value;
  }

  #set(): AttrsValue {
    const map = new Map<string, Attr>();
    for (const name of this.names()) {
      const child = this.child(name);
      const key = child.keys()[0] ?? null;
      const present = new Thunk(() => (child.#isSurelyDefined() ? bool(true) : unknown("an option that may not be defined")), key);
      map.set(name, { thunk: new Thunk(() => child.value(), key), key, conditions: [], present });
    }
    // What an option comes to that nothing here sets, NixOS decides; but it is one value wherever it is read.
    const why = this.open ?? unknown("not set in the tree");
    return attrs(map, null, unknownNamed(["config", ...this.path].join("\0"), why.reason, why.at));
  }

  #isSurelyDefined(): boolean {
    return active(this.definitions).some(({ undecided }) => undecided.length === 0);
  }

  /** Where the path is written, one place a definition. */
  keys(): At[] {
    return this.#sources.flatMap((source) => (source.key === null ? [] : [source.key]));
  }
}

/** All conditions of what is inside a definition; without a new list where only one side has any. */
function joined(outer: readonly Thunk[], inner: readonly Thunk[], doubt: Thunk | null): readonly Thunk[] {
  if (doubt !== null) return [...outer, ...inner, doubt];
  return inner.length === 0 ? outer : outer.length === 0 ? inner : [...outer, ...inner];
}

function isVague(value: Value): boolean {
  return value.t === "unknown" || value.t === "ref" || value.t === "call";
}

/** Whether one of its conditions is certainly false. */
function isRuledOut(definition: Definition): boolean {
  return definition.conditions.some((condition) => {
    const value = condition.force();
    return value.t === "bool" && !value.v;
  });
}

/** Those that may win. */
function strongestOf(definitions: readonly ActiveDefinition[]): readonly ActiveDefinition[] {
  const strongest = Math.min(...definitions.filter(({ undecided }) => undecided.length === 0).map(({ priority }) => priority));
  return definitions.filter(({ priority }) => priority <= strongest);
}
