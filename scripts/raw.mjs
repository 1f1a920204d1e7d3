/** Lets esbuild take `file?raw` as the text of the file, as vite does in the tests. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export const raw = {
  name: "raw",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path.slice(0, -"?raw".length)), namespace: "raw" }));
    onLoad({ filter: /^/, namespace: "raw" }, async ({ path }) => ({ contents: await readFile(path, "utf8"), loader: "text" }));
  },
};
