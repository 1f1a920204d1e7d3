/** Writes one and the same configuration in different ways, none of which the module system can tell from another. */
import type { Tape } from "../../support/tape.ts";

/** Definitions by path; values are Nix text that needs only `lib`. */
export type Definitions = readonly (readonly [path: readonly string[], value: string])[];

/** The plainest spelling: one flat definition a path. */
export function plainly(definitions: Definitions): Record<string, string> {
  return { "main.nix": `{ lib, ... }:\n{\n${definitions.map(([path, value]) => `  ${path.map(quoted).join(".")} = ${value};\n`).join("")}}\n` };
}

/** Any spelling, in one or several files; `main.nix` is the entry. */
export function somehow(tape: Tape, definitions: Definitions): Record<string, string> {
  const files: Record<string, string> = {};
  files["main.nix"] = module(tape, definitions, files, 0);
  return files;
}

function module(tape: Tape, definitions: Definitions, files: Record<string, string>, depth: number): string {
  const imports: string[] = [];
  let own = definitions;
  if (depth < 2 && own.length > 1 && tape.once(3)) {
    const [here, there] = parted(tape, own);
    own = here;
    const name = `part${Object.keys(files).length}`;
    switch (tape.below(3)) {
      case 1:
        // The name is taken before what the part itself imports.
        files[`${name}/default.nix`] = "";
        files[`${name}/default.nix`] = module(tape, there, files, 9);
        imports.push(`./${name}`);
        break;
      case 2:
        imports.push(`(${module(tape, there, files, 9)})`);
        break;
      default:
        files[`${name}.nix`] = "";
        files[`${name}.nix`] = module(tape, there, files, depth + 1);
        imports.push(`./${name}.nix`);
    }
  }
  const imported = imports.length > 0 ? `imports = [ ${imports.join(" ")} ];` : "";
  const pieces: string[] = [];
  const content = set(tape, own, pieces, 0);
  const lets = pieces.length > 0 ? `let ${pieces.join(" ")} in ` : "";
  const opened = tape.once(3) ? "with lib; " : "";
  const isPlain = content.startsWith("{") && tape.below(2) === 0;
  const body = isPlain ? `${content.slice(0, -1)} ${imported} }` : tape.once(4) && imported === "" ? content : `{ ${imported} config = ${content}; }`;
  return `{ lib, ... }: ${opened}${lets}${isPlain || body.startsWith("{ ") || body === content ? body : content}`;
}

/** Two parts that share no beginning, so that `//` loses nothing. */
function parted(tape: Tape, definitions: Definitions): [Definitions, Definitions] {
  const heads = [...new Set(definitions.map(([path]) => path[0] as string))];
  const here = new Set(heads.filter(() => tape.once(2)));
  const first = definitions.filter(([path]) => here.has(path[0] as string));
  return [first, definitions.filter(([path]) => !here.has(path[0] as string))];
}

/** Two parts that may share beginnings. */
function dealt(tape: Tape, definitions: Definitions): [Definitions, Definitions] {
  const first = definitions.filter(() => tape.once(2));
  return [first, definitions.filter((one) => !first.includes(one))];
}

/** A set of definitions; bindings that it needs around it go to `lets`. */
function set(tape: Tape, definitions: Definitions, lets: string[], depth: number): string {
  if (depth < 3) {
    switch (tape.below(12)) {
      case 4: {
        const [first, second] = parted(tape, definitions);
        return `(${set(tape, first, lets, depth + 1)} // ${set(tape, second, lets, depth + 1)})`;
      }
      case 5: {
        const [first, second] = dealt(tape, definitions);
        return `(lib.recursiveUpdate ${plain(tape, first, lets)} ${plain(tape, second, lets)})`;
      }
      case 6: {
        if (depth > 0) break;
        const [first, second] = dealt(tape, definitions);
        return `(lib.mkMerge [ ${set(tape, first, lets, 0 + 2)} ${set(tape, second, lets, 0 + 2)} ])`;
      }
      case 7:
        if (depth > 0) break;
        return `(lib.mkIf ${tape.pick(["true", "(1 < 2)", "(!false)"])} ${set(tape, definitions, lets, 2)})`;
      case 8:
        return `(lib.optionalAttrs true ${set(tape, definitions, lets, depth + 1)})`;
      case 9: {
        const name = `set${lets.length}`;
        lets.push("");
        const index = lets.length - 1;
        lets[index] = `${name} = ${set(tape, definitions, lets, depth + 1)};`;
        return name;
      }
      case 10: {
        const inner: string[] = [];
        const text = set(tape, definitions, inner, depth + 1);
        return inner.length > 0 ? `(let ${inner.join(" ")} in ${text})` : text;
      }
      case 11:
        return `(if ${tape.pick(["true", "(builtins.elem 1 [ 1 2 ])"])} then ${set(tape, definitions, lets, depth + 1)} else { })`;
    }
  }
  return plain(tape, definitions, lets);
}

