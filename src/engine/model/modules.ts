/** Collects the modules that make up one configuration: an entry file and all that it imports. */
import { type At, type SourceFile, at } from "./at.ts";
import type { Source } from "./definitions.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Kind } from "./host.ts";
import { limits } from "./limits.ts";
import { baseName, isOutside } from "./paths.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type AttrsValue, type Piece, type UnknownValue, type Value, attrs, ref, textOf, unknown } from "./values.ts";

/** What became of one entry of an `imports` list. */
export interface Import {
  /** The entry as written. */
  readonly at: At | null;
  /**
   * `file`: followed to a file of the tree · `inline`: a module written in place · `hardware`: a hardware configuration,
   * followed where it is in the tree · `missing`: no such file in the tree, or none that is read · `outside`: leads out of the tree ·
   * `computed`: cannot be known.
   */
  readonly kind: "file" | "inline" | "hardware" | "missing" | "outside" | "computed";
  /** The path, for all kinds that have one: relative to the root, or absolute as written. */
  readonly path: string | null;
  /** The module whose list it stands in. */
  readonly from: SourceFile;
}

/** One module of a configuration. */
export interface Module {
  readonly file: SourceFile;
  readonly value: AttrsValue;
  readonly imports: readonly Import[];
  /** The places of `imports = …`, for findings about what is missing. */
  readonly importsAt: At | null;
  /** Where the module's body starts. */
  readonly bodyAt: At;
}

/** How modules get at files and at the configuration that they are part of. */
export interface ModuleContext {
  readonly evaluator: Evaluator;
  sourceFile(path: string): SourceFile | null;
  kind(path: string): Kind;
  /** The finished configuration, for `config`. */
  readonly config: Thunk;
  /** The value of an argument that only `_module.args` or `specialArgs` can give. */
  argument(name: string): Value;
  readonly specialArgs: AttrsValue | null;
}

/** Everything collected. */
export interface Collected {
  /** The entry first, then breadth first. */
  readonly modules: readonly Module[];
  /** Imports and modules that could not be followed: what they define is unknown. */
  readonly unfollowed: readonly UnknownValue[];
}

/** A module that has been opened, with what it leads to. */
interface Node {
  readonly key: string;
  /** Null for one that cannot be computed. */
  readonly module: Module | null;
  readonly next: readonly string[];
  readonly disables: readonly string[];
  readonly lost: readonly UnknownValue[];
}

/** A module value and where it comes from, not opened yet. */
interface Pending {
  readonly key: string;
  readonly value: Value;
  readonly file: SourceFile;
}

const MAX_MODULES = 2_000;

/**
 * Collects as nixpkgs does (`lib/modules.nix`, `collectModules`): all that is imported is opened and may disable others; what
 * is disabled is then left out with what only it imports. Each key counts once, where it comes first, breadth first.
 */
export function collect(context: ModuleContext, roots: readonly { readonly thunk: Thunk; readonly file: SourceFile }[]): Collected {
  const nodes = new Map<string, Node>();
  const queue: Pending[] = [];
  const unfollowed: UnknownValue[] = [];
  const start: string[] = [];
  roots.forEach((root, index) => {
    const found = follow(context, root.thunk, root.file, `:${index}`);
    if (found.lost !== null) unfollowed.push(found.lost);
    if (found.pending === null) return;
    start.push(found.pending.key);
    queue.push(found.pending);
  });
  for (let next = 0; next < queue.length; next++) {
    const pending = queue[next] as Pending;
    if (nodes.has(pending.key)) continue;
    if (nodes.size >= MAX_MODULES) {
      limits.hit = true;
      unfollowed.push(unknown("too many modules"));
      break;
    }
    const { node, imported } = openNode(context, pending);
    nodes.set(node.key, node);
    queue.push(...imported);
  }
  const disabled = new Set([...nodes.values()].flatMap((node) => node.disables));
  const modules: Module[] = [];
  const seen = new Set<string>();
  const reached = [...start];
  for (let next = 0; next < reached.length; next++) {
    const key = reached[next] as string;
    const node = nodes.get(key);
    if (seen.has(key) || disabled.has(key) || node === undefined) continue;
    seen.add(key);
    unfollowed.push(...node.lost);
    if (node.module !== null) modules.push(node.module);
    reached.push(...node.next);
  }
  return { modules, unfollowed };
}

