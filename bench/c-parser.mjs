/** Builds the program that parses with the C library (Debian's `libtree-sitter-dev`) and a Nix grammar, where there is what that takes. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOM = resolve(import.meta.dirname, "../build/bench");
/** The grammar of nix-community as npm has it: it is only compiled, never loaded into Node. */
const GRAMMAR = "tree-sitter-nix@0.0.2";

/**
 * The way to parse files on some threads, or why there is none.
 * @param grammar the folder of a grammar's `parser.c` and `scanner.c`; null for the one that npm has
 */
export function cParser(grammar) {
  const sources = grammar === null ? fetched() : resolve(grammar);
  if (sources === null) return { missing: `the grammar (${GRAMMAR}) could not be brought from npm; name a folder with \`--grammar\`` };
  mkdirSync(ROOM, { recursive: true });
  const binary = join(ROOM, "parse");
  const inputs = [join(import.meta.dirname, "c/parse.c"), join(sources, "parser.c"), join(sources, "scanner.c")];
  const { status, error } = spawnSync("cc", ["-O2", "-w", "-I", sources, "-o", binary, ...inputs, "-ltree-sitter", "-lpthread"], { encoding: "utf8" });
  if (status !== 0) return { missing: error === undefined ? "it does not compile here; install `libtree-sitter-dev`" : "there is no `cc`" };
  return {
    /** Milliseconds that parsing alone takes. */
    parse(files, threads) {
      const { status: end, stdout } = spawnSync(binary, [String(threads)], { input: `${files.join("\n")}\n`, encoding: "utf8" });
      if (end !== 0) throw new Error(`the C parser ended with ${end}`);
      return Number(stdout);
    },
  };
}

function fetched() {
  const sources = join(ROOM, "node_modules/tree-sitter-nix/src");
  if (existsSync(sources)) return sources;
  mkdirSync(ROOM, { recursive: true });
  spawnSync("npm", ["install", "--prefix", ROOM, "--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error", "--omit=peer", GRAMMAR], { stdio: "ignore" });
  return existsSync(sources) ? sources : null;
}
