/** Functions on strings, numbers and versions (Nix manual, "Built-ins"; nixpkgs, `lib/strings.nix`). */
import type { At } from "../at.ts";
import type { Evaluator } from "../evaluate.ts";
import { asString } from "../coercion.ts";
import { add as sum, arithmetic as compute, joinPieces } from "../operators.ts";
import { limits } from "../limits.ts";
import { Thunk } from "../thunk.ts";
import { type Piece, type StringValue, type Value, bool, number, string, textOf, unknown } from "../values.ts";
import { type Definition, type Table, call, dunno, elements, int, lazy, listOf, strict, text, texts } from "./define.ts";

/** A function from known texts to a value. */
function ofTexts(arity: number, run: (args: string[], at: At | null) => Value): Definition {
  return strict(arity, (args, at) => {
    const known = args.map((arg) => textOf(arg));
    return known.includes(null) ? dunno(at) : run(known as string[], at);
  });
}

/** Text before the first hole of a string, and whether that is all of it. */
function headOf(value: Value | undefined): { text: string; whole: boolean } | null {
  if (value?.t !== "string") return null;
  let head = "";
  for (const piece of value.pieces) {
    if (!("text" in piece)) return { text: head, whole: false };
    head += piece.text;
  }
  return { text: head, whole: true };
}

/** `n` of `version`'s parts as `builtins.splitVersion` sees them. */
function splitVersion(version: string): string[] {
  return version.match(/[0-9]+|[^0-9.-]+/g) ?? [];
}

