/** The functions with which modules speak to the module system (nixpkgs, `lib/modules.nix` and `lib/options.nix`). */
import { Thunk } from "../thunk.ts";
import type { At } from "../at.ts";
import { type Value, bool, ref, string, unknown } from "../values.ts";
import { type Definition, type Table, computed, dunno, int, lazy, setOf, strict, texts } from "./define.ts";

/** Priorities by function name (nixpkgs, `lib/modules.nix`); a plain definition has 100. */
export const PRIORITIES = {
  mkOptionDefault: 1500,
  mkDefault: 1000,
  mkImageMediaOverride: 60,
  mkForce: 50,
  mkVMOverride: 10,
} as const;

/** The priority of a definition without any wrapper. */
export const PLAIN_PRIORITY = 100;

function override(priority: number): Definition {
  return lazy(1, ([content], at) => ({ t: "wrap", kind: "override", priority, content: content as Thunk, at }));
}

function order(value: number): Definition {
  return lazy(1, ([content], at) => ({ t: "wrap", kind: "order", order: value, content: content as Thunk, at }));
}

/** A module that may define an option, as another one's new name: with what, depends on whether the other is set. */
function alias(to: Thunk | undefined, at: At | null): Value {
  const path = texts(to?.force());
  if (path === null) return dunno(at);
  const perhaps: Value = { t: "wrap", kind: "if", condition: Thunk.of(unknown("whether the former name is set", at)), content: Thunk.of(dunno(at)), at };
  const config = path.reduceRight<Thunk>((inner, name) => Thunk.of(setOf([[name, computed(inner)]], at)), Thunk.of(perhaps));
  return setOf([["config", computed(config)]], at);
}

/** The table of module functions. */
export function moduleFunctions(): Table {
  const priorities = Object.fromEntries(Object.entries(PRIORITIES).map(([name, priority]) => [name, override(priority)]));
  return {
    ...priorities,
    mkOverride: strict(2, ([priority], at, [, content]) => {
      const known = int(priority);
      return known === null ? dunno(at) : { t: "wrap", kind: "override", priority: known, content: content as Thunk, at };
    }),
    mkOrder: strict(2, ([position], at, [, content]) => {
      const known = int(position);
      return known === null ? dunno(at) : { t: "wrap", kind: "order", order: known, content: content as Thunk, at };
    }),
    mkBefore: order(500),
    mkAfter: order(1500),
    mkIf: lazy(2, ([condition, content], at) => ({ t: "wrap", kind: "if", condition: condition as Thunk, content: content as Thunk, at })),
    mkAssert: lazy(3, ([condition, , content], at) => ({ t: "wrap", kind: "if", condition: condition as Thunk, content: content as Thunk, at })),
    mkMerge: strict(1, ([contents], at) => (contents?.t === "list" ? { t: "wrap", kind: "merge", contents, at } : dunno(at))),
    mkOption: strict(1, ([value], at) => {
      if (value?.t !== "attrs") return dunno(at);
      return { t: "option", fallback: value.attrs.get("default")?.thunk ?? null, type: value.attrs.get("type")?.thunk ?? null, applies: value.attrs.has("apply"), at };
    }),
    mkEnableOption: lazy(1, (_, at) => ({ t: "option", fallback: Thunk.of(bool(false, at)), type: Thunk.of(ref(["lib", "types", "bool"], at)), applies: false, at })),
    mkPackageOption: strict(3, ([pkgs, name, more], at) => {
      if (more?.t !== "attrs" || more.open !== null || more.attrs.has("default") || more.attrs.has("nullable")) return { t: "option", fallback: Thunk.of(dunno(at)), type: null, applies: false, at };
      const known = name?.t === "string" && pkgs?.t === "ref" ? name.pieces[0] : undefined;
      const fallback: Value = known !== undefined && "text" in known && pkgs?.t === "ref" ? ref([...pkgs.path, known.text], at) : dunno(at);
      return { t: "option", fallback: Thunk.of(fallback), type: Thunk.of(ref(["lib", "types", "package"], at)), applies: false, at };
    }),
    // Only read by documentation.
    literalExpression: lazy(1, (_, at) => string("", at)),
    mdDoc: strict(1, ([value], at) => value ?? dunno(at)),
    mkRemovedOptionModule: lazy(2, (_, at) => ({ t: "attrs", attrs: new Map(), open: null, at })),
    mkRenamedOptionModule: lazy(2, ([, to], at) => alias(to, at)),
    mkAliasOptionModule: lazy(2, ([, to], at) => alias(to, at)),
    mkAliasDefinitions: strict(1, (_, at) => dunno(at)),
  };
}
