/** What is true at one point of a script's execution. */
import { trimmedEnd } from "../../domain/trim.ts";
import type { Span } from "../../syntax/index.ts";
import type { FileFact, FolderFact } from "./facts.ts";
import { either, isNameless, keyOf, matches, type Text, UNKNOWN } from "./text.ts";

export interface FileState extends Span {
  readonly path: Text;
  mode: number | null;
  /** The mode if the file was not there before the script. */
  ifNew: number | null;
  secret: boolean;
  how: FileFact["how"];
  members: readonly Text[];
  /** Worked out when the script has ended. */
  inClosedFolder: boolean;
}

/** How the names of gaps begin that are like no other. */
export const UNIQUE = "mktemp ";

/** Output that is kept from the journal: in a file, or nowhere that is known. */
export type Diverted = { readonly file: Text } | "null";

/** Mutable: branches work on copies that are joined afterwards. */
export class State {
  vars = new Map<string, Text>();
  files = new Map<string, FileState>();
  /** Modes that the script gave to folders. */
  folders = new Map<string, { readonly path: Text; readonly mode: number }>();
  umask: number | null = 0o022;
  errexit: boolean | null = false;
  pipefail: boolean | null = false;
  /** Where `set -x` stands, while it is in force. */
  xtrace: Span | null = null;
  cwd: Text | null = null;
  path: Text | null = null;
  /** Where `exec > file` has sent the script's own output; null where it goes where it went at first. */
  out: Diverted | null = null;
  err: Diverted | null = null;
  /** The script has ended on this way. */
  ended = false;
  /** Entries looked at so far, on all ways together: what a script costs grows with its branches times its files. */
  #cost = { spent: 0 };

  get cost(): number {
    return this.#cost.spent;
  }

  copy(): State {
    const copy = new State();
    copy.#cost = this.#cost;
    this.#cost.spent += this.files.size + this.vars.size;
    copy.vars = new Map(this.vars);
    copy.files = new Map([...this.files].map(([key, file]) => [key, { ...file }]));
    copy.folders = new Map(this.folders);
    copy.umask = this.umask;
    copy.errexit = this.errexit;
    copy.pipefail = this.pipefail;
    copy.xtrace = this.xtrace;
    copy.cwd = this.cwd;
    copy.path = this.path;
    copy.out = this.out;
    copy.err = this.err;
    copy.ended = this.ended;
    return copy;
  }

  /** Takes over what another way through the script led to; the less favourable of the two counts. */
  join(other: State): void {
    if (other.ended) return;
    if (this.ended) {
      Object.assign(this, other.copy());
      return;
    }
    for (const [name, value] of other.vars) {
      const own = this.vars.get(name);
      this.vars.set(name, own === undefined ? either(value, UNKNOWN) : either(own, value));
    }
    for (const [name, value] of this.vars) if (!other.vars.has(name)) this.vars.set(name, either(value, UNKNOWN));
    for (const [key, file] of other.files) {
      const own = this.files.get(key);
      this.files.set(key, own === undefined ? file : worse(own, file));
    }
    // A folder that only one way gives a mode was there before on the other, in a state that is not known: benefit of the doubt.
    for (const [key, { path, mode }] of other.folders) this.folders.set(key, { path, mode: mode | (this.folders.get(key)?.mode ?? 0) });
    if (this.umask !== other.umask) this.umask = this.umask === null || other.umask === null ? null : this.umask & other.umask;
    if (this.errexit !== other.errexit) this.errexit = null;
    if (this.pipefail !== other.pipefail) this.pipefail = null;
    this.xtrace ??= other.xtrace;
    // What may still go to the journal goes there.
    if (other.out === null) this.out = null;
    if (other.err === null) this.err = null;
    this.cwd = this.cwd !== null && other.cwd !== null && keyOf(this.cwd) === keyOf(other.cwd) ? this.cwd : null;
    if (this.path !== other.path) this.path = this.path === null || other.path === null ? UNKNOWN : either(this.path, other.path);
  }

  /** The files that a word of a command such as `chmod` surely stands for. */
  filesMatching(target: Text): FileState[] {
    const exact = this.files.get(keyOf(target));
    if (exact !== undefined && !target.glob) return [exact];
    return target.glob ? [...this.files.values()].filter((file) => matches(target, file.path)) : [];
  }