/** Opens a module and finds what it imports. */
function openNode(context: ModuleContext, pending: Pending): { node: Node; imported: readonly Pending[] } {
  const { key, file } = pending;
  const lost: UnknownValue[] = [];
  const imported: Pending[] = [];
  const body = bodyOf(open(context, pending.value, file));
  if (body === null) {
    lost.push(unknown("a module that cannot be computed", pending.value.at));
    return { node: { key, module: null, next: [], disables: [], lost }, imported };
  }
  // What is not known of the module may import something.
  if (body.open !== null && !body.attrs.has("imports")) lost.push(unknown("a module that is not wholly known", body.open.at));
  const imports: Import[] = [];
  const isStructured = body.attrs.has("config") || body.attrs.has("options");
  for (const name of isStructured ? ["imports"] : ["require", "imports"]) {
    const attr = body.attrs.get(name);
    if (attr === undefined) continue;
    const list = context.evaluator.attr(attr, attr.thunk.at);
    if (list.t !== "list") {
      lost.push(unknown("imports that cannot be followed", attr.thunk.at));
      continue;
    }
    list.items.forEach((item) => {
      const found = follow(context, item.thunk, file, `${key}:${name}-${imports.length + 1}`);
      imports.push(found.entry);
      if (found.lost !== null) lost.push(found.lost);
      if (found.pending !== null) imported.push(found.pending);
      if (item.maybe) lost.push(unknown("an import under a condition", item.thunk.at));
    });
    if (list.open !== null) lost.push(unknown("imports that cannot be followed", list.open.at));
  }
  const module: Module = {
    file,
    value: body,
    imports,
    importsAt: (body.attrs.get("imports") ?? body.attrs.get("require"))?.key ?? null,
    bodyAt: body.at ?? at(file, file.syntax.root),
  };
  return { node: { key, module, next: imported.map((one) => one.key), disables: disabledKeys(body), lost }, imported };
}

interface Followed {
  readonly entry: Import;
  readonly pending: Pending | null;
  readonly lost: UnknownValue | null;
}

/** Follows one entry of `imports`. `key` is for a module that has no key of its own. */
function follow(context: ModuleContext, thunk: Thunk, from: SourceFile, key: string): Followed {
  const value = thunk.force();
  const entry = resolve(context, value, thunk.at, from);
  if (entry.kind === "inline") {
    const own = value.t === "attrs" ? textOf(value.attrs.get("key")?.thunk.force() ?? unknown("")) : null;
    return { entry, pending: { key: own ?? key, value, file: thunk.at?.file ?? from }, lost: null };
  }
  const { path } = entry;
  const isThere = path !== null && value.t === "path" && value.base === "root" && !isOutside(path) && context.kind(path) === "file";
  if (entry.kind === "file" || (entry.kind === "hardware" && isThere)) {
    const target = path as string;
    const file = context.sourceFile(target);
    if (file === null) return { entry: { ...entry, kind: "missing" }, pending: null, lost: unknown("an import that cannot be read", thunk.at) };
    const content = context.evaluator.world.importFile({ t: "path", base: "root", path: target, at: thunk.at }, thunk.at);
    // A folder and the `default.nix` in it are two keys, and thus two modules.
    return { entry, pending: { key: `/${value.t === "path" ? value.path : target}`, value: content, file }, lost: null };
  }
  return { entry, pending: null, lost: entry.kind === "hardware" ? null : unknown("an import that cannot be followed", thunk.at) };
}

/** A module's attributes; a module may also be a condition, a priority or a merge as a whole (nixpkgs, `loadModule`). */
function bodyOf(value: Value): AttrsValue | null {
  if (value.t === "attrs") return value;
  if (value.t !== "wrap" || value.kind === "order") return null;
  return attrs(new Map([["config", { thunk: Thunk.of(value), key: null, conditions: [] }]]), value.at);
}

