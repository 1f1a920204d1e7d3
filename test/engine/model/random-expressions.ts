/** Makes random Nix expressions that Nix accepts: each is made for a type and for the names that are in scope. */
import type { Tape } from "../../support/tape.ts";

export type Type =
  | { readonly is: "int" | "bool" | "string" }
  | { readonly is: "list"; readonly of: Type }
  | { readonly is: "set"; readonly fields: readonly (readonly [string, Type])[] };

const INT: Type = { is: "int" };
const BOOL: Type = { is: "bool" };
const STRING: Type = { is: "string" };
const INTS: Type = { is: "list", of: INT };
const STRINGS: Type = { is: "list", of: STRING };

/** Names in scope, innermost last. */
type Scope = readonly (readonly [string, Type])[];

const NAMES = ["a", "b", "c", "x'", "y-z", "long_name"];
const FIELDS = ["a", "b", "c", "d-e", "f", "with space", "or1"];
const TEXTS = ["", "a", "abc", "x y", "é", "tab\\tnew\\nline", "\\${no}", "quote\\\"s", "$", "$$", "''", "1.2.3", "/a/b"];
const INDENTED = ["a", "  a\n    b\n  c\n", "\n      x ''${no}\n      y '''\n    ", "a$b\n", "\n\n  deep\n      er\n"];

/** A random type. */
export function randomType(tape: Tape, depth = 2): Type {
  switch (tape.below(depth > 0 ? 6 : 3)) {
    case 1:
      return BOOL;
    case 2:
      return STRING;
    case 3:
      return { is: "list", of: randomType(tape, depth - 1) };
    case 4:
    case 5: {
      const names = FIELDS.filter(() => tape.once(3));
      return { is: "set", fields: names.map((name) => [name, randomType(tape, depth - 1)] as const) };
    }
    default:
      return INT;
  }
}

/** An expression of a type. */
export function randomExpression(tape: Tape, type: Type, scope: Scope = [], depth = 5): string {
  const again = (inner: Type, names: Scope = scope): string => randomExpression(tape, inner, names, depth - 1);
  if (depth <= 0 || tape.isSpent) return simplest(tape, type, scope);
  switch (tape.below(14)) {
    case 0:
    case 1:
      return simplest(tape, type, scope);
    case 2:
      return `(if ${again(BOOL)} then ${again(type)} else ${again(type)})`;
    case 3: {
      const name = tape.pick(NAMES);
      const inner = randomType(tape, 1);
      const [other, otherType] = [tape.pick(NAMES), randomType(tape, 1)] as const;
      if (other === name) return `(let ${name} = ${again(inner)}; in ${again(type, [...without(scope, [name]), [name, inner]])})`;
      // A binding of a `let` sees all others: only the second one uses the first.
      const first = randomExpression(tape, inner, without(scope, [name, other]), depth - 1);
      const names: Scope = [...without(scope, [name, other]), [name, inner]];
      return `(let ${other} = ${again(otherType, names)}; ${name} = ${first}; in ${again(type, [...names, [other, otherType]])})`;
    }
    case 4: {
      const name = tape.pick(NAMES);
      const inner = randomType(tape, 1);
      return `((${name}: ${again(type, [...without(scope, [name]), [name, inner]])}) ${argument(again(inner))})`;
    }
    case 5: {
      const [first, second] = [tape.pick(NAMES.slice(0, 3)), tape.pick(NAMES.slice(3))];
      const [given, fallback] = [randomType(tape, 1), randomType(tape, 1)];
      const names: Scope = [...without(scope, [first, second, "all"]), [first, given], [second, fallback]];
      const isGiven = tape.once(2);
      const fallbackText = randomExpression(tape, fallback, without(scope, [first, second, "all"]), depth - 2);
      const set = `{ ${first} = ${again(given)};${isGiven ? ` ${second} = ${again(fallback)};` : ""}${tape.once(2) ? " more = 1;" : ""} }`;
      return `(({ ${first}, ${second} ? ${fallbackText}, ... }${tape.once(3) ? "@all" : ""}: ${again(type, names)}) ${set})`;
    }
    case 6: {
      const name = tape.pick(NAMES);
      const inner = randomType(tape, 1);
      // A name that is bound already wins over `with`.
      const names: Scope = scope.some(([other]) => other === name) ? scope : [...scope, [name, inner]];
      return `(with { ${quoted(name)} = ${again(inner)}; }; ${again(type, names)})`;
    }
    case 7: {
      const name = tape.pick(FIELDS);
      const inner: Type = { is: "set", fields: [[name, type]] };
      switch (tape.below(4)) {
        case 1:
          return `(${again(inner)}.${quoted(name)} or ${argument(again(type))})`;
        case 2:
          return `({ }.${quoted(name)} or ${argument(again(type))})`;
        case 3:
          return `(builtins.getAttr ${string(name)} ${again(inner)})`;
        default:
          return `(${again(inner)}).${quoted(name)}`;
      }
    }
    case 8: {
      const list = `[ ${argument(again(type))} ${argument(again(type))} ]`;
      return tape.once(2) ? `(builtins.head ${list})` : `(builtins.elemAt ${list} ${tape.below(2)})`;
    }
    case 9:
      return `(assert ${tape.once(2) ? "true" : "1 == 1"}; ${again(type)})`;
    case 10: {
      const inner = randomType(tape, 1);
      return `(rec { r1 = ${again(inner, without(scope, ["r1", "r2"]))}; r2 = ${again(type, [...without(scope, ["r1", "r2"]), ["r1", inner]])}; }).r2`;
    }
    default:
      return operation(tape, type, scope, depth);
  }
}

