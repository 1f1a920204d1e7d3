/** Loads the WebAssembly that stands beside the program: what reads modules, and the scripts in them. */
import { readFileSync } from "node:fs";
import { NixParser } from "../engine/syntax/index.ts";
import { ShellParser } from "../engine/syntax/shell/index.ts";

declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

function bytes(name: string): Buffer {
  return readFileSync(new URL(name, import.meta.url));
}

let nix: Promise<NixParser> | null = null;
let bash: Promise<ShellParser> | null = null;

/** Starts the runtime with the Nix grammar, once: what it has loaded it never lets go. */
export function loadNixParser(): Promise<NixParser> {
  nix ??= NixParser.load(bytes("web-tree-sitter.wasm"), bytes("tree-sitter-nix.wasm"));
  return nix;
}

let shellGrammar: Buffer | null = null;

/**
 * Has the Bash grammar compiled beside whatever is done until it is loaded: V8 shares what it has compiled of the same bytes.
 * Called when it is likely that a module holds scripts; that is known for certain only once it has been read.
 */
export function compileShellGrammar(): void {
  if (shellGrammar !== null) return;
  shellGrammar = bytes("tree-sitter-bash.wasm");
  void WebAssembly.compile(shellGrammar).catch(() => undefined);
}

/** Loads the Bash grammar, once. */
export function loadShellParser(): Promise<ShellParser> {
  compileShellGrammar();
  bash ??= ShellParser.load(bytes("web-tree-sitter.wasm"), shellGrammar as Buffer);
  return bash;
}
