/** Reads `.gitignore` files as git does, in bounded time: they come with the tree (git, `gitignore(5)`, "PATTERN FORMAT"). */
import { compileGlob } from "../engine/run/config/glob.ts";

interface Pattern {
  readonly takesBack: boolean;
  readonly foldersOnly: boolean;
  /** Tests the path from the `.gitignore` on, or the name alone where the pattern has no slash. */
  readonly test: (path: string, name: string) => boolean;
}

/** The patterns of one `.gitignore`. */
export class GitIgnore {
  readonly #patterns: readonly Pattern[];

  constructor(text: string) {
    this.#patterns = text.split("\n").flatMap((line) => patternOf(line) ?? []);
  }

  /** Whether a path, relative to the file's folder, is ignored; null where no pattern says anything about it. */
  verdict(path: string, isFolder: boolean): boolean | null {
    const name = path.slice(path.lastIndexOf("/") + 1);
    for (let i = this.#patterns.length - 1; i >= 0; i--) {
      const pattern = this.#patterns[i] as Pattern;
      if ((isFolder || !pattern.foldersOnly) && pattern.test(path, name)) return !pattern.takesBack;
    }
    return null;
  }
}

function patternOf(line: string): Pattern | null {
  let glob = line.replace(/\r$/, "");
  if (glob.startsWith("#")) return null;
  // Blanks at the end do not count unless a backslash stands before them.
  let end = glob.length;
  while (end > 0 && glob[end - 1] === " " && glob[end - 2] !== "\\") end--;
  glob = glob.slice(0, end);
  const takesBack = glob.startsWith("!");
  if (takesBack) glob = glob.slice(1);
  const foldersOnly = glob.endsWith("/");
  if (foldersOnly) glob = glob.slice(0, -1);
  if (glob === "") return null;
  const test = compileGlob(glob.replace(/^\//, ""), false);
  return { takesBack, foldersOnly, test: glob.includes("/") ? (path) => test(path) : (_, name) => test(name) };
}
