/** Expands globs; built into a file of its own, since globby is a third of the program and hardly ever asked for. */
import { globby } from "globby";

/** The `.nix` files that a glob fits, as absolute paths, sorted. Hidden ones count, links are not followed. */
export async function filesOfGlob(glob: string, cwd: string): Promise<string[]> {
  const found = await globby(glob, { cwd, absolute: true, dot: true, followSymbolicLinks: false, expandDirectories: false });
  return found.filter((path) => path.endsWith(".nix")).sort();
}