function without(scope: Scope, names: readonly string[]): Scope {
  return scope.filter(([name]) => !names.includes(name));
}

/** In the place of an argument or a list element, all but plain things need parentheses. */
function argument(text: string): string {
  return /^[\w'-]+$|^\(.*\)$|^"[^"$\\]*"$/s.test(text) && !/^-|^\(.*\)\..*$/s.test(text) && isOne(text) ? text : `(${text})`;
}

/** Whether a text that starts with a parenthesis ends with the one that closes it. */
function isOne(text: string): boolean {
  if (!text.startsWith("(")) return true;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i === text.length - 1;
  }
  return false;
}

function quoted(name: string): string {
  return /^[A-Za-z_][\w'-]*$/.test(name) && name !== "or" ? name : string(name);
}

function string(text: string): string {
  return `"${text}"`;
}

function simplest(tape: Tape, type: Type, scope: Scope): string {
  const fitting = scope.filter(([, inner]) => JSON.stringify(inner) === JSON.stringify(type));
  if (fitting.length > 0 && tape.below(4) > 0) return tape.pick(fitting)[0];
  switch (type.is) {
    case "int":
      return String(tape.below(12));
    case "bool":
      return tape.pick(["true", "false"]);
    case "string":
      return tape.once(4) ? `''${tape.pick(INDENTED)}''` : `"${tape.pick(TEXTS)}"`;
    case "list":
      return `[ ${tape.many(0, 3, () => argument(simplest(tape, type.of, scope))).join(" ")} ]`;
    case "set":
      return set(tape, type.fields.map(([name, inner]) => [name, simplest(tape, inner, scope)] as const));
  }
}

/** A set in one of its spellings. */
function set(tape: Tape, fields: readonly (readonly [string, string])[]): string {
  const names = fields.map(([name, text]) => [tape.once(3) ? string(name) : quoted(name), text] as const);
  if (names.length > 1 && tape.once(4)) {
    const [first, ...rest] = names;
    return `({ ${bindings([first as readonly [string, string]])} } // { ${bindings(rest)} })`;
  }
  if (tape.once(6)) return `(builtins.listToAttrs [ ${fields.map(([name, text]) => `{ name = ${string(name)}; value = ${text}; }`).join(" ")} ])`;
  if (tape.once(6)) return `(builtins.removeAttrs { ${bindings(names)} gone = 1; } [ "gone" "never" ])`;
  if (tape.once(6)) return `(builtins.mapAttrs (name: value: value) { ${bindings(names)} })`;
  if (tape.once(8)) return `(let inner = { ${bindings(names)} }; in { inherit (inner) ${names.map(([name]) => name).join(" ")}; })`;
  return `{ ${bindings(names)} }`;
}

function bindings(fields: readonly (readonly [string, string])[]): string {
  return fields.map(([name, text]) => `${name} = ${text};`).join(" ");
}

/** What gives a value of one type in particular. */
function operation(tape: Tape, type: Type, scope: Scope, depth: number): string {
  const make = (inner: Type, names: Scope = scope): string => argument(randomExpression(tape, inner, names, depth - 1));
  switch (type.is) {
    case "int":
      return tape.pick([
        () => `(${make(INT)} + ${make(INT)})`,
        () => `(${make(INT)} - ${make(INT)})`,
        () => `(${make(INT)} * ${make(INT)})`,
        () => `(${make(INT)} / ${1 + tape.below(4)})`,
        () => `(-${make(INT)})`,
        () => `(builtins.length ${make(randomList(tape))})`,
        () => `(builtins.stringLength ${make(STRING)})`,
        () => `(builtins.foldl' (total: item: total + item) ${make(INT)} ${make(INTS)})`,
        () => `(builtins.length (builtins.attrNames ${make(randomSet(tape))}))`,
      ])();
    case "bool":
      return tape.pick([
        () => `(${make(BOOL)} && ${make(BOOL)})`,
        () => `(${make(BOOL)} || ${make(BOOL)})`,
        () => `(${make(BOOL)} -> ${make(BOOL)})`,
        () => `(!${make(BOOL)})`,
        () => {
          const inner = randomType(tape, 1);
          return `(${make(inner)} ${tape.pick(["==", "!="])} ${make(inner)})`;
        },
        () => `(${make(INT)} ${tape.pick(["<", ">", "<=", ">="])} ${make(INT)})`,
        () => `(${make(STRING)} ${tape.pick(["<", ">=" ])} ${make(STRING)})`,
        () => `(${make(randomSet(tape))} ? ${quoted(tape.pick(FIELDS))})`,
        () => `(builtins.elem ${make(INT)} ${make(INTS)})`,
        () => `(builtins.all (item: item > ${tape.below(4)}) ${make(INTS)})`,
        () => `(builtins.any (item: item == ${make(STRING)}) ${make(STRINGS)})`,
        () => `(builtins.hasAttr ${make(STRING)} ${make(randomSet(tape))})`,
        () => `(builtins.${tape.pick(["isInt", "isList", "isAttrs", "isString", "isBool"])} ${make(randomType(tape, 1))})`,
      ])();
    case "string":
      return tape.pick([
        () => `(${make(STRING)} + ${make(STRING)})`,
        () => `"\${${make(STRING)}}-${tape.pick(["x", "$ ", "\\n"])}\${${make(STRING)}}"`,
        () => `''\n  \${${make(STRING)}} end\n    \${${make(STRING)}}\n''`,
        () => `(toString ${make(tape.once(3) ? INTS : tape.once(2) ? BOOL : INT)})`,
        () => `(builtins.concatStringsSep ${make(STRING)} ${make(STRINGS)})`,
        () => `(builtins.replaceStrings [ "a" "x" ] [ "b" ${make(STRING)} ] ${make(STRING)})`,
        () => `(builtins.substring ${tape.below(3)} ${tape.below(4)} "${tape.pick(["abcdef", "x", ""])}")`,
        () => `(baseNameOf "${tape.pick(["/a/b", "c", "d/"])}")`,
        () => `(builtins.toJSON ${make(randomType(tape, 1))})`,
        () => `(builtins.typeOf ${make(randomType(tape, 1))})`,
      ])();
    case "list": {
      const same: Type = { is: "list", of: type.of };
      const choices = [
        () => `[ ${tape.many(0, 3, () => make(type.of)).join(" ")} ]`,
        () => `(${make(same)} ++ ${make(same)} ++ ${make(same)})`,
        () => {
          const from = randomType(tape, 1);
          return `(map (item: ${make(type.of, [...without(scope, ["item"]), ["item", from]])}) ${make({ is: "list", of: from })})`;
        },
        () => `(builtins.filter (item: ${make(BOOL, [...without(scope, ["item"]), ["item", type.of]])}) ${make(same)})`,
        () => `(builtins.concatMap (item: [ item ${make(type.of)} ]) ${make(same)})`,
        () => `(builtins.concatLists [ ${make(same)} ${make(same)} ])`,
        () => `(builtins.attrValues { one = ${make(type.of)}; another = ${make(type.of)}; })`,
        () => `(builtins.genList (index: ${make(type.of, [...without(scope, ["index"]), ["index", INT]])}) ${tape.below(4)})`,
      ];
      if (type.of.is === "int") choices.push(() => `(builtins.sort builtins.lessThan ${make(INTS)})`);
      if (type.of.is === "string") choices.push(() => `(builtins.attrNames ${make(randomSet(tape))})`);
      return tape.pick(choices)();
    }
    case "set": {
      const fields = type.fields.map(([name, inner]) => [name, randomExpression(tape, inner, scope, depth - 1)] as const);
      if (tape.once(3)) return `(${set(tape, fields)} // ${make({ is: "set", fields: type.fields.filter(() => tape.once(2)) })})`;
      return set(tape, fields);
    }
  }
}

function randomList(tape: Tape): Type {
  return { is: "list", of: randomType(tape, 0) };
}

function randomSet(tape: Tape): Type {
  return { is: "set", fields: FIELDS.filter(() => tape.once(3)).map((name) => [name, randomType(tape, 0)] as const) };
}
