/** Trees read out of WebAssembly's memory are node for node those that the library gives, also with errors in them. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Language, type Node, Parser, type Tree } from "web-tree-sitter";
import { type Memory, type MemoryNode, TreeReader } from "../../../src/engine/syntax/tree-memory.ts";

const bytes = (specifier: string): Buffer => readFileSync(fileURLToPath(import.meta.resolve(specifier)));

declare const WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: object; module: object }> };

let memory: Memory | undefined;
await Parser.init({
  instantiateWasm(imports: { env: { memory: Memory } }, done: (instance: object, module: object) => void) {
    memory = imports.env.memory;
    void WebAssembly.instantiate(bytes("web-tree-sitter/web-tree-sitter.wasm"), imports).then(({ instance, module }) => done(instance, module));
    return {};
  },
} as object);

interface Plain {
  readonly node: string;
  readonly children: readonly Plain[];
}

function ofLibrary(node: Node, field: string | null): Plain {
  const children = node.children.map((child, index) => ofLibrary(child, node.fieldNameForChild(index)));
  return { node: [node.type, node.startIndex, node.endIndex, node.isNamed, node.isMissing, node.hasError, field].join(" "), children };
}

function ofMemory(node: MemoryNode): Plain {
  return { node: [node.type, node.startIndex, node.endIndex, node.isNamed, node.isMissing, node.hasError, node.field].join(" "), children: node.children.map(ofMemory) };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : path.endsWith(".nix") ? [path] : [];
  });
}

const modules = filesBelow(fileURLToPath(new URL("../../fixtures", import.meta.url)));
const scripts = [
  'set -euo pipefail\nKEY="sk-$(openssl rand -hex 32)"\ncat > /etc/x <<EOF\nA=$KEY ${B:-c}\nEOF\n',
  "for f in a *.b; do [ -f \"$f\" ] && chmod 600 $f || true; done\ncase $x in a|b) c ;; *) d;; esac\n",
  "x() { local y=1; ( cd /; tar -cz . ) > out 2>&1 & }\nif ! grep -q a b; then exit 1; elif [[ -n $z ]]; then :; else y; fi\n",
];

for (const [name, texts] of [
  ["nix", modules.map((path) => readFileSync(path, "utf8"))],
  ["bash", scripts],
] as const) {
  const language = await Language.load(bytes(`tree-sitter-wasm/${name}/tree-sitter-${name}.wasm`));
  const parser = new Parser();
  parser.setLanguage(language);
  const reader = new TreeReader(memory as Memory, language);
  const check = (text: string): void => {
    const tree = parser.parse(text) as Tree;
    try {
      expect(ofMemory(reader.root(tree, text))).toEqual(ofLibrary(tree.rootNode, null));
    } finally {
      tree.delete();
    }
  };

  describe(`a ${name} tree`, () => {
    it("is the library's for whole files", () => {
      expect(texts.length).toBeGreaterThan(2);
      for (const text of texts) check(text);
    });

    it("is the library's for files with a piece missing", () => {
      fc.assert(
        fc.property(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 20 }), (text, where, length) => {
          const from = Math.floor(where * text.length);
          check(text.slice(0, from) + text.slice(from + length));
        }),
        { numRuns: 150, seed: 7 },
      );
    });

    it("is the library's for any text", () => {
      fc.assert(
        fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => check(text)),
        { numRuns: 200, seed: 7 },
      );
    });
  });
}