/** Nix's order of versions (Nix manual, `builtins.compareVersions`). */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [splitVersion(a), splitVersion(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareParts(left[i] ?? "", right[i] ?? "");
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [asInt(a), asInt(b)];
  if (x !== null && y !== null) return Math.sign(x - y);
  if (a === "" && y !== null) return -1;
  if (b === "" && x !== null) return 1;
  if (a === "pre" && b !== "pre") return -1;
  if (b === "pre") return 1;
  if (y !== null) return -1;
  if (x !== null) return 1;
  return a < b ? -1 : 1;
}

/** What Nix reads as a number here: one of 32 bits (Nix, `names.cc`, `componentsLT`). */
function asInt(part: string): number | null {
  const value = /^[0-9]+$/.test(part) ? Number(part) : Infinity;
  return value < 2 ** 31 ? value : null;
}

function escapeShell(word: string): string {
  return /^[A-Za-z0-9,._+:@%/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Nix's strings are bytes. */
function utf8Length(value: string): number {
  let length = 0;
  for (const char of value) {
    const point = char.codePointAt(0) as number;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}

/** Applies a change to the text of a string, losing its way back to the source; null where Nix would refuse it. */
function changed(change: (text: string) => string | null): Definition {
  return ofTexts(1, ([value], at) => {
    const out = change(value as string);
    return out === null ? dunno(at) : string(out, at);
  });
}

/** Where one character is one byte, as Nix counts. */
function isAscii(value: string): boolean {
  return /^[\x00-\x7f]*$/.test(value);
}

function upper(value: string): string {
  return value.replace(/[a-z]/g, (char) => char.toUpperCase());
}

function lower(value: string): string {
  return value.replace(/[A-Z]/g, (char) => char.toLowerCase());
}

/** Where a text ends without the blanks behind it. */
function trimmedEnd(value: string): number {
  let end = value.length;
  while (end > 0 && " \t\r\n".includes(value[end - 1] as string)) end--;
  return end;
}

function versionPart(index: number): Definition {
  return changed((value) => splitVersion(value)[index] ?? null);
}

function strings(all: readonly string[], at: At | null): Value {
  return listOf(
    all.map((item) => Thunk.of(string(item, at))),
    at,
  );
}

/** A slice of a string that keeps the way of its characters back to the source. */
function slice(value: StringValue, from: number, to: number, at: At | null): StringValue {
  const pieces: Piece[] = [];
  let offset = 0;
  for (const piece of value.pieces) {
    if (!("text" in piece)) continue;
    const [start, end] = [Math.max(from - offset, 0), Math.min(to - offset, piece.text.length)];
    if (start < end) {
      const cut = piece.text.slice(start, end);
      pieces.push(start === 0 && end === piece.text.length ? piece : { text: cut, at: piece.at, map: piece.map === null ? null : piece.map.flatMap((entry, index) => (index % 2 === 0 ? [entry - start, piece.map?.[index + 1] as number] : [])) });
    }
    offset += piece.text.length;
  }
  return { t: "string", pieces, at };
}

/** The table of string functions. */
export function stringFunctions(evaluator: Evaluator): Table {
  const escape = strict(2, ([chars, value], at) => {
    const [all, known] = [texts(chars), text(value)];
    return all === null || known === null ? dunno(at) : string([...known].map((char) => (all.includes(char) ? `\\${char}` : char)).join(""), at);
  });

  const replaceStrings = strict(3, ([from, to, value], at) => {
    const [olds, news, known] = [texts(from), texts(to), text(value)];
    if (olds === null || news === null || known === null || olds.includes("") || olds.length !== news.length) return dunno(at);
    if (!limits.spend((known.length * olds.length) >> 4)) return dunno(at);
    let out = "";
    for (let i = 0; i < known.length; ) {
      const index = olds.findIndex((old) => known.startsWith(old, i));
      out += index < 0 ? known[i] : (news[index] ?? "");
      i += index < 0 ? 1 : (olds[index] as string).length;
      if (limits.isTooLong(out.length)) return dunno(at);
    }
    return string(out, at);
  });

  const affix = (find: (text: string, part: string) => boolean, cut: (text: string, part: string) => [number, number]): Definition =>
    strict(2, ([part, value], at) => {
      const [known, affixText] = [text(value), text(part)];
      if (known === null || affixText === null || value?.t !== "string") return dunno(at);
      return find(known, affixText) ? slice(value, ...cut(known, affixText), at) : value;
    });

  const arithmetic = (operator: "-" | "*" | "/"): Definition => strict(2, ([a, b], at) => compute(operator, a ?? dunno(at), b ?? dunno(at), at));
  const bits = (combine: (a: number, b: number) => number): Definition =>
    strict(2, ([a, b], at) => {
      const [x, y] = [int(a), int(b)];
      return x === null || y === null || Math.abs(x) >= 2 ** 31 || Math.abs(y) >= 2 ** 31 ? dunno(at) : number(combine(x, y), at);
    });
  const extreme = (pick: (a: number, b: number) => number): Definition =>
    strict(2, ([a, b], at) => {
      const [x, y] = [int(a), int(b)];
      return x === null || y === null ? dunno(at) : number(pick(x, y), at);
    });
  const rounded = (round: (v: number) => number): Definition =>
    strict(1, ([value], at) => (value?.t === "int" || value?.t === "float" ? number(round(value.v), at) : dunno(at)));

  const optionalString = lazy(2, ([condition, value], at) => {
    const decided = condition?.force();
    if (decided?.t === "bool") return decided.v ? (value?.force() ?? dunno(at)) : string("", at);
    return unknown("a string under a condition", at, value === undefined ? [] : [value.force(), string("", at)]);
  });

  const path = (suffix: (value: Value, at: At | null) => Piece[] | null): Definition =>
    strict(1, ([value], at) => {
      const pieces = value === undefined ? null : suffix(value, at);
      return pieces === null ? dunno(at) : { t: "string", pieces, at };
    });
  const inside = (value: Value, tail: string, at: At | null): Piece[] | null =>
    value.t === "ref" || value.t === "call" ? [{ hole: value, at }, { text: tail, at: null, map: null }] : value.t === "string" ? [...value.pieces, { text: tail, at: null, map: null }] : null;
  const searchPath = (folder: string, value: Value | undefined, at: At | null): Value => {
    const all = elements(value);
    if (all === null) return dunno(at);
    const runs: Piece[][] = [];
    for (const thunk of all) {
      const item = thunk.force();
      // Nix leaves out what is null.
      if (item.t === "null") continue;
      const own = inside(item, `/${folder}`, thunk.at);
      if (own === null) return dunno(at);
      runs.push(runs.length > 0 ? [{ text: ":", at: null, map: null }, ...own] : own);
    }
    return joinPieces(runs, at);
  };

  return {
    toString: strict(1, ([value], at) => (value === undefined ? dunno(at) : asString(evaluator, value, at))),
    substring: strict(3, ([start, length, value], at) => {
      const [from, count, known] = [int(start), int(length), text(value)];
      if (from === null || count === null || known === null || value?.t !== "string" || from < 0 || from >= 2 ** 31 || Math.abs(count) >= 2 ** 31) return dunno(at);
      // Nix counts bytes; only where all are one unit long do the two agree.
      if (!isAscii(known)) return dunno(at);
      return slice(value, from, count < 0 ? known.length : from + count, at);
    }),
    stringLength: ofTexts(1, ([value], at) => number(utf8Length(value as string), at)),
    replaceStrings,
    splitString: ofTexts(2, ([separator, value], at) => (separator === "" ? dunno(at) : strings((value as string).split(separator as string), at))),
    stringToCharacters: ofTexts(1, ([value], at) => (isAscii(value as string) ? strings([...(value as string)], at) : dunno(at))),
    hasPrefix: strict(2, ([prefix, value], at) => {
      const [wanted, head] = [text(prefix), headOf(value)];
      if (wanted === null || head === null) return dunno(at);
      if (head.text.length >= wanted.length || head.whole) return bool(head.text.startsWith(wanted), at);
      return wanted.startsWith(head.text) ? dunno(at) : bool(false, at);
    }),
    hasSuffix: ofTexts(2, ([suffix, value], at) => bool((value as string).endsWith(suffix as string), at)),
    hasInfix: ofTexts(2, ([infix, value], at) => bool((value as string).includes(infix as string), at)),
    removePrefix: affix(
      (value, part) => value.startsWith(part),
      (value, part) => [part.length, value.length],
    ),
    removeSuffix: affix(
      (value, part) => value.endsWith(part),
      (value, part) => [0, value.length - part.length],
    ),
    toUpper: changed(upper),
    toLower: changed(lower),
    trimWith: strict(2, ([sides, value], at) => {
      const known = text(value);
      const side = (name: string): boolean | null => {
        const wanted = sides?.t === "attrs" ? (evaluator.select(sides, name, at) ?? bool(false)) : dunno(at);
        return wanted.t === "bool" ? wanted.v : null;
      };
      const [start, end] = [side("start"), side("end")];
      if (known === null || value?.t !== "string" || start === null || end === null) return dunno(at);
      const from = start ? known.length - known.replace(/^[ \t\r\n]+/, "").length : 0;
      const to = end ? trimmedEnd(known) : known.length;
      return slice(value, from, Math.max(from, to), at);
    }),
    toSentenceCase: changed((value) => (isAscii(value) ? upper(value.slice(0, 1)) + lower(value.slice(1)) : null)),
    trim: strict(1, ([value], at) => {
      const known = text(value);
      if (known === null || value?.t !== "string") return dunno(at);
      const from = known.length - known.replace(/^[ \t\r\n]+/, "").length;
      return slice(value, from, Math.max(from, trimmedEnd(known)), at);
    }),
    escape,
    escapeShellArg: changed(escapeShell),
    escapeShellArgs: strict(1, ([value], at) => {
      const all = texts(value);
      return all === null ? dunno(at) : string(all.map(escapeShell).join(" "), at);
    }),
    escapeNixString: ofTexts(1, ([value], at) => string(JSON.stringify(value).replaceAll("$", "\\$"), at)),
    optionalString,
    boolToString: strict(1, ([value], at) => (value?.t === "bool" ? string(String(value.v), at) : dunno(at))),
    boolToYesNo: strict(1, ([value], at) => (value?.t === "bool" ? string(value.v ? "yes" : "no", at) : dunno(at))),
    toInt: ofTexts(1, ([value], at) => (/^\s*-?[0-9]+\s*$/.test(value as string) && !/^\s*0[0-9]/.test(value as string) ? number(Number(value), at) : dunno(at))),
    toIntBase10: ofTexts(1, ([value], at) => (/^\s*[0-9]+\s*$/.test(value as string) ? number(Number(value), at) : dunno(at))),
    fixedWidthString: strict(3, ([width, filler, value], at) => {
      const [size, fill, known] = [int(width), text(filler), text(value)];
      return size === null || fill === null || known === null || fill.length !== 1 || known.length > size || !isAscii(known + fill) || limits.isTooLong(size) ? dunno(at) : string(known.padStart(size, fill), at);
    }),
    fixedWidthNumber: strict(2, ([width, value], at) => {
      const [size, known] = [int(width), value === undefined ? null : textOf(asString(evaluator, value, at))];
      return size === null || known === null || known.length > size || limits.isTooLong(size) ? dunno(at) : string(known.padStart(size, "0"), at);
    }),
    stringAsChars: strict(2, ([fn, value], at) => {
      const known = text(value);
      if (fn === undefined || known === null || !isAscii(known)) return dunno(at);
      const mapped = [...known].map((char) => textOf(call(evaluator, fn, [Thunk.of(string(char, at))], at)));
      return mapped.includes(null) ? dunno(at) : string(mapped.join(""), at);
    }),
    compareVersions: ofTexts(2, ([a, b], at) => number(compareVersions(a as string, b as string), at)),
    versionOlder: ofTexts(2, ([a, b], at) => bool(compareVersions(b as string, a as string) === 1, at)),
    versionAtLeast: ofTexts(2, ([a, b], at) => bool(compareVersions(b as string, a as string) !== 1, at)),
    splitVersion: ofTexts(1, ([value], at) => strings(splitVersion(value as string), at)),
    "versions.major": versionPart(0),
    "versions.minor": versionPart(1),
    "versions.patch": versionPart(2),
    "versions.majorMinor": changed((value) => splitVersion(value).slice(0, 2).join(".")),
    baseNameOf: strict(1, ([value], at) => {
      const known = value?.t === "path" ? value.path : text(value);
      // The root folder's own name is not known.
      if (known === null || (value?.t === "path" && (known === "" || known.endsWith("..")))) return dunno(at);
      return string(known.replace(/\/$/, "").split("/").pop() ?? "", at);
    }),
    dirOf: strict(1, ([value], at) => {
      if (value?.t === "path") {
        const { base, path } = value;
        if (base === "root" && (path === "" || path.endsWith(".."))) return dunno(at);
        const parent = path.split("/").slice(0, -1).join("/");
        return { ...value, path: base === "absolute" && parent === "" ? "/" : parent, at };
      }
      const known = text(value);
      return known === null ? dunno(at) : string(known.includes("/") ? known.slice(0, known.lastIndexOf("/")) || "/" : ".", at);
    }),
    replaceString: strict(3, ([from, to, value], at) => replaceStrings.run([from, to].map((one) => Thunk.of(listOf([Thunk.of(one ?? dunno(at))], at))).concat(Thunk.of(value ?? dunno(at))), at)),
    escapeXML: changed((value) => value.replace(/["'<>&]/g, (char) => ({ '"': "&quot;", "'": "&apos;", "<": "&lt;", ">": "&gt;", "&": "&amp;" })[char] as string)),
    "strings.replicate": strict(2, ([count, value], at) => {
      const [times, known] = [int(count), text(value)];
      return times === null || known === null || times < 0 || limits.isTooLong(times * known.length) ? dunno(at) : string(known.repeat(times), at);
    }),
    add: strict(2, ([a, b], at) => ((a?.t === "int" || a?.t === "float") && (b?.t === "int" || b?.t === "float") ? sum(a, b, at) : dunno(at))),
    sub: arithmetic("-"),
    mul: arithmetic("*"),
    div: arithmetic("/"),
    mod: strict(2, ([a, b], at) => {
      const [x, y] = [int(a), int(b)];
      return x === null || y === null || y === 0 ? dunno(at) : number(x % y, at);
    }),
    bitAnd: bits((a, b) => a & b),
    bitOr: bits((a, b) => a | b),
    bitXor: bits((a, b) => a ^ b),
    min: extreme(Math.min),
    max: extreme(Math.max),
    ceil: rounded(Math.ceil),
    floor: rounded(Math.floor),
    toHexString: strict(1, ([value], at) => ((int(value) ?? -1) < 0 ? dunno(at) : string((int(value) as number).toString(16).toUpperCase(), at))),
    getExe: path((value, at) => {
      // The program's name is the package's own affair (`meta.mainProgram`), often its attribute's name: not known.
      return value.t === "ref" || value.t === "call" ? [{ hole: { t: "call", fn: { t: "ref", path: ["lib", "getExe"], at }, args: [Thunk.of(value)], select: [], at }, at }] : null;
    }),
    "getExe'": strict(2, ([value, name], at) => {
      const known = text(name);
      const pieces = value === undefined || known === null ? null : inside(value, `/bin/${known}`, at);
      return pieces === null ? dunno(at) : { t: "string", pieces, at };
    }),
    makeBinPath: strict(1, ([value], at) => searchPath("bin", value, at)),
    makeLibraryPath: strict(1, ([value], at) => searchPath("lib", value, at)),
    makeSearchPath: strict(2, ([folder, value], at) => (text(folder) === null ? dunno(at) : searchPath(text(folder) as string, value, at))),
    getBin: strict(1, ([value], at) => value ?? dunno(at)),
    getLib: strict(1, ([value], at) => value ?? dunno(at)),
    cleanSource: strict(1, ([value], at) => value ?? dunno(at)),
  };
}
