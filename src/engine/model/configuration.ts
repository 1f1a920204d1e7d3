/** One configuration as NixOS would see it: an entry file, its modules, and the answer for every option. */
import type { At, SourceFile } from "./at.ts";
import { declarationsOf } from "./declarations.ts";
import { type Collected, type Import, type Module, type ModuleContext, collect, configOf } from "./modules.ts";
import { during } from "./observer.ts";
import { type Answer, OptionNode } from "./option-node.ts";
import { Thunk } from "./thunk.ts";
import { type AttrsValue, type UnknownValue, type Value, unknown } from "./values.ts";

/** Splits a written option path (`a.b."c.d"`) into its names. */
export function parsePath(path: string): readonly string[] {
  let names = parsed.get(path);
  if (names === undefined) {
    // Rules ask for the same few paths in every configuration; other texts must not pile up.
    if (parsed.size > MAX_PARSED) parsed.clear();
    names = readPath(path);
    parsed.set(path, names);
  }
  return names;
}

const MAX_PARSED = 5000;
const parsed = new Map<string, readonly string[]>();

function readPath(path: string): string[] {
  return [...path.matchAll(/"((?:[^"\\]|\\.)*)"|[^."]+/g)].map((match) => match[1]?.replace(/\\(.)/g, "$1") ?? match[0]);
}

/** Writes an option path as Nix would, quoting the names that need it. */
export function showPath(path: readonly string[]): string {
  return path.map((name) => (/^[A-Za-z_][A-Za-z0-9_'-]*$/.test(name) ? name : `"${name.replace(/(["\\]|\$\{)/g, "\\$1")}"`)).join(".");
}

/** A configuration and its answers. */
export class Configuration {
  /** The file or flake output that it is made from. */
  readonly entry: SourceFile;
  readonly modules: readonly Module[];
  /** What could not be followed: while there is any, nothing is known to be missing. */
  readonly unfollowed: readonly UnknownValue[];
  /** Options that the tree itself declares. */
  readonly declared: readonly (readonly string[])[];
  /** Some declarations could not be read. */
  readonly declarationsOpen: boolean;
  readonly root: OptionNode;

  constructor(entry: SourceFile, roots: readonly { readonly thunk: Thunk; readonly file: SourceFile }[], context: Omit<ModuleContext, "config" | "argument" | "specialArgs">, specialArgs: AttrsValue | null) {
    this.entry = entry;
    // Modules may ask for `config` while they are being collected; the tree is there once they are.
    let root: OptionNode | null = null;
    const whole: ModuleContext = {
      ...context,
      specialArgs,
      config: Thunk.live(() => root?.value() ?? unknown("the configuration, while it is being collected")),
      argument: (name) => {
        const given = root?.child("_module").child("args").child(name);
        return given?.isDefined === true ? given.value() : unknown(`the module argument \`${name}\``);
      },
    };
    const collected: Collected = collect(whole, roots);
    this.modules = collected.modules;
    this.unfollowed = collected.unfollowed;
    const declarations = declarationsOf(this.modules);
    this.declared = declarations.paths;
    this.declarationsOpen = declarations.open;
    const sources = [...this.modules.flatMap((module, index) => configOf(module, index)), ...declarations.defaults];
    root = new OptionNode([], sources, null, declarations.root, null);
    this.root = root;
  }

  /** The node of an option path, written (`services.redis.servers`) or in names. */
  node(path: string | readonly string[]): OptionNode {
    return (typeof path === "string" ? parsePath(path) : path).reduce((node, name) => node.child(name), this.root);
  }

  /**
   * What NixOS takes for an option. `undefined` means that no module of the configuration sets it; where an import could
   * not be followed that cannot be known and the state is `unknown`.
   */
  option(path: string | readonly string[]): Answer {
    const answer = during("evaluation", undefined, () => this.node(path).answer());
    const [why] = this.unfollowed;
    return answer.state === "undefined" && why !== undefined ? { ...answer, state: "unknown", value: why } : answer;
  }

  /** The names set below a path, and whether there may be others. */
  names(path: string | readonly string[]): { readonly names: readonly string[]; readonly open: boolean } {
    return during("evaluation", undefined, () => {
      const node = this.node(path);
      const names = node.names().filter((name) => hasActive(node.child(name)));
      return { names, open: this.unfollowed.length > 0 || node.open !== null };
    });
  }

  /** The value of an option where it is known, else null. */
  value(path: string | readonly string[]): Value | null {
    const answer = this.option(path);
    return answer.state === "known" ? answer.value : null;
  }

  /** All imports of all modules. */
  get imports(): readonly Import[] {
    return this.modules.flatMap((module) => module.imports);
  }

  /** Where a finding about something missing in a module stands: at its `imports`, else at the head of its body. */
  static placeOf(module: Module): At {
    if (module.importsAt !== null) return module.importsAt;
    return { ...module.bodyAt, end: module.bodyAt.start + 1 };
  }
}

function hasActive(node: OptionNode): boolean {
  if (!node.isSet) return node.answer().definitions.length > 0 || node.answer().state === "unknown";
  return node.names().length === 0 || node.names().some((name) => hasActive(node.child(name)));
}
