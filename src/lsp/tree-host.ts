/** The files of a tree as an editor has them: what is open counts, saved or not, and every answer can be held against later ones. */
import type { Host, Kind } from "../engine/model/index.ts";
import { nameOf } from "../engine/run/mentions.ts";
import type { Disk } from "./platform.ts";

/** A text that has become another one; null for none. */
export interface Change {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

function changesMentions({ before, after }: Change, name: string): boolean {
  return (before?.includes(name) ?? false) !== (after?.includes(name) ?? false);
}

/** A Host over a disk on which the texts of open documents lie. */
export class TreeHost implements Host {
  readonly disk: Disk;
  readonly #open = new Map<string, string>();
  #nixFiles: readonly string[] | null = null;
  readonly #mentioning = new Map<string, readonly string[]>();

  constructor(disk: Disk) {
    this.disk = disk;
  }

  /** Lays a text over a path; null takes it away. */
  lay(path: string, text: string | null): void {
    const isNew = text !== null && !this.#open.has(path);
    if (text === null) this.#open.delete(path);
    else this.#open.set(path, text);
    if (isNew || text === null) this.#nixFiles = null;
  }

  /** The disk may have changed at a path. */
  forget(path: string, isStructure: boolean): void {
    this.disk.forget(path, isStructure);
    if (isStructure) this.#nixFiles = null;
  }

  read(path: string): string | null {
    return this.#open.get(path) ?? this.disk.read(path);
  }

  mentioning(path: string): readonly string[] {
    const name = nameOf(path);
    let paths = this.#mentioning.get(name);
    if (paths === undefined) {
      paths = this.nixFiles().filter((file) => this.read(file)?.includes(name) ?? false);
      this.#mentioning.set(name, paths);
    }
    return paths;
  }

  /** To be told of every change of a text: what was found in texts is found anew where it has to be. */
  settle(changes: readonly Change[], isStructure: boolean): void {
    for (const name of [...this.#mentioning.keys()]) if (isStructure || changes.some((change) => changesMentions(change, name))) this.#mentioning.delete(name);
  }

  kind(path: string): Kind {
    if (this.#open.has(path)) return "file";
    const kind = this.disk.kind(path);
    if (kind !== null) return kind;
    for (const open of this.#open.keys()) if (open.startsWith(`${path}/`)) return "folder";
    return null;
  }

  realPath(path: string): string {
    return this.disk.realPath?.(path) ?? path;
  }

  list(folder: string): readonly string[] {
    const prefix = folder === "" ? "" : `${folder}/`;
    const opened = [...this.#open.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length).split("/")[0] as string);
    return [...new Set([...this.disk.list(folder), ...opened])];
  }

  nixFiles(): readonly string[] {
    if (this.#nixFiles === null) {
      const files = this.disk.nixFiles();
      // A document that was never saved is a file to be; one that the search leaves out on the disk stays left out.
      const unsaved = [...this.#open.keys()].filter((path) => path.endsWith(".nix") && this.disk.kind(path) === null);
      this.#nixFiles = unsaved.length === 0 ? files : [...new Set([...files, ...unsaved])].sort();
    }
    return this.#nixFiles;
  }
}

/**
 * Hands questions on and keeps the answers. What was computed from them holds for as long as the same questions get the
 * same answers, which is how the server knows what a change concerns.
 */
export class RecordingHost implements Host {
  readonly #base: TreeHost;
  readonly #texts = new Map<string, string | null>();
  readonly #names = new Set<string>();
  readonly #kinds = new Map<string, Kind>();
  readonly #lists = new Map<string, string>();
  #nixFiles: readonly string[] | null = null;

  constructor(base: TreeHost) {
    this.#base = base;
  }

  read(path: string): string | null {
    const text = this.#base.read(path);
    this.#texts.set(path, text);
    return text;
  }

  mentioning(path: string): readonly string[] {
    this.#names.add(nameOf(path));
    return this.#base.mentioning(path);
  }

  kind(path: string): Kind {
    const kind = this.#base.kind(path);
    this.#kinds.set(path, kind);
    return kind;
  }

  /** Nothing to keep: it changes only where the text is read anew. */
  realPath(path: string): string {
    return this.#base.realPath(path);
  }

  list(folder: string): readonly string[] {
    const names = this.#base.list(folder);
    this.#lists.set(folder, [...names].sort().join("\0"));
    return names;
  }

  nixFiles(): readonly string[] {
    this.#nixFiles = this.#base.nixFiles();
    return this.#nixFiles;
  }

  /** The paths whose texts were asked for. */
  asked(): Iterable<string> {
    return this.#texts.keys();
  }

  /**
   * Whether all answers still stand.
   * @param isStructure files may have come or gone
   */
  stands(changes: readonly Change[], isStructure: boolean): boolean {
    for (const change of changes) {
      if (this.#texts.has(change.path)) return false;
      for (const name of this.#names) if (changesMentions(change, name)) return false;
    }
    if (!isStructure) return true;
    for (const [path, kind] of this.#kinds) if (this.#base.kind(path) !== kind) return false;
    for (const [path, text] of this.#texts) if ((text === null) !== (this.#base.read(path) === null)) return false;
    for (const [folder, names] of this.#lists) if ([...this.#base.list(folder)].sort().join("\0") !== names) return false;
    const files = this.#base.nixFiles();
    return this.#nixFiles === null || this.#nixFiles === files || (this.#nixFiles.length === files.length && this.#nixFiles.every((path, index) => path === files[index]));
  }
}
