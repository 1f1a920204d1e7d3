/** What the type of an option that the tree declares says about merging its definitions (nixpkgs, `lib/types.nix`). */
import { elements } from "./builtins/define.ts";
import { limits } from "./limits.ts";
import type { Thunk } from "./thunk.ts";
import { type Value, textOf } from "./values.ts";

/** How definitions of one option become its value. */
export interface OptionKind {
  /** What strings are joined with; false where there can be only one; null where it is not known. */
  readonly joins: string | false | null;
  /** Whether the value is a set whose attributes are definitions of their own. */
  readonly holdsSet: boolean | null;
  /** Whether a value is just what is defined, with nothing changed or added by the type. */
  readonly isPlain: boolean;
  /** The type of the attributes, for sets that are alike in all of them. */
  readonly element: OptionKind | null;
}

/** Nothing is known of the type. */
export const ANY_KIND: OptionKind = { joins: null, holdsSet: null, isPlain: false, element: null };

/** Any value as it is; several are merged in ways that depend on what they are. */
const FREE: OptionKind = { joins: null, holdsSet: null, isPlain: true, element: null };
const SINGLE: OptionKind = { joins: false, holdsSet: false, isPlain: true, element: null };
const SEPARATORS: Readonly<Record<string, string>> = { lines: "\n", commas: ",", envVar: ":" };
const SINGLES = new Set("str singleLineStr nonEmptyStr passwdEntry bool int float number port path package shellPackage externalPath pathInStore".split(" "));
const MAX_DEPTH = 20;

/** The kind of a type such as `lib.types.listOf lib.types.str`. */
export function kindOf(type: Value | null, depth = 0): OptionKind {
  // An option without a type is `types.unspecified`.
  if (type === null) return FREE;
  if (!limits.isWithin(depth, MAX_DEPTH)) return ANY_KIND;
  const inner = (thunk: Thunk | undefined): OptionKind => (thunk === undefined ? ANY_KIND : kindOf(thunk.force(), depth + 1));
  if (type.t === "ref") {
    if (type.path[0] !== "lib" || type.path[1] !== "types") return ANY_KIND;
    const [, , name = "", ...rest] = type.path;
    if (name === "ints" || name === "numbers" || (rest.length === 0 && SINGLES.has(name))) return SINGLE;
    const separator = Object.hasOwn(SEPARATORS, name) ? SEPARATORS[name] : undefined;
    if (separator !== undefined) return { ...SINGLE, joins: separator };
    if (name === "attrs") return { joins: false, holdsSet: true, isPlain: true, element: null };
    return name === "anything" || name === "unspecified" ? FREE : ANY_KIND;
  }
  if (type.t !== "call" || type.fn.t !== "ref" || type.select.length > 0 || type.fn.path[0] !== "lib" || type.fn.path[1] !== "types") return ANY_KIND;
  const name = type.fn.path.slice(2).join(".");
  const [first, second] = type.args;
  switch (name) {
    case "enum":
    case "strMatching":
    case "ints.between":
    case "numbers.between":
      return SINGLE;
    case "separatedString": {
      const separator = first === undefined ? null : textOf(first.force());
      return separator === null ? ANY_KIND : { ...SINGLE, joins: separator };
    }
    case "nullOr":
    case "addCheck":
      return inner(first);
    case "uniq":
    case "unique":
      // Not even two equal definitions.
      return { ...inner(name === "unique" ? second : first), joins: null };
    case "listOf":
    case "nonEmptyListOf":
      return { ...SINGLE, isPlain: inner(first).isPlain };
    case "attrsOf":
    case "lazyAttrsOf":
      return { joins: false, holdsSet: true, isPlain: true, element: inner(first) };
    case "either":
      return eitherOf([inner(first), inner(second)]);
    case "oneOf": {
      const all = elements(first?.force());
      return all === null ? ANY_KIND : eitherOf(all.map((thunk) => inner(thunk)));
    }
    case "submodule":
      return { ...ANY_KIND, holdsSet: true };
    default:
      return ANY_KIND;
  }
}

function eitherOf(kinds: readonly OptionKind[]): OptionKind {
  return {
    joins: kinds.every(({ joins }) => joins === false) ? false : null,
    holdsSet: kinds.every(({ holdsSet }) => holdsSet === false) ? false : null,
    isPlain: kinds.every(({ isPlain }) => isPlain),
    element: null,
  };
}
