/** Puts one text over a tree on the disk: standard input under its name, or a configuration from elsewhere. */
import type { Host, Kind } from "../engine/model/index.ts";

/** A Host that answers for one path itself and hands everything else on. */
export class OverlayHost implements Host {
  readonly #base: Host;
  readonly #path: string;
  readonly #text: string;

  constructor(base: Host, path: string, text: string) {
    this.#base = base;
    this.#path = path;
    this.#text = text;
  }

  read(path: string): string | null {
    return path === this.#path ? this.#text : this.#base.read(path);
  }

  kind(path: string): Kind {
    if (path === this.#path) return "file";
    return this.#path.startsWith(`${path}/`) ? "folder" : this.#base.kind(path);
  }

  realPath(path: string): string {
    return path === this.#path ? path : (this.#base.realPath?.(path) ?? path);
  }

  list(folder: string): readonly string[] {
    const names = this.#base.list(folder);
    const prefix = folder === "" ? "" : `${folder}/`;
    const name = this.#path.startsWith(prefix) ? (this.#path.slice(prefix.length).split("/")[0] as string) : null;
    return name === null || names.includes(name) ? names : [...names, name];
  }

  nixFiles(): readonly string[] {
    const files = this.#base.nixFiles();
    return files.includes(this.#path) || !this.#path.endsWith(".nix") ? files : [...files, this.#path].sort();
  }
}
