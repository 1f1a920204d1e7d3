/** Rewrites the text of a module into other texts that Nix computes to the same configuration: spelling must not matter. */
import type { AttrName, AttrsExpr, Binding, Expr, Inherit, LambdaExpr } from "../../src/engine/syntax/index.ts";
import { parse, walk } from "../../src/engine/syntax/index.ts";

/** A module whose body is a plain attribute set, and what stands around it. */
interface Module {
  readonly text: string;
  readonly body: AttrsExpr;
  readonly header: LambdaExpr | null;
  /** Names that a `let` around the body binds. */
  readonly locals: ReadonlySet<string>;
}

/** One definition of the body: `path` as it is written, or null for text that is kept as it is (`inherit`). */
interface Leaf {
  readonly path: readonly string[] | null;
  readonly value: string;
}

/** Texts by file name; the module itself is under the name that it had. */
export type Rewritten = Record<string, string>;
export type Rewrite = (text: string) => string | null;

const slice = (text: string, span: { start: number; end: number }): string => text.slice(span.start, span.end);

function nameOf(item: AttrName): string | null {
  return item.name;
}

function moduleOf(text: string): Module | null {
  const { root, errors } = parse(text);
  if (errors.length > 0) return null;
  let body: Expr = root;
  let header: LambdaExpr | null = null;
  const locals = new Set<string>();
  for (;;) {
    if (body.kind === "lambda" && header === null) {
      header = body;
      body = body.body;
    } else if (body.kind === "let") {
      for (const binding of body.bindings) {
        for (const name of binding.kind === "binding" ? binding.path.slice(0, 1) : binding.names) if (name.name !== null) locals.add(name.name);
      }
      body = body.body;
    } else break;
  }
  return body.kind === "attrs" && !body.recursive && !body.broken ? { text, body, header, locals } : null;
}

/** What stands between `=` and `;`, parentheses and comments with it. */
function valueText(text: string, binding: Binding): string {
  const last = binding.path.at(-1) as AttrName;
  const after = text.slice(last.end, binding.value.start);
  const from = last.end + after.indexOf("=") + 1;
  const tail = text.slice(binding.value.end, binding.end);
  return text.slice(from, binding.value.end + (tail.includes(";") ? tail.lastIndexOf(";") : tail.length)).trim();
}

function isPlainSet(value: Expr): value is AttrsExpr {
  return value.kind === "attrs" && !value.recursive && value.bindings.length > 0 && value.bindings.every((item) => item.kind === "binding" && item.path.every((name) => nameOf(name) !== null));
}

function leavesOf(text: string, bindings: readonly (Binding | Inherit)[], prefix: readonly string[] = []): Leaf[] {
  return bindings.flatMap((item): Leaf[] => {
    if (item.kind === "inherit") return [{ path: null, value: slice(text, item) }];
    const path = [...prefix, ...item.path.map((name) => slice(text, name))];
    // Nix merges no sets under a name that it has to compute.
    const isComputed = item.path.some((name) => nameOf(name) === null);
    return isPlainSet(item.value) && !isComputed ? leavesOf(text, item.value.bindings, path) : [{ path, value: valueText(text, item) }];
  });
}

