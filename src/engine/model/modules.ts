/** Collects the modules that make up one configuration: an entry file and all that it imports. */
import { type At, type SourceFile, at } from "./at.ts";
import type { Source } from "./definitions.ts";
import type { Evaluator } from "./evaluate.ts";
import { baseName, isOutside } from "./paths.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type AttrsValue, type Piece, type UnknownValue, type Value, attrs, ref, unknown } from "./values.ts";

/** What became of one entry of an `imports` list. */
export interface Import {
  /** The entry as written. */
  readonly at: At | null;
  /**
   * `file`: followed to a file of the tree · `inline`: a module written in place · `hardware`: a hardware configuration ·
   * `missing`: no such file in the tree · `outside`: leads out of the tree · `computed`: cannot be known.
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
  kind(path: string): "file" | "folder" | null;
  /** The finished configuration, for `config`. */
  readonly config: Thunk;
  /** The value of an argument that only `_module.args` or `specialArgs` can give. */
  argument(name: string): Value;
  readonly specialArgs: AttrsValue | null;
}

/** Everything collected. */
export interface Collected {
  readonly modules: readonly Module[];
  /** Imports and modules that could not be followed: what they define is unknown. */
  readonly unfollowed: readonly UnknownValue[];
}

/** An entry of the queue: a module value and where it comes from. */
interface Pending {
  readonly key: string;
  readonly value: Value;
  readonly file: SourceFile;
}

const MAX_MODULES = 2_000;

/** Collects breadth first, as nixpkgs does (`lib/modules.nix`, `collectModules`, with `genericClosure`). */
export function collect(context: ModuleContext, roots: readonly { readonly thunk: Thunk; readonly file: SourceFile }[]): Collected {
  const modules: Module[] = [];
  const unfollowed: UnknownValue[] = [];
  const seen = new Set<string>();
  const disabled = new Set<string>();
  const queue: Pending[] = [];
  let anonymous = 0;

  const enqueue = (thunk: Thunk, from: SourceFile): Import => {
    const value = thunk.force();
    const known = resolve(context, value, thunk.at, from);
    if (known.kind === "file") {
      const path = known.path as string;
      const file = context.sourceFile(path);
      if (file === null) {
        unfollowed.push(unknown("an import that cannot be read", thunk.at));
        return { ...known, kind: "missing" };
      }
      queue.push({ key: path, value: context.evaluator.world.importFile({ t: "path", base: "root", path, at: thunk.at }, thunk.at), file });
    } else if (known.kind === "inline") queue.push({ key: `:${anonymous++}`, value, file: thunk.at?.file ?? from });
    else if (known.kind !== "hardware") unfollowed.push(unknown("an import that cannot be followed", thunk.at));
    return known;
  };

  for (const root of roots) enqueue(root.thunk, root.file);
  for (let next = queue.shift(); next !== undefined && modules.length < MAX_MODULES; next = queue.shift()) {
    if (seen.has(next.key)) continue;
    seen.add(next.key);
    const body = open(context, next.value, next.file);
    if (body.t !== "attrs") {
      unfollowed.push(unknown("a module that cannot be computed", body.at));
      continue;
    }
    for (const path of disabledPaths(context, body)) disabled.add(path);
    const importsAttr = body.attrs.get("imports");
    const list = importsAttr?.thunk.force();
    const imports: Import[] = [];
    if (list?.t === "list") {
      for (const item of list.items) {
        const found = enqueue(item.thunk, next.file);
        imports.push(found);
        if (item.maybe) unfollowed.push(unknown("an import under a condition", item.thunk.at));
      }
      if (list.open !== null) unfollowed.push(unknown("imports that cannot be followed", list.open.at));
    } else if (list !== undefined) unfollowed.push(unknown("imports that cannot be followed", importsAttr?.thunk.at ?? null));
    modules.push({
      file: next.file,
      value: body,
      imports,
      importsAt: importsAttr?.key ?? null,
      bodyAt: body.at ?? at(next.file, next.file.syntax.root),
    });
  }
  return { modules: modules.filter((module) => !disabled.has(module.file.path)), unfollowed };
}

