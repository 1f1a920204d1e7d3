/** Notices that something happens in the folders of watched trees. */
import { type FSWatcher, statSync, watch } from "node:fs";
import { complain } from "./output.ts";

/** Milliseconds without a further event after which a change counts as complete; editors write a file in several steps. */
const QUIET = 60;
/** Milliseconds after which it is looked at though events go on. */
const MOST_DELAY = 1000;
/** Milliseconds between two looks where the system tells of no changes. */
const POLL = 1000;

/**
 * Tells that something happens in some folders. Each is watched by itself: that works on every system and for all ways in which
 * editors save, and an event is only a reason to look.
 */
export class Folders {
  readonly #watchers = new Map<string, { readonly watcher: FSWatcher; readonly id: string }>();
  #isPolled = false;
  #hasSaid = false;
  #ring: (() => void) | null = null;
  #isRung = false;

  /** Watches these folders and no others. */
  follow(folders: ReadonlySet<string>): void {
    for (const [folder, { watcher, id }] of this.#watchers) {
      // One that was removed and made anew is another one.
      if (folders.has(folder) && idOf(folder) === id) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    this.#isPolled = false;
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#open(folder);
  }

  #open(folder: string): void {
    try {
      const id = idOf(folder);
      const isGit = folder.endsWith("/.git");
      const watcher = watch(folder, (_, name) => {
        if (!isGit || name === "HEAD" || name === "index") this.#rung();
      });
      // A folder that goes away is told of by the one above it.
      watcher.on("error", () => this.#lose(folder));
      this.#watchers.set(folder, { watcher, id });
      // Something may have happened in it before it was watched.
      this.#rung();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.#isPolled = true;
      if (code === "ENOENT" || this.#hasSaid) return;
      this.#hasSaid = true;
      complain(`The system cannot tell of changes in so many folders (${code ?? "unknown"}), so they are looked at each second${code === "ENOSPC" ? "; `sysctl fs.inotify.max_user_watches=524288` allows more" : ""}.`);
    }
  }

  #lose(folder: string): void {
    this.#watchers.get(folder)?.watcher.close();
    this.#watchers.delete(folder);
    this.#rung();
  }

  #rung(): void {
    this.#isRung = true;
    this.#ring?.();
  }

  /** Something has happened, and then nothing for a moment. */
  async next(): Promise<void> {
    await this.#event(this.#isPolled ? POLL : null);
    for (const start = performance.now(); performance.now() - start < MOST_DELAY && (await this.#event(QUIET)); );
  }

  /** Whether something happens within some time; forever where that is null. */
  async #event(most: number | null): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    if (!this.#isRung) {
      await new Promise<void>((resolve) => {
        this.#ring = resolve;
        if (most !== null) timer = setTimeout(resolve, most);
      });
    }
    clearTimeout(timer);
    const isRung = this.#isRung;
    this.#isRung = false;
    this.#ring = null;
    return isRung;
  }

  close(): void {
    for (const { watcher } of this.#watchers.values()) watcher.close();
  }
}

function idOf(folder: string): string {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.dev} ${stats.ino}`;
}
