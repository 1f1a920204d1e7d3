/** The machine as the language server needs it: the same trees, files and grammars as for the other commands. */
import { realpathSync } from "node:fs";
import { dirname, relative } from "node:path";
import type { Rule } from "../engine/run/index.ts";
import type { Platform } from "../lsp/platform.ts";
import { DiskHost } from "./disk-host.ts";
import { loadNixParser, loadShellParser } from "./grammars.ts";
import { isInside, markedRoot } from "./roots.ts";
import { realPlace } from "./trees.ts";
import { TOOL } from "./version.ts";

/** The machine, with the rules that there are. */
export const platformWith = (rules: readonly Rule[]): Platform => ({
  tool: TOOL,
  rules,
  loadNixParser,
  loadShellParser,
  locate(file, folders) {
    const place = realPlace(file);
    const marked = markedRoot(dirname(place));
    const folder = marked === null ? folders.map(real).find((candidate) => isInside(place, candidate)) : undefined;
    const root = marked ?? folder ?? dirname(place);
    return { root, path: relative(root, place), isNarrow: marked === null && folder === undefined };
  },
  openDisk({ root, path, isNarrow }) {
    return new DiskHost(root, isNarrow ? (folder) => `${path}/`.startsWith(`${folder}/`) : undefined);
  },
});

function real(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}