/** A literal set, its parts grouped by common beginnings in any way. */
function plain(tape: Tape, definitions: Definitions, lets: string[], isWhole = true): string {
  const groups = new Map<string, [readonly string[], string][]>();
  for (const [path, value] of definitions) groups.set(path[0] as string, [...(groups.get(path[0] as string) ?? []), [path.slice(1), value]]);
  const bindings: string[] = [];
  let isRecursive = false;
  for (const [head, group] of groups) {
    const [first] = group;
    if (group.length === 1 && first !== undefined && first[0].length === 0) {
      bindings.push(leaf(tape, head, first[1], lets, isWhole));
      // Of a set in several parts, only the first may be recursive, and then all of it is.
      if (isWhole && tape.once(12)) isRecursive = true;
    } else if (tape.once(3)) bindings.push(`${name(tape, head, lets, isWhole)} = ${plain(tape, group, lets, isWhole)};`);
    else {
      // Flat: each with its whole path, or some grouped further in.
      const [flat, grouped] = dealt(tape, group);
      for (const [path, value] of flat) bindings.push(`${[head, ...path].map((step) => (tape.once(6) ? string(step) : quoted(step))).join(".")} = ${given(tape, value, lets)};`);
      // Nix adds paths to a literal set at any depth, but a literal set to paths only if they share no name.
      if (grouped.length > 0) bindings.unshift(`${quoted(head)} = ${plain(tape, grouped, lets, isWhole && flat.length === 0)};`);
    }
  }
  return `${isRecursive ? "rec " : ""}{ ${bindings.join(" ")} }`;
}

/** One definition whose whole name is left. */
function leaf(tape: Tape, head: string, value: string, lets: string[], isWhole: boolean): string {
  if (!/^[A-Za-z_]\w*$/.test(head)) return `${name(tape, head, lets, isWhole)} = ${given(tape, value, lets)};`;
  switch (tape.below(6)) {
    case 3: {
      const source = `from${lets.length}`;
      lets.push(`${source} = { ${head} = ${value}; };`);
      return `inherit (${source}) ${head};`;
    }
    case 4: {
      // A function that gives the value.
      const helper = `make${lets.length}`;
      lets.push(`${helper} = ${tape.pick(["x: x", "{ value, unused ? 1, ... }: value", "x: lib.id x"])};`);
      return `${head} = ${lets[lets.length - 1]?.includes("{ value") ? `${helper} { value = ${value}; }` : `${helper} (${value})`};`;
    }
    default:
      return `${name(tape, head, lets, isWhole)} = ${given(tape, value, lets)};`;
  }
}

/** A value, written here or elsewhere. */
function given(tape: Tape, value: string, lets: string[]): string {
  switch (tape.below(8)) {
    case 4: {
      const binding = `value${lets.length}`;
      lets.push(`${binding} = ${value};`);
      return binding;
    }
    case 5:
      return `(let inner = ${value}; in inner)`;
    case 6:
      return `(with { inner = ${value}; }; inner)`;
    case 7:
      return `({ inner = ${value}; }.inner)`;
    default:
      return value;
  }
}

/** A computed name must not meet a written one: only a set in one part may have any. */
function name(tape: Tape, step: string, lets: string[], isWhole: boolean): string {
  switch (tape.below(isWhole ? 8 : 7)) {
    case 5:
      return string(step);
    case 6:
      return `\${${string(step)}}`;
    case 7: {
      const binding = `name${lets.length}`;
      lets.push(`${binding} = ${string(step)};`);
      return `\${${binding}}`;
    }
    default:
      return quoted(step);
  }
}

function quoted(step: string): string {
  return /^[A-Za-z_][\w'-]*$/.test(step) ? step : string(step);
}

function string(step: string): string {
  return `"${step}"`;
}
