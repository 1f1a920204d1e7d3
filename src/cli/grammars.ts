/** Loads the WebAssembly that stands beside the program: what reads modules, and the scripts in them. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { NixParser } from "../engine/syntax/index.ts";
import { ShellParser } from "../engine/syntax/shell/index.ts";

declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

/**
 * V8 compiles WebAssembly that runs hot a second time, in the background, and does not end before it has done so. A run is
 * over before that pays: it would take twice to four times as long. The first flag stands for the other two, but newer
 * versions only see that at their start.
 */
function compileOnce(): void {
  for (const flag of ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]) setFlagsFromString(flag);
}

function bytes(name: string): Uint8Array {
  return readFileSync(new URL(name, import.meta.url));
}

/** Starts the runtime with the Nix grammar. */
export function loadNixParser(): Promise<NixParser> {
  compileOnce();
  return NixParser.load(bytes("web-tree-sitter.wasm"), bytes("tree-sitter-nix.wasm"));
}

/** Loads the Bash grammar. */
export function loadShellParser(): Promise<ShellParser> {
  compileOnce();
  const grammar = bytes("tree-sitter-bash.wasm");
  // The grammar is only asked for once the runtime stands; V8 shares what it has compiled of the same bytes meanwhile.
  void WebAssembly.compile(grammar).catch(() => undefined);
  return ShellParser.load(bytes("web-tree-sitter.wasm"), grammar);
}
