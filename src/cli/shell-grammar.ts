/** Loads the WebAssembly that stands beside the program: what reads the scripts in modules. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { ShellParser } from "../engine/syntax/shell/index.ts";

/**
 * V8 compiles WebAssembly that runs hot a second time, in the background, and does not end before it has done so. A run is
 * over before that pays: with the usual budget it would take three times as long.
 */
function compileOnce(): void {
  setFlagsFromString("--wasm-tiering-budget=1000000000");
}

function bytes(name: string): Uint8Array {
  return readFileSync(new URL(name, import.meta.url));
}

/** Starts the runtime with the Bash grammar. */
export function loadShellParser(): Promise<ShellParser> {
  compileOnce();
  const grammar = bytes("tree-sitter-bash.wasm");
  // The grammar is only asked for once the runtime stands; V8 shares what it has compiled of the same bytes meanwhile.
  void WebAssembly.compile(grammar).catch(() => undefined);
  return ShellParser.load(bytes("web-tree-sitter.wasm"), grammar);
}
