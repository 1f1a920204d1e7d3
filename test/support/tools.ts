/** Finds the programs that single tests use: those of build/tools (`.ci/tools` puts them there), else those of the machine. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";

const TOOLS = resolve(import.meta.dirname, "../../build/tools");

/** The path of a program; null where it is not there, and the test is to be skipped. */
export function toolPath(name: string): string | null {
  const folders = [TOOLS, join(TOOLS, "node_modules/.bin"), ...(process.env["PATH"] ?? "").split(delimiter)];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** A package of build/tools, loaded; null where it is not there, and the test is to be skipped. */
export function toolPackage(name: string): unknown {
  try {
    return createRequire(join(TOOLS, "package.json"))(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}