/** Values that are more than one token stand in parentheses; the line break ends a comment that they may close with. */
const wrapped = (value: string): string => (/^[\w"./-]+$/.test(value) ? value : `(${value}\n)`);

function printFlat(leaves: readonly Leaf[]): string {
  return `{\n${leaves.map(({ path, value }) => (path === null ? `  ${value}` : `  ${path.join(".")} = ${value}\n;`)).join("\n")}\n}`;
}

const plain = (name: string): string => (name.startsWith('"') && /^"[A-Za-z_][\w'-]*"$/.test(name) ? name.slice(1, -1) : name);

/** Whether a path is defined twice or lies inside another: Nix merges that for sets that are written out, and for nothing else. */
function hasClash(leaves: readonly Leaf[]): boolean {
  const keys = leaves.flatMap(({ path }) => (path === null ? [] : [path.map(plain).join("\u0000")]));
  return keys.some((key, i) => keys.some((other, j) => i !== j && (other === key || other.startsWith(`${key}\u0000`))));
}

/** The leaves as sets in sets; null where that cannot be written. */
function printNested(leaves: readonly Leaf[]): string | null {
  if (hasClash(leaves) || leaves.some(({ path }) => path === null || path.some((name) => name.includes("${")))) return null;
  const print = (group: readonly Leaf[], depth: number): string => {
    const names = [...new Set(group.map(({ path }) => plain(path?.[depth] as string)))];
    const items = names.map((name) => {
      const inside = group.filter(({ path }) => plain(path?.[depth] as string) === name);
      const only = inside[0] as Leaf;
      return `${name} = ${only.path?.length === depth + 1 ? `${only.value}\n` : print(inside, depth + 1)};`;
    });
    return `{\n${items.join("\n")}\n}`;
  };
  return print(leaves, 0);
}

function withBody(module: Module, body: string): string {
  return module.text.slice(0, module.body.start) + body + module.text.slice(module.body.end);
}

function hasArgument(module: Module, name: string): boolean {
  return module.header?.formals?.list.some((formal) => formal.name === name) === true && !module.locals.has(name);
}

const namesInside = (expr: Expr): Set<string> => new Set([...walk(expr)].flatMap((node) => (node.kind === "var" ? [node.name] : [])));
const isOwn = ({ path }: Leaf): boolean => path !== null && plain(path[0] as string) === "imports";

/** The parts of a body that say only what is configured; null where the body has other parts (`options`, `config`). */
function partsOf(module: Module): { imports: Leaf[]; settings: Leaf[] } | null {
  const leaves = leavesOf(module.text, module.body.bindings);
  if (leaves.some(({ path }) => path === null || ["options", "config", "disabledModules", "meta", "_file", "_module"].includes(plain(path[0] as string)))) return null;
  return { imports: leaves.filter(isOwn), settings: leaves.filter((leaf) => !isOwn(leaf)) };
}

/** Edits of spans, applied from the end. */
function edited(text: string, edits: readonly { start: number; end: number; text: string }[]): string {
  return [...edits].sort((a, b) => b.start - a.start).reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), text);
}

function overModule(change: (module: Module) => string | null): Rewrite {
  return (text) => {
    const module = moduleOf(text);
    return module === null ? null : change(module);
  };
}

function overSettings(change: (settings: readonly Leaf[]) => string | null, needsLib: boolean): Rewrite {
  return overModule((module) => {
    const parts = partsOf(module);
    if (parts === null || parts.settings.length === 0 || (needsLib && !hasArgument(module, "lib"))) return null;
    const config = change(parts.settings);
    return config === null ? null : withBody(module, printFlat([...parts.imports, { path: ["config"], value: config }]));
  });
}

function halves(settings: readonly Leaf[]): [string, string] | null {
  if (printNested(settings) === null) return null;
  const [left, right] = [0, 1].map((rest) => printNested(settings.filter((_, index) => index % 2 === rest)));
  return left == null || right == null ? null : [left, right];
}

