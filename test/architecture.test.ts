/** Holds the shape of the source: which room may import which, and that every file says why it exists. */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

/** Rooms from the most to the least specific path, with the rooms that each may import. */
const ROOMS: readonly (readonly [string, readonly string[]])[] = [
  ["src/engine/domain", []],
  ["src/engine/syntax", []],
  ["src/engine/model", ["src/engine/domain", "src/engine/syntax"]],
  ["src/engine/run", ["src/engine/domain", "src/engine/syntax", "src/engine/model"]],
  ["src/rules", ["src/engine/domain", "src/engine/syntax", "src/engine/model", "src/engine/run"]],
  ["src/report", ["src/engine/run"]],
  ["src/cli", ["src/engine/domain", "src/engine/syntax", "src/engine/model", "src/engine/run", "src/rules", "src/report"]],
  ["src/lsp", ["src/engine/domain", "src/engine/syntax", "src/engine/model", "src/engine/run", "src/rules", "src/report"]],
];

/** The command line starts the language server and hands it the machine: these two imports and no others lead from one to the other. */
const HANDS_OVER: ReadonlySet<string> = new Set(["src/cli/main.ts -> src/lsp/start.ts", "src/cli/lsp-platform.ts -> src/lsp/platform.ts"]);

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? sources(path) : entry.name.endsWith(".ts") ? [path] : [];
  });
}

const files = sources("src");
const roomOf = (path: string): string | undefined => ROOMS.map(([room]) => room).find((room) => path.startsWith(`${room}/`));
const importsOf = (path: string): string[] => [...readFileSync(join(ROOT, path), "utf8").matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] as string);

describe("the source", () => {
  it("is found", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((path) => roomOf(path) === undefined)).toEqual([]);
  });

  it("imports only in the allowed direction", () => {
    const bad = files.flatMap((path) => {
      const room = roomOf(path) as string;
      const allowed = ROOMS.find(([name]) => name === room)?.[1] ?? [];
      return importsOf(path)
        .filter((target) => target.startsWith("."))
        .map((target) => relative(ROOT, resolve(ROOT, dirname(path), target)))
        .filter((target) => roomOf(target) !== room && !allowed.includes(roomOf(target) ?? "") && !HANDS_OVER.has(`${path} -> ${target}`))
        .map((target) => `${path} -> ${target}`);
    });
    expect(bad).toEqual([]);
  });

  it("lets no rule see another rule", () => {
    const bad = files
      // The lists of rules, those of this program and those of a project, are no rules.
      .filter((path) => path.startsWith("src/rules/") && path !== "src/rules/index.ts" && path !== "src/rules/own.ts")
      .flatMap((path) =>
        importsOf(path)
          .filter((target) => target.startsWith("."))
          .map((target) => relative(ROOT, resolve(ROOT, dirname(path), target)))
          .filter((target) => target.startsWith("src/rules/") && !target.startsWith("src/rules/vocabulary/"))
          .map((target) => `${path} -> ${target}`),
      );
    expect(bad).toEqual([]);
  });

  it("keeps Node out of the engine and the rules", () => {
// Globals such as `process` cannot even be named there: the compiler gets no types for them.
    const bad = files.filter((path) => /^src\/(?:engine|rules)\//.test(path) && importsOf(path).some((target) => target.startsWith("node:")));
    expect(bad).toEqual([]);
  });

  it("keeps tree-sitter in the syntax room", () => {
    expect(files.filter((path) => !path.startsWith("src/engine/syntax/") && importsOf(path).includes("web-tree-sitter"))).toEqual([]);
  });

  it("opens every file with a sentence that says why it exists", () => {
    expect(files.filter((path) => !/^(?:#!.*\n)?\/\*\*[^]{20,}?\*\//.test(readFileSync(join(ROOT, path), "utf8")))).toEqual([]);
  });
});
