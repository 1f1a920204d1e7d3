/** The options that a tree declares itself: their paths, types and defaults. */
import type { Source } from "./definitions.ts";
import { limits } from "./limits.ts";
import type { Module } from "./modules.ts";
import { type OptionKind, ANY_KIND, kindOf } from "./option-types.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type OptionValue, type Value, attrs } from "./values.ts";

const MAX_DEPTH = 20;

/** What is declared at one path: an option, or options below it. */
export class Declared {
  readonly children = new Map<string, Declared>();
  option: OptionValue | null = null;
  #kind: OptionKind | null = null;

  /** How the definitions of the option merge; null above options. */
  get kind(): OptionKind | null {
    if (this.option === null) return null;
    this.#kind ??= this.option.applies ? ANY_KIND : kindOf(this.option.type?.force() ?? null);
    return this.#kind;
  }
}

/** The declarations of several modules. */
export interface Declarations {
  readonly root: Declared;
  readonly paths: readonly (readonly string[])[];
  /** Some declarations could not be read. */
  readonly open: boolean;
  /** The defaults as definitions. */
  readonly defaults: readonly Source[];
}

/** Reads the `options` of all modules. */
export function declarationsOf(modules: readonly Module[]): Declarations {
  const root = new Declared();
  const paths: (readonly string[])[] = [];
  const defaults: Source[] = [];
  let open = false;

  const visit = (value: Value, declared: Declared, path: readonly string[]): Thunk | null => {
    if (value.t === "option") {
      paths.push(path);
      declared.option ??= value;
      return value.fallback;
    }
    if (value.t !== "attrs" || !limits.isWithin(path.length, MAX_DEPTH) || !limits.spend(value.attrs.size)) {
      open = true;
      return null;
    }
    if (value.open !== null) open = true;
    const inner = new Map<string, Attr>();
    for (const [name, attr] of value.attrs) {
      let child = declared.children.get(name);
      if (child === undefined) declared.children.set(name, (child = new Declared()));
      const fallback = visit(attr.thunk.force(), child, [...path, name]);
      if (fallback !== null) inner.set(name, { thunk: fallback, key: attr.key, conditions: [] });
    }
    return inner.size === 0 ? null : Thunk.of(attrs(inner, value.at));
  };

  for (const module of modules) {
    const options = module.value.attrs.get("options");
    const thunk = options === undefined ? null : visit(options.thunk.force(), root, []);
    if (thunk === null) continue;
    // An option's default is its first definition, before those of any module (nixpkgs, `lib/modules.nix`, `evalOptionValue`).
    defaults.push({ thunk, key: null, file: module.file, module: Infinity, priority: 1500, order: null, stage: "priority", conditions: [], isDefault: true });
  }
  return { root, paths, open, defaults };
}