/** Rewrites after which the body is a plain set again, so that they can follow each other. */
export const inner: Readonly<Record<string, Rewrite>> = {
  flattened: overModule((module) => withBody(module, printFlat(leavesOf(module.text, module.body.bindings)))),
  nested: overModule((module) => {
    const body = printNested(leavesOf(module.text, module.body.bindings));
    return body === null ? null : withBody(module, body);
  }),
  "quoted names": overModule((module) => {
    const names = [...walk(module.body)].flatMap((node) => (node.kind === "attrs" ? node.bindings.flatMap((item) => (item.kind === "binding" ? item.path : [])) : node.kind === "select" ? node.path : []));
    return edited(module.text, names.flatMap(({ name, start, end }) => (name !== null && module.text.slice(start, end) === name ? [{ start, end, text: `"${name}"` }] : [])));
  }),
  "values in a let": overModule((module) => {
    const leaves = leavesOf(module.text, module.body.bindings);
    if (hasClash(leaves) || [...module.locals].some((name) => name.startsWith("value"))) return null;
    const bound = leaves.map(({ path, value }, index) => ({ path, value, name: path === null ? null : `value${index}` }));
    return withBody(module, `let\n${bound.flatMap(({ name, value }) => (name === null ? [] : [`${name} = ${value}\n;`])).join("\n")}\nin ${printFlat(bound.map(({ path, value, name }) => ({ path, value: name ?? value })))}`);
  }),
  inherit: overModule((module) => {
    const names = module.body.bindings.map((item) => (item.kind === "binding" ? nameOf(item.path[0] as AttrName) : null));
    if (names.length === 0 || names.some((name) => name === null || !/^[A-Za-z_][\w'-]*$/.test(name)) || module.locals.has("part")) return null;
    return withBody(module, `let part = ${slice(module.text, module.body)}; in { inherit (part) ${[...new Set(names)].join(" ")}; }`);
  }),
  "values through a function": overModule((module) => {
    if (module.locals.has("same")) return null;
    const leaves = leavesOf(module.text, module.body.bindings);
    if (hasClash(leaves)) return null;
    return withBody(module, `let same = value: value; in ${printFlat(leaves.map(({ path, value }) => (path === null ? { path, value } : { path, value: `same ${wrapped(value)}` })))}`);
  }),
};

/** Rewrites of the whole body. */
export const outer: Readonly<Record<string, Rewrite>> = {
  "with lib": overModule((module) => {
    if (!hasArgument(module, "lib")) return null;
    const edits = [...walk(module.body)].flatMap((node) => {
      if (node.kind !== "select" || node.base.kind !== "var" || !["lib", "builtins"].includes(node.base.name)) return [];
      const first = node.path[0] as AttrName;
      const bound = module.locals.has(first.name ?? "") || module.header?.formals?.list.some(({ name }) => name === first.name) === true;
      return module.text.slice(first.start, first.end) === first.name && !bound ? [{ start: node.base.start, end: first.start, text: "" }] : [];
    });
    return edited(module.text, [...edits, { start: module.body.start, end: module.body.start, text: "with builtins; with lib; " }]);
  }),
  rec: overModule((module) => {
    const used = namesInside(module.body);
    const top = module.body.bindings.flatMap((item) => (item.kind === "binding" ? [nameOf(item.path[0] as AttrName)] : [null]));
    return top.some((name) => name === null || used.has(name)) ? null : withBody(module, `rec ${slice(module.text, module.body)}`);
  }),
  "updated by nothing": overModule((module) => withBody(module, `${slice(module.text, module.body)} // { }`)),
  "updates nothing": overModule((module) => withBody(module, `{ } // ${slice(module.text, module.body)}`)),
  "body from a function": overModule((module) => (module.locals.has("make") ? null : withBody(module, `let make = { body, ... }: body; in make { body = ${slice(module.text, module.body)}; }`))),
  recursiveUpdate: overModule((module) => {
    const parts = halves(leavesOf(module.text, module.body.bindings));
    return parts === null || !hasArgument(module, "lib") ? null : withBody(module, `lib.recursiveUpdate ${parts[0]} ${parts[1]}`);
  }),
  config: overSettings((settings) => printFlat(settings), false),
  mkMerge: overSettings((settings) => {
    const parts = halves(settings);
    return parts === null ? null : `lib.mkMerge [ ${parts[0]} ${parts[1]} ]`;
  }, true),
  "mkIf true": overSettings((settings) => `lib.mkIf true ${printFlat(settings)}`, true),
};

/** Moves every second definition that needs no local name to a file that the module then imports. */
export function splitInTwo(name: string, text: string): Rewritten | null {
  const module = moduleOf(text);
  const parts = module === null ? null : partsOf(module);
  if (module === null || parts === null || module.header === null || parts.imports.length > 1 || halves(parts.settings) === null) return null;
  const isFree = ({ value }: Leaf): boolean => {
    const { root } = parse(value);
    return ![...namesInside(root)].some((used) => module.locals.has(used)) && [...walk(root)].every((node) => node.kind !== "error");
  };
  const moved = parts.settings.filter((leaf, index) => index % 2 === 0 && isFree(leaf));
  if (moved.length === 0 || moved.some(({ path }) => path?.join(".") === "system.stateVersion")) return null;
  const header = text.slice(module.header.start, module.header.formals?.end ?? module.header.start);
  if (!header.startsWith("{") || module.header.param !== null) return null;
  const imports = parts.imports[0] === undefined ? "[ ./part-of-it.nix ]" : `${wrapped(parts.imports[0].value)} ++ [ ./part-of-it.nix ]`;
  return {
    [name]: withBody(module, printFlat([{ path: ["imports"], value: imports }, ...parts.settings.filter((leaf) => !moved.includes(leaf))])),
    "part-of-it.nix": `${header}:\n${printFlat(moved)}\n`,
  };
}
