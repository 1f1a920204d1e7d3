/** Texts that are not written yet, laid over the files of a tree. */
import type { Host, Kind } from "../../model/index.ts";

/** A Host in which some files, all of which exist below, have other texts. */
export class TextOverlay implements Host {
  readonly #base: Host;
  readonly #texts: ReadonlyMap<string, string>;

  constructor(base: Host, texts: ReadonlyMap<string, string>) {
    this.#base = base;
    this.#texts = texts;
  }

  read(path: string): string | null {
    return this.#texts.get(path) ?? this.#base.read(path);
  }

  kind(path: string): Kind {
    return this.#base.kind(path);
  }

  realPath(path: string): string {
    return this.#base.realPath?.(path) ?? path;
  }

  list(folder: string): readonly string[] {
    return this.#base.list(folder);
  }

  nixFiles(): readonly string[] {
    return this.#base.nixFiles();
  }
}
