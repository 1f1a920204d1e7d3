/** What the language server needs from the machine it runs on; the command line hands it in, so that neither room sees the other. */
import type { Host } from "../engine/model/index.ts";
import type { Rule, RunResult } from "../engine/run/index.ts";
import type { NixParser } from "../engine/syntax/index.ts";
import type { ShellParser } from "../engine/syntax/shell/index.ts";

/** The files of one tree as they are on the disk. */
export interface Disk extends Host {
  /** The tree's root: an absolute path without links. */
  readonly root: string;
  /** Why a file cannot be read, without a full stop; null where it can. */
  problem(path: string): string | null;
  /** Looks again at a path when next asked; `isStructure` where files may have come or gone. */
  forget(path: string, isStructure: boolean): void;
}

/** Where a file belongs. */
export interface Location {
  /** The root of its tree, absolute. */
  readonly root: string;
  /** Relative to the root. */
  readonly path: string;
  /** Nothing marks the root as one: it may be any folder, such as a home, and is not searched beyond the file's own folder. */
  readonly isNarrow: boolean;
}

/** The machine. */
export interface Platform {
  readonly tool: RunResult["tool"];
  /** What is judged by, beside what configurations require. */
  readonly rules: readonly Rule[];
  /**
   * The tree of a file: that of the command line, for the same file.
   * @param file an absolute path; nothing need be there yet
   * @param folders the client's workspace folders, absolute: the roots of what has no mark of its own
   */
  locate(file: string, folders: readonly string[]): Location;
  openDisk(location: Location): Disk;
  loadNixParser(): Promise<NixParser>;
  loadShellParser(): Promise<ShellParser>;
}
