/** One linted tree: its files parsed once, their values, and the configurations made from them. */
import type { NixParser, Syntax } from "../syntax/index.ts";
import type { ShellParser } from "../syntax/shell/index.ts";
import { type At, type SourceFile, at } from "./at.ts";
import { makeBuiltins } from "./builtins/index.ts";
import { Configuration } from "./configuration.ts";
import { Env } from "./env.ts";
import { Evaluator } from "./evaluate.ts";
import type { Host } from "./host.ts";
import { limits } from "./limits.ts";
import { during } from "./observer.ts";
import { folderOf, isOutside } from "./paths.ts";
import { Thunk } from "./thunk.ts";
import { type AttrsValue, type PathValue, type Value, unknown } from "./values.ts";

/** What turns texts into syntax; one that keeps what it has parsed saves an editor most of the work. */
export type Parser = Pick<NixParser, "parse">;

/** A file of a project, which is parsed when somebody asks for its syntax. */
class ProjectFile implements SourceFile {
  readonly path: string;
  readonly folder: string;
  readonly #parse: () => Syntax;
  #syntax: Syntax | null = null;

  constructor(path: string, folder: string, parse: () => Syntax) {
    this.path = path;
    this.folder = folder;
    this.#parse = parse;
  }

  get syntax(): Syntax {
    this.#syntax ??= this.#parse();
    return this.#syntax;
  }

  /** Lets go of the syntax; parsed anew, it is the same. */
  forget(): void {
    this.#syntax = null;
  }
}

/** The files of a tree and what they come to. Everything is computed when first asked for and kept until `trim`. */
export class Project {
  readonly host: Host;
  readonly evaluator: Evaluator;
  /** Reads shell; null until somebody who has seen `needsShell` loads it. */
  shell: ShellParser | null = null;
  /** Files whose judgement has reached a limit. Root-relative. */
  readonly cut = new Set<string>();
  readonly #parser: Parser;
  readonly #files = new Map<string, ProjectFile | null>();
  /** Of which files more is kept than their names: the one that was asked for longest ago comes first. */
  readonly #alive = new Set<string>();
  readonly #values = new Map<string, Thunk>();
  readonly #configurations = new Map<string, Configuration | null>();

  constructor(host: Host, parser: Parser) {
    this.host = host;
    this.#parser = parser;
    const world = {
      read: (path: string) => host.read(path),
      kind: (path: string) => host.kind(path),
      importFile: (path: PathValue, place: At | null) => this.#import(path, place),
    };
    this.evaluator = new Evaluator(world, makeBuiltins);
  }

  /**
   * Does some work about a file, and notes the file where that reached a limit: some answers are unknown then for that reason alone.
   */
  noting<T>(path: string, work: () => T): T {
    const before = limits.hit;
    limits.hit = false;
    try {
      return work();
    } finally {
      if (limits.hit) this.cut.add(path);
      limits.hit ||= before;
    }
  }

  /** A parsed file, or null where it cannot be read. */
  file(path: string): SourceFile | null {
    let file = this.#files.get(path);
    if (file === undefined) {
      const text = isOutside(path) ? null : this.host.read(path);
      file = text === null ? null : new ProjectFile(path, folderOf(this.host.realPath?.(path) ?? path), () => during("parsing", { file: path }, () => this.#read(path, text)));
      this.#files.set(path, file);
    }
    return file;
  }

  #read(path: string, text: string): Syntax {
    this.#touch(path);
    return this.#parser.parse(text);
  }

  #touch(path: string): void {
    this.#alive.delete(path);
    this.#alive.add(path);
  }

  /**
   * Keeps syntax, values and configurations of only so many files, those that were last asked for: the others are worked out anew
   * when they are needed. A tree of thousands would not fit into memory. Only to be called where nobody holds on to a
   * configuration or a piece of syntax and means to compare it with what comes later.
   * @param done the file that is let go of first, where there are more
   */
  trim(most: number, done: SourceFile | null = null): void {
    const first = done !== null && this.#alive.has(done.path) ? [done.path] : [];
    for (const path of [...first, ...this.#alive]) {
      if (this.#alive.size <= most) return;
      this.#alive.delete(path);
      this.#configurations.delete(path);
      this.#values.delete(path);
      this.#files.get(path)?.forget();
    }
  }

  /** What a file's expression comes to. */
  value(file: SourceFile): Value {
    this.#touch(file.path);
    let thunk = this.#values.get(file.path);
    if (thunk === undefined) {
      const { root } = file.syntax;
      thunk = this.evaluator.thunk(root, new Env(file, null, null));
      this.#values.set(file.path, thunk);
      limits.refillIfIdle();
    }
    const found = thunk;
    return this.noting(file.path, () => found.force());
  }

  #import(path: PathValue, place: At | null): Value {
    if (path.base !== "root" || isOutside(path.path)) return unknown("an import from outside the tree", place);
    const target = this.host.kind(path.path) === "folder" ? (path.path === "" ? "default.nix" : `${path.path}/default.nix`) : path.path;
    const file = this.file(target);
    return file === null ? unknown("an import of a file that is not there", place) : this.value(file);
  }

  /** The configuration that a module file makes with all it imports, or null where it cannot be read. */
  configuration(path: string): Configuration | null {
    this.#touch(path);
    let configuration = this.#configurations.get(path);
    if (configuration === undefined) {
      const file = this.file(path);
      configuration = file === null ? null : this.noting(path, () => this.compose(file, [{ thunk: this.#pathThunk(file), file }], null));
      this.#configurations.set(path, configuration);
    }
    return configuration;
  }

  /** The configuration made from several modules, as a flake's `nixosSystem` does. */
  compose(entry: SourceFile, modules: readonly { readonly thunk: Thunk; readonly file: SourceFile }[], specialArgs: AttrsValue | null): Configuration {
    this.evaluator.refill();
    const context = { evaluator: this.evaluator, sourceFile: (path: string) => this.file(path), kind: (path: string) => this.host.kind(path) };
    return during("evaluation", undefined, () => new Configuration(entry, modules, context, specialArgs));
  }

  #pathThunk(file: SourceFile): Thunk {
    return Thunk.of({ t: "path", base: "root", path: file.path, at: null }, at(file, { start: 0, end: 0 }));
  }
}
