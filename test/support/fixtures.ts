/** Reads fixtures: modules that carry their expectations in comments (see `test/rules/fixtures.test.ts`). */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The folder that holds a folder of cases for each rule. */
export const FIXTURES = new URL("../fixtures/", import.meta.url).pathname;

/** A case's texts by path, still marked: one module, or a folder with a small tree. */
export function readCase(path: string, name: string): Record<string, string> {
  return statSync(path).isDirectory() ? readTree(path) : { [name]: readFileSync(path, "utf8") };
}

function readTree(folder: string, prefix = ""): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) Object.assign(files, readTree(path, `${prefix}${name}/`));
    else files[prefix + name] = readFileSync(path, "utf8");
  }
  return files;
}

/** What the comment lines `# key: …` of a text say, in their order. */
export function comments(text: string, key: string): string[] {
  return [...text.matchAll(new RegExp(`^\\s*# ${key}: (.*)$`, "gm"))].map((match) => match[1] as string);
}
