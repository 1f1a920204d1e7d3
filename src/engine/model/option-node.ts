/** The tree of option paths of one configuration, opened only where somebody looks. */
import type { At } from "./at.ts";
import { type ActiveDefinition, type Definition, type Source, active, effectiveSets, unwrap } from "./definitions.ts";
import { type Merged, merge } from "./merge.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type AttrsValue, type UnknownValue, type Value, attrs, unknown } from "./values.ts";

/** The answer for one option path. */
export interface Answer extends Merged {
  readonly path: readonly string[];
  /** All definitions that may take part, in module order. */
  readonly definitions: readonly ActiveDefinition[];
}

/** One path of the tree with all its definitions. */
export class OptionNode {
  readonly path: readonly string[];
  readonly #sources: readonly Source[];
  /** Something unknown that may define this path too. */
  readonly #lost: UnknownValue | null;
  #definitions: readonly Definition[] | null = null;
  #answer: Answer | null = null;
  #value: Value | null = null;
  readonly #children = new Map<string, OptionNode>();

  constructor(path: readonly string[], sources: readonly Source[], lost: UnknownValue | null) {
    this.path = path;
    this.#sources = sources;
    this.#lost = lost;
  }

  /** The definitions with their wrappers taken off, whatever their conditions. */
  get definitions(): readonly Definition[] {
    this.#definitions ??= this.#sources.flatMap((source) => unwrap(source));
    return this.#definitions;
  }

  /** Whether the path holds a set of further paths rather than a value. */
  get isSet(): boolean {
    return this.definitions.length > 0 && this.definitions.some(({ value }) => value.t === "attrs") && this.definitions.every(({ value }) => value.t === "attrs" || isVague(value));
  }

  /** Whether anything says something here, be it under a condition. */
  get isDefined(): boolean {
    return this.#sources.length > 0;
  }

  child(name: string): OptionNode {
    const cached = this.#children.get(name);
    if (cached !== undefined) return cached;
    const { kept, doubt } = effectiveSets(this.path, this.definitions);
    const sources: Source[] = [];
    let lost = doubt ? unknown("sets of different priority") : this.#lost;
    for (const definition of kept) {
      const { value } = definition;
      if (value.t === "attrs") {
        const attr = value.attrs.get(name);
        if (attr !== undefined) {
          sources.push({
            thunk: attr.thunk,
            key: attr.key,
            file: attr.key?.file ?? definition.file,
            priority: definition.priority === 100 ? null : definition.priority,
            order: null,
            conditions: [...definition.conditions, ...attr.conditions],
            isDefault: definition.isDefault,
          });
        } else if (value.open !== null) lost ??= value.open;
      } else if (isVague(value)) lost ??= value.t === "unknown" ? value : unknown("a set from outside the tree", value.at);
    }
    const child = new OptionNode([...this.path, name], sources, lost);
    this.#children.set(name, child);
    return child;
  }

  /** The names defined below this path, in the order in which they first stand. */
  names(): string[] {
    const names = new Set<string>();
    for (const { value } of effectiveSets(this.path, this.definitions).kept) {
      if (value.t === "attrs") for (const name of value.attrs.keys()) names.add(name);
    }
    return [...names];
  }

  /** Why there may be names that `names` does not give; null where there are none. */
  get open(): UnknownValue | null {
    if (this.#lost !== null) return this.#lost;
    for (const { value } of this.definitions) {
      if (value.t === "attrs" ? value.open !== null : isVague(value)) return value.t === "attrs" ? value.open : unknown("a set from outside the tree", value.at);
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
      const state = definitions.length === 0 ? (this.#lost === null ? "undefined" : "unknown") : "known";
      this.#answer = { path: this.path, state, value, priority, winners: definitions, definitions };
    } else {
      this.#answer = { path: this.path, ...merge(this.path, definitions, this.#lost), definitions };
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
      map.set(name, { thunk: new Thunk(() => child.value(), key), key, conditions: [] });
    }
    return attrs(map, null, this.open ?? unknown("not set in the tree"));
  }

  /** Where the path is written, one place a definition. */
  keys(): At[] {
    return this.#sources.flatMap((source) => (source.key === null ? [] : [source.key]));
  }
}

function isVague(value: Value): boolean {
  return value.t === "unknown" || value.t === "ref" || value.t === "call";
}