/** Calls a module that is a function with the arguments that NixOS gives (nixpkgs, `lib/modules.nix`, `applyModuleArgs`). */
function open(context: ModuleContext, value: Value, file: SourceFile): Value {
  if (value.t !== "lambda") return value.t === "attrs" && value.attrs.has("__functor") ? unknown("a functor", value.at) : value;
  const { evaluator, config, specialArgs } = context;
  const given = new Map<string, Attr>();
  const give = (name: string, argument: Value | Thunk): void => {
    given.set(name, { thunk: argument instanceof Thunk ? argument : Thunk.of(argument), key: null, conditions: [] });
  };
  // Every argument that is named is given, so that defaults never count.
  for (const formal of value.expr.formals?.list ?? []) {
    const { name } = formal;
    give(name, new Thunk(() => context.argument(name), at(value.env.file, formal)));
  }
  give("config", config);
  give("lib", ref(["lib"]));
  give("pkgs", ref(["pkgs"]));
  give("modulesPath", ref(["modulesPath"]));
  give("options", unknown("the options"));
  for (const [name, attr] of specialArgs?.attrs ?? []) given.set(name, attr);
  const formals = value.expr.formals;
  if (formals !== null && !formals.open) {
    for (const name of [...given.keys()]) if (!formals.list.some((formal) => formal.name === name)) given.delete(name);
  }
  // `...` takes what is not named; a function without it gets just what it names.
  return evaluator.apply(value, Thunk.of(attrs(given, null, formals?.open === false ? null : unknown("module arguments"))), at(file, value.expr));
}

/** What an entry of `imports` leads to. */
function resolve(context: ModuleContext, value: Value, place: At | null, from: SourceFile): Import {
  const made = (kind: Import["kind"], path: string | null): Import => ({ at: place, kind, path, from });
  if (value.t === "attrs" || value.t === "lambda" || (value.t === "wrap" && (value.kind === "if" || value.kind === "override"))) return made("inline", null);
  const path = value.t === "path" ? value.path : value.t === "string" ? textFrom(value.pieces) : null;
  if (path === null) return made("computed", null);
  if (baseName(path) === "hardware-configuration.nix") return made("hardware", path);
  if (value.t !== "path" || value.base !== "root" || isOutside(path)) return made("outside", path);
  const kind = context.kind(path);
  if (kind === "file") return made("file", path);
  const inner = path === "" ? "default.nix" : `${path}/default.nix`;
  return kind === "folder" && context.kind(inner) === "file" ? made("file", inner) : made("missing", path);
}

function textFrom(pieces: readonly Piece[]): string | null {
  let text = "";
  for (const piece of pieces) {
    if ("text" in piece) text += piece.text;
    else if (piece.hole.t === "ref" && piece.hole.path[0] === "modulesPath") text += "<modulesPath>";
    else return null;
  }
  return text;
}

/** The keys of the modules that a module disables; what stands outside the tree is not among ours. */
function disabledKeys(body: AttrsValue): string[] {
  const value = body.attrs.get("disabledModules")?.thunk.force();
  if (value?.t !== "list") return [];
  return value.items.flatMap((item) => {
    const entry = item.thunk.force();
    if (entry.t === "path" && entry.base === "root") return [`/${entry.path}`];
    const key = entry.t === "attrs" ? textOf(entry.attrs.get("key")?.thunk.force() ?? unknown("")) : null;
    return key === null ? [] : [key];
  });
}

/** Names of a module's own structure, which are no options (nixpkgs, `lib/modules.nix`, `unifyModuleSyntax`). */
const STRUCTURE = ["imports", "options", "config", "disabledModules", "freeformType", "require", "_file", "key", "_class"];

/** The definitions that a module makes, before any wrapper is taken off; `index` is its place in the order of collection. */
export function configOf(module: Module, index: number): Source[] {
  const { value, file } = module;
  const base = { file, module: index, priority: null, order: null, stage: "conditions", conditions: [], isDefault: false } as const;
  if (!value.attrs.has("config") && !value.attrs.has("options")) {
    const own = new Map(value.attrs);
    for (const name of STRUCTURE) own.delete(name);
    return [{ ...base, thunk: Thunk.of(attrs(own, value.at, value.open)), key: null }];
  }
  const config = value.attrs.get("config");
  const meta = value.attrs.get("meta");
  const sources: Source[] = config === undefined ? [] : [{ ...base, thunk: config.thunk, key: null, conditions: config.conditions }];
  if (meta !== undefined) sources.push({ ...base, thunk: Thunk.of(attrs(new Map([["meta", meta]]), value.at)), key: null });
  return sources;
}
