/** What is true at one point of a script's execution. */
import type { Span } from "../../syntax/index.ts";
import type { FileFact } from "./facts.ts";
import { either, keyOf, matches, type Text, UNKNOWN } from "./text.ts";

export interface FileState extends Span {
  readonly path: Text;
  mode: number | null;
  secret: boolean;
  how: FileFact["how"];
  members: readonly Text[];
  inClosedFolder: boolean;
}

/** Mutable: branches work on copies that are joined afterwards. */
export class State {
  vars = new Map<string, Text>();
  files = new Map<string, FileState>();
  /** Modes that the script gave to folders. */
  folders = new Map<string, number>();
  umask: number | null = 0o022;
  errexit: boolean | null = false;
  pipefail: boolean | null = false;
  xtrace = false;
  cwd: Text | null = null;
  path: Text | null = null;
  /** The script has ended on this way. */
  ended = false;

  copy(): State {
    const copy = new State();
    copy.vars = new Map(this.vars);
    copy.files = new Map([...this.files].map(([key, file]) => [key, { ...file }]));
    copy.folders = new Map(this.folders);
    copy.umask = this.umask;
    copy.errexit = this.errexit;
    copy.pipefail = this.pipefail;
    copy.xtrace = this.xtrace;
    copy.cwd = this.cwd;
    copy.path = this.path;
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
    // A folder closed on one way only may be open.
    for (const [key, mode] of this.folders) this.folders.set(key, mode | (other.folders.get(key) ?? 0o777));
    if (this.umask !== other.umask) this.umask = this.umask === null || other.umask === null ? null : this.umask & other.umask;
    if (this.errexit !== other.errexit) this.errexit = null;
    if (this.pipefail !== other.pipefail) this.pipefail = null;
    this.xtrace ||= other.xtrace;
    this.cwd = this.cwd !== null && other.cwd !== null && keyOf(this.cwd) === keyOf(other.cwd) ? this.cwd : null;
    if (this.path !== other.path) this.path = this.path === null || other.path === null ? UNKNOWN : either(this.path, other.path);
  }

  /** The files that a word of a command such as `chmod` stands for. */
  filesMatching(target: Text): FileState[] {
    const exact = this.files.get(keyOf(target));
    if (exact !== undefined && !target.glob) return [exact];
    return target.glob ? [...this.files.values()].filter((file) => matches(target, file.path)) : [];
  }

  /** Whether a path is inside a folder that the script closed to group and others. */
  isInClosedFolder(path: Text): boolean {
    const key = keyOf(path);
    for (const [folder, mode] of this.folders) if ((mode & 0o077) === 0 && key.startsWith(`${folder.replace(/\/$/, "")}/`)) return true;
    return false;
  }
}

/** Of two states of one file, the one with which others can read more. */
export function worse(a: FileState, b: FileState): FileState {
  const mode = a.mode === null || b.mode === null ? null : a.mode | b.mode;
  return { ...a, mode, secret: a.secret || b.secret, inClosedFolder: a.inClosedFolder && b.inClosedFolder };
}