/** Calls a module that is a function with the arguments that NixOS gives (nixpkgs, `lib/modules.nix`, `applyModuleArgs`). */
function open(context: ModuleContext, value: Value, file: SourceFile): Value {
  if (value.t !== "lambda") return value.t === "attrs" && value.attrs.has("__functor") ? unknown("a functor", value.at) : value;
  const { evaluator, config, specialArgs } = context;
  const given = new Map<string, Attr>();
  const give = (name: string, argument: Value | Thunk): void => {
    given.set(name, { thunk: argument instanceof Thunk ? argument : Thunk.of(argument), key: null, conditions: [] });
  };
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
  // `...` takes what is not named; a function without it gets just what it names.
  return evaluator.apply(value, Thunk.of(attrs(given, null, value.expr.formals?.open === false ? null : unknown("module arguments"))), at(file, value.expr));
}

/** What an entry of `imports` leads to. */
function resolve(context: ModuleContext, value: Value, place: At | null, from: SourceFile): Import {
  const made = (kind: Import["kind"], path: string | null): Import => ({ at: place, kind, path, from });
  if (value.t === "attrs" || value.t === "lambda") return made("inline", null);
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

function disabledPaths(context: ModuleContext, body: AttrsValue): string[] {
  const value = body.attrs.get("disabledModules")?.thunk.force();
  if (value?.t !== "list") return [];
  return value.items.flatMap((item) => {
    const entry = item.thunk.force();
    if (entry.t !== "path" || entry.base !== "root") return [];
    return [context.kind(entry.path) === "folder" ? `${entry.path}/default.nix` : entry.path];
  });
}

/** Names of a module's own structure, which are no options (nixpkgs, `lib/modules.nix`, `unifyModuleSyntax`). */
const STRUCTURE = ["imports", "options", "config", "disabledModules", "freeformType", "require", "meta", "_file", "key", "_class"];

/** The definitions that a module makes, before any wrapper is taken off. */
export function configOf(module: Module): Source[] {
  const { value, file } = module;
  const structured = value.attrs.has("config") || value.attrs.has("options");
  const base = { file, priority: null, order: null, conditions: [], isDefault: false } as const;
  if (structured) {
    const config = value.attrs.get("config");
    return config === undefined ? [] : [{ ...base, thunk: config.thunk, key: null, conditions: config.conditions }];
  }
  const own = new Map(value.attrs);
  for (const name of STRUCTURE) own.delete(name);
  return [{ ...base, thunk: Thunk.of(attrs(own, value.at, value.open)), key: null }];
}

/** The defaults of the options that a module declares, as definitions, with the declared paths. */
export function declarationsOf(module: Module): { readonly defaults: readonly Source[]; readonly paths: readonly (readonly string[])[]; readonly open: boolean } {
  const paths: string[][] = [];
  let open = false;
  const visit = (value: Value, path: readonly string[]): Thunk | null => {
    if (value.t === "option") {
      paths.push([...path]);
      return value.fallback;
    }
    if (value.t !== "attrs" || path.length > 20) {
      open = true;
      return null;
    }
    if (value.open !== null) open = true;
    const inner = new Map<string, Attr>();
    for (const [name, attr] of value.attrs) {
      const fallback = visit(attr.thunk.force(), [...path, name]);
      if (fallback !== null) inner.set(name, { thunk: fallback, key: attr.key, conditions: [] });
    }
    return inner.size === 0 ? null : Thunk.of(attrs(inner, value.at));
  };
  const options = module.value.attrs.get("options");
  const thunk = options === undefined ? null : visit(options.thunk.force(), []);
  const defaults: Source[] = thunk === null ? [] : [{ thunk, key: null, file: module.file, priority: 1500, order: null, conditions: [], isDefault: true }];
  return { defaults, paths, open };
}
