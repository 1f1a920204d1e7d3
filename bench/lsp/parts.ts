/** What the benchmark takes of the program: the server, the machine, and the parser whose time is the measure. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Language, Parser } from "web-tree-sitter";
import { platformWith } from "../../src/cli/lsp-platform.ts";
import { NixParser } from "../../src/engine/syntax/index.ts";
import { ShellParser } from "../../src/engine/syntax/shell/index.ts";
import type { Platform } from "../../src/lsp/platform.ts";
import { rules } from "../../src/rules/index.ts";

export { StreamMessageReader, StreamMessageWriter, createConnection, createMessageConnection } from "vscode-languageserver/node";
export { Server } from "../../src/lsp/server.ts";

const bytes = (specifier: string): Uint8Array => readFileSync(fileURLToPath(import.meta.resolve(specifier)));
const RUNTIME = "web-tree-sitter/web-tree-sitter.wasm";
const NIX = "tree-sitter-wasm/nix/tree-sitter-nix.wasm";
const BASH = "tree-sitter-wasm/bash/tree-sitter-bash.wasm";

export const platform: Platform = {
  ...platformWith(rules),
  loadNixParser: () => NixParser.load(bytes(RUNTIME), bytes(NIX)),
  loadShellParser: () => ShellParser.load(bytes(RUNTIME), bytes(BASH)),
};

/** Parses a text from scratch with the grammar of the server, and does nothing else. */
export async function parseOnly(): Promise<(text: string) => void> {
  await platform.loadNixParser();
  const parser = new Parser();
  parser.setLanguage(await Language.load(bytes(NIX)));
  return (text) => parser.parse(text)?.delete();
}
