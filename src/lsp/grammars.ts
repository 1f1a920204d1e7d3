/** The grammars of one server: that of Nix is there from the start, that of the shell once it is needed. */
import type { NixParser } from "../engine/syntax/index.ts";
import type { ShellParser } from "../engine/syntax/shell/index.ts";
import type { Platform } from "./platform.ts";

export class Grammars {
  readonly nix: NixParser;
  shell: ShellParser | null = null;
  readonly #platform: Platform;
  #loading: Promise<void> | null = null;

  private constructor(nix: NixParser, platform: Platform) {
    this.nix = nix;
    this.#platform = platform;
  }

  static async load(platform: Platform): Promise<Grammars> {
    return new Grammars(await platform.loadNixParser(), platform);
  }

  /** Loads the shell grammar, once. */
  loadShell(): Promise<void> {
    this.#loading ??= this.#platform.loadShellParser().then((shell) => {
      this.shell = shell;
    });
    return this.#loading;
  }
}