  /** The files that a word may stand for, since a part of it or of their own paths is not known. */
  filesPerhaps(target: Text): FileState[] {
    const isOpen = (text: Text): boolean => text.parts.some((part) => typeof part !== "string");
    const isTemporary = isUnique(target);
    const sure = new Set(this.filesMatching(target));
    this.#cost.spent += this.files.size;
    return [...this.files.values()].filter((file) => !sure.has(file) && !(isTemporary && isUnique(file.path)) && ((isOpen(target) && matches(target, file.path)) || (isOpen(file.path) && matches(file.path, target))));
  }

  /** Whether a file holds key material that the script has put there. */
  holdsSecret(path: Text): boolean {
    return !isNameless(path) && (this.files.get(keyOf(path))?.secret ?? false);
  }

  /** Whether a path is inside a folder that the script closed to group and others. */
  isInClosedFolder(path: Text): boolean {
    const key = keyOf(path);
    for (const [folder, { mode }] of this.folders) if ((mode & 0o077) === 0 && key.startsWith(`${folder}/`)) return true;
    return false;
  }

  /** Gives a folder a mode. */
  setFolder(path: Text, mode: number): void {
    this.folders.set(folderKey(path), { path: withoutSlash(path), mode });
  }

  fileAt(path: Text): FileState | null {
    return isNameless(path) ? null : (this.files.get(keyOf(path)) ?? null);
  }

  add(file: FileState): void {
    this.files.set(keyOf(file.path), file);
  }

  remove(path: Text): void {
    this.files.delete(keyOf(path));
  }

  /** Takes away what a word of `rm` stands for: files, or folders with what is in them. */
  removeAll(target: Text): void {
    const folder = `${folderKey(target)}/`;
    for (const file of this.filesMatching(target)) this.remove(file.path);
    for (const [key, file] of this.files) if (key.startsWith(folder)) this.remove(file.path);
  }

  /** Changes the modes of what a word of `chmod` stands for: files of the script, else a folder. */
  changeMode(target: Text, recursive: boolean, change: (old: number | null) => number | null): void {
    const sure = this.filesMatching(target);
    for (const file of sure) {
      file.mode = change(file.mode);
      file.ifNew = change(file.ifNew);
    }
    // Where it may be this file or another one, it may be restricted and may not.
    for (const file of this.filesPerhaps(target)) file.mode = null;
    if (target.glob || (sure.length > 0 && !recursive)) return;
    const folder = folderKey(target);
    const inside = [...this.files].flatMap(([key, file]) => (key.startsWith(`${folder}/`) ? [file] : []));
    const bits = change(this.folders.get(folder)?.mode ?? null);
    if (bits !== null) this.folders.set(folder, { path: withoutSlash(target), mode: bits });
    if (recursive) {
      for (const file of inside) {
        file.mode = change(file.mode);
        file.ifNew = change(file.ifNew);
      }
    }
  }
}

/** The name of a folder's path, without the slash at its end. */
function folderKey(path: Text): string {
  return keyOf(withoutSlash(path));
}

function withoutSlash(path: Text): Text {
  const last = path.parts[path.parts.length - 1];
  if (typeof last !== "string" || !/[^/]\/+$/.test(last.slice(-50))) return path;
  return { ...path, parts: [...path.parts.slice(0, -1), trimmedEnd(last, "/")] };
}

/** Whether `mktemp` has made a path, so that it is no other one. */
function isUnique({ parts }: Text): boolean {
  return parts.some((part) => typeof part !== "string" && part.id?.startsWith(UNIQUE) === true);
}

/** Of two states of one file, the one with which others can read more. */
export function worse(a: FileState, b: FileState): FileState {
  const either = (one: number | null, other: number | null): number | null => (one === null || other === null ? null : one | other);
  return { ...a, mode: either(a.mode, b.mode), ifNew: either(a.ifNew, b.ifNew), secret: a.secret || b.secret, inClosedFolder: a.inClosedFolder && b.inClosedFolder };
}

/** The files with which a script ends, on the worst of its ways each. */
export function filesAtEnd(endings: readonly State[]): FileFact[] {
  const all = new Map<string, FileState>();
  for (const state of endings) {
    for (const [key, file] of state.files) {
      file.inClosedFolder = state.isInClosedFolder(file.path);
      const other = all.get(key);
      all.set(key, other === undefined ? file : worse(other, file));
    }
  }
  return [...all.values()].sort((a, b) => a.start - b.start);
}

/** The folders to which a script has given modes, with all that any way through it lets others do. */
export function foldersAtEnd(endings: readonly State[]): FolderFact[] {
  const all = new Map<string, FolderFact>();
  for (const { folders } of endings) for (const [key, { path, mode }] of folders) all.set(key, { path, mode: mode | (all.get(key)?.mode ?? 0) });
  return [...all.values()];
}
