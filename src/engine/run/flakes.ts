/** Finds the NixOS systems that a flake builds, so that they are judged as what they are. */
import { type Attr, type AttrsValue, type Configuration, type ListValue, type Project, type SourceFile, Thunk, type UnknownValue, type Value, folderOf } from "../model/index.ts";

/** One `nixosSystem` of a flake. */
export interface FlakeSystem {
  readonly flake: SourceFile;
  readonly name: string;
  readonly configuration: Configuration;
  /** The files of the tree that its `modules` name directly. */
  readonly direct: readonly string[];
  /** The input whose `nixosSystem` is called, where that can be seen. */
  readonly input: string | null;
}

/** The systems under `nixosConfigurations` that can be made out. */
export function flakeSystems(project: Project, flake: SourceFile): FlakeSystem[] {
  const value = project.value(flake);
  const outputs = value.t === "attrs" ? value.attrs.get("outputs")?.thunk.force() : undefined;
  if (value.t !== "attrs" || outputs?.t !== "lambda") return [];
  const declared = value.attrs.get("inputs")?.thunk.force();
  const formals = outputs.expr.formals?.list.map(({ name }) => name) ?? [];
  const inputs = new Set([...formals, ...(declared?.t === "attrs" ? declared.attrs.keys() : [])]);
  const result: { value: Value | null } = { value: null };
  const given = [...inputs].map((name): [string, Thunk] => [name, Thunk.of({ t: "ref", path: [name], at: null })]);
  const argument = setOf(new Map([...given, ["self", selfOf(flake, result)]]), unknown("an input of the flake"));
  result.value = project.evaluator.apply(outputs, Thunk.of(argument), null);
  const systems = result.value.t === "attrs" ? result.value.attrs.get("nixosConfigurations")?.thunk.force() : undefined;
  if (systems?.t !== "attrs") return [];
  return [...systems.attrs].flatMap(([name, attr]) => {
    const system = systemOf(project, flake, name, attr.thunk.force());
    return system === null ? [] : [{ ...system, input: system.input !== null && inputs.has(system.input) ? system.input : null }];
  });
}

function systemOf(project: Project, flake: SourceFile, name: string, call: Value): FlakeSystem | null {
  const argument = isSystemCall(call) ? call.args[0]?.force() : undefined;
  if (!isSystemCall(call) || argument?.t !== "attrs") return null;
  const modules = argument.attrs.get("modules")?.thunk.force();
  if (modules?.t !== "list") return null;
  const special = argument.attrs.get("specialArgs")?.thunk.force();
  const roots = [...modules.items.map((item) => item.thunk), ...doubtsOf(modules)].map((thunk) => ({ thunk, file: flake }));
  const configuration = project.compose(flake, roots, special?.t === "attrs" ? special : null);
  const direct = configuration.modules.filter((module) => modules.items.some((item) => isPathTo(item.thunk.force(), module.file.path))).map((module) => module.file.path);
  return { flake, name, configuration, direct, input: inputOf(call.fn) };
}

/** What stands for modules that may be there besides the known ones, or not: an entry that cannot be followed. */
function doubtsOf(modules: ListValue): Thunk[] {
  if (modules.open !== null) return [Thunk.of(modules.open)];
  const item = modules.items.find(({ maybe }) => maybe);
  return item === undefined ? [] : [Thunk.of(unknown("a module under a condition"))];
}

/** The flake itself, as its outputs see it: they are there once they are computed. */
function selfOf(flake: SourceFile, result: { readonly value: Value | null }): Thunk {
  const folder: Value = { t: "path", base: "root", path: folderOf(flake.path), at: null };
  return Thunk.live(() => {
    const outputs = result.value?.t === "attrs" ? result.value.attrs : new Map<string, Attr>();
    const attrs = new Map<string, Attr>([...outputs, ["outPath", { thunk: Thunk.of(folder), key: null, conditions: [] }]]);
    return { t: "attrs", attrs, open: unknown("an attribute of the flake"), at: null };
  });
}

function setOf(thunks: ReadonlyMap<string, Thunk>, open: UnknownValue): AttrsValue {
  const attrs = new Map([...thunks].map(([name, thunk]): [string, Attr] => [name, { thunk, key: null, conditions: [] }]));
  return { t: "attrs", attrs, open, at: null };
}

function unknown(reason: string): UnknownValue {
  return { t: "unknown", reason, maybe: [], not: null, at: null };
}

function isSystemCall(value: Value): value is Extract<Value, { t: "call" }> {
  return value.t === "call" && value.fn.t === "ref" && value.fn.path[value.fn.path.length - 1] === "nixosSystem";
}

/** The input that a function is written as part of (`nixpkgs` of `inputs.nixpkgs.lib.nixosSystem`). */
function inputOf({ at }: Value): string | null {
  if (at === null) return null;
  const written = at.file.syntax.source.text.slice(at.start, at.end);
  return /^(?:[\w'-]+\.)??([\w'-]+)\.lib\.nixosSystem$/.exec(written)?.[1] ?? null;
}

function isPathTo(value: Value, path: string): boolean {
  return value.t === "path" && value.base === "root" && (value.path === path || `${value.path}/default.nix` === path);
}
