/** The texts that mutation starts from: every fixture and example. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { unmark } from "../support/marked.ts";

/** All `.nix` files below the given folders, without the marks of expectations, in the order of their paths. */
export function corpus(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".nix"))
      .sort()
      .map((name) => unmark(readFileSync(join(folder, name), "utf8")).text),
  );
}
