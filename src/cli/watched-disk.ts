/** A tree on the disk whose answers are asked for again when something has changed there. */
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Kind } from "../engine/model/index.ts";
import { CONFIG_NAME } from "../engine/run/config/name.ts";
import { DiskHost } from "./disk-host.ts";
import { walk } from "./walk.ts";

/** What has happened to a file. */
export interface Change {
  /** Absolute. */
  readonly path: string;
  readonly what: "changed" | "new" | "gone";
}

/** A tree on the disk that knows which of its answers no longer hold. */
export class WatchedDisk extends DiskHost {
  readonly #looksInto: ((folder: string) => boolean) | undefined;
  /** What everything that was asked for was like, before it was read. */
  readonly #stamps = new Map<string, string>();
  #nix: readonly string[] = [];
  #folders: readonly string[] = [];

  constructor(root: string, looksInto?: (folder: string) => boolean) {
    super(root, looksInto);
    this.#looksInto = looksInto;
    this.#walk();
  }

  override read(path: string): string | null {
    this.#stamp(path);
    return super.read(path);
  }

  override kind(path: string): Kind {
    this.#stamp(path);
    return super.kind(path);
  }

  #stamp(path: string): void {
    if (!this.#stamps.has(path)) this.#stamps.set(path, stampOf(join(this.root, path)));
  }

  #walk(): void {
    const folders = [""];
    const enters = (folder: string): boolean => {
      const isEntered = this.#looksInto?.(folder) ?? true;
      if (isEntered) folders.push(folder);
      return isEntered;
    };
    this.#nix = walk(this.root, CONFIG_NAME, enters).nixFiles;
    this.#folders = folders;
  }

  /** The folders that were looked into, absolute. */
  folders(): string[] {
    return this.#folders.map((folder) => join(this.root, folder));
  }

  /**
   * Looks at the disk again.
   * @param isJudged whether a judgement read a file: what else was read decides how files are judged
   */
  refresh(isJudged: (path: string) => boolean): { readonly changed: readonly Change[]; readonly isSettings: boolean } {
    const changed = new Map<string, Change["what"]>();
    for (const [path, before] of this.#stamps) {
      const after = stampOf(join(this.root, path));
      if (after === before) continue;
      this.#stamps.set(path, after);
      changed.set(path, whatOf(before, after));
    }
    const before = new Set(this.#nix);
    this.#walk();
    for (const path of this.#nix) if (!before.delete(path) && !changed.has(path)) changed.set(path, "new");
    for (const path of before) if (!changed.has(path)) changed.set(path, "gone");
    for (const path of changed.keys()) this.forget(path, true);
    const isSettings = [...changed.keys()].some((path) => path.endsWith(CONFIG_NAME) || (!path.endsWith(".nix") && !isJudged(path)));
    return { changed: [...changed].map(([path, what]) => ({ path: join(this.root, path), what })), isSettings };
  }
}

/** What tells one state of a file from another; empty where nothing is there. */
export function stampOf(path: string): string {
  try {
    const stats = statSync(path);
    // What stands in a folder is looked for by itself.
    return stats.isDirectory() ? "folder" : `${stats.ctimeMs} ${stats.size} ${stats.ino}`;
  } catch {
    return "";
  }
}

export function whatOf(before: string, after: string): Change["what"] {
  return before === "" ? "new" : after === "" ? "gone" : "changed";
}
