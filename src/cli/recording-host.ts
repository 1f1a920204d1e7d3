/** Keeps what a judgement asked of a tree, to see later whether it still holds. */
import type { Host, Kind } from "../engine/model/index.ts";

/** Hands questions on and keeps the answers: what was computed from them holds for as long as they stay the same. */
export class RecordingHost implements Host {
  readonly #base: Host;
  readonly #texts = new Map<string, string | null>();
  readonly #kinds = new Map<string, Kind>();

  constructor(base: Host) {
    this.#base = base;
  }

  read(path: string): string | null {
    const text = this.#base.read(path);
    this.#texts.set(path, text);
    return text;
  }

  kind(path: string): Kind {
    const kind = this.#base.kind(path);
    this.#kinds.set(path, kind);
    return kind;
  }

  realPath(path: string): string {
    return this.#base.realPath?.(path) ?? path;
  }

  list(folder: string): readonly string[] {
    return this.#base.list(folder);
  }

  /** Which files these are is what makes a group. */
  nixFiles(): readonly string[] {
    return this.#base.nixFiles();
  }

  mentioning(path: string): readonly string[] {
    return this.#base.mentioning?.(path) ?? [];
  }

  /** Whether anything that was asked for is not there. */
  missesAny(): boolean {
    return [...this.#texts.values(), ...this.#kinds.values()].includes(null);
  }

  knows(path: string): boolean {
    return this.#texts.has(path) || this.#kinds.has(path);
  }

  /** Whether all answers are the same as ever. */
  stands(host: Host): boolean {
    for (const [path, text] of this.#texts) if (host.read(path) !== text) return false;
    for (const [path, kind] of this.#kinds) if (host.kind(path) !== kind) return false;
    return true;
  }
}
