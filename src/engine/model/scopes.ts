/** Finds a name that only a `with` around can give. */
import type { At } from "./at.ts";
import { hasName } from "./builtins/lib-names.ts";
import { libNamed } from "./builtins/index.ts";
import type { Env } from "./env.ts";
import type { Evaluator } from "./evaluate.ts";
import { type RefValue, type Value, ref, unknown } from "./values.ts";

/** The innermost set that has the name gives it (Nix manual, "With-expressions"). */
export function fromScopes(evaluator: Evaluator, name: string, env: Env, place: At): Value {
  let outside: RefValue | null = null;
  for (const scope of env.scopes()) {
    const value = scope.force();
    if (value.t === "attrs") {
      const attr = value.attrs.get(name);
      if (attr === undefined && value.open === null) continue;
      // A package set further in may have the name too.
      if (outside !== null) return unknown("a name that several sets may give", place);
      if (attr === undefined) return unknown(value.open?.reason ?? "", place);
      return attr.conditions.length === 0 ? attr.thunk.force() : unknown("a name that is there only under a condition", place);
    }
    if (value.t !== "ref") return unknown("a name from something unknown", place);
    const path = [...value.path, name];
    const isThere = hasName(value.path, name);
    if (isThere === false) continue;
    const known = libNamed(evaluator.builtins, path);
    // `pkgs` has no end of names, `lib` has those that are known: `with lib; with pkgs;` takes `mkIf` from lib.
    if (isThere === true || known !== null) return known ?? ref(path, place);
    if (outside !== null) return unknown("a name that several sets may give", place, [outside, ref(path, place)]);
    outside = ref(path, place);
  }
  return outside ?? unknown(`\`${name}\` is not defined`, place);
}
