/** The parser that all tests share: the WebAssembly runtime starts once a test file. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { NixParser } from "../../src/engine/syntax/index.ts";
import { ShellParser } from "../../src/engine/syntax/shell/index.ts";

function bytes(specifier: string): Uint8Array {
  return readFileSync(fileURLToPath(import.meta.resolve(specifier)));
}

/** A parser with the Nix grammar, ready for use. */
export const parser: NixParser = await NixParser.load(bytes("web-tree-sitter/web-tree-sitter.wasm"), bytes("tree-sitter-wasm/nix/tree-sitter-nix.wasm"));

/** A parser with the Bash grammar that has read nothing yet: what scripts do is remembered by the parser that read them. */
export function newShell(): Promise<ShellParser> {
  return ShellParser.load(bytes("web-tree-sitter/web-tree-sitter.wasm"), bytes("tree-sitter-wasm/bash/tree-sitter-bash.wasm"));
}

/** A parser with the Bash grammar. */
export const shell: ShellParser = await newShell();
