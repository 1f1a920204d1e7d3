/** Loads the model from its TypeScript source and opens trees with it. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A Host over a folder that nothing changes meanwhile. */
function diskHost(folder) {
  const real = realpathSync(folder);
  const inside = (path) => {
    try {
      const target = realpathSync(join(real, path));
      return target === real || target.startsWith(real + sep) ? target : null;
    } catch {
      return null;
    }
  };
  return {
    read: (path) => {
      const target = inside(path);
      return target !== null && statSync(target).isFile() ? readFileSync(target, "utf8") : null;
    },
    kind: (path) => {
      const target = inside(path);
      if (target === null) return null;
      return statSync(target).isFile() ? "file" : "folder";
    },
    list: (path) => (inside(path) === null ? [] : readdirSync(inside(path))),
    nixFiles: () => readdirSync(real, { recursive: true }).filter((path) => path.endsWith(".nix")),
  };
}

/** Bundles the model into `folder` and gives the functions that the judge needs of it. */
export async function loadModel(folder) {
  const outfile = join(folder, "model.mjs");
  await build({
    stdin: { contents: 'export { Project } from "./src/engine/model/project.ts"; export { optionView } from "./src/engine/model/view.ts"; export { parsePath, showPath } from "./src/engine/model/configuration.ts"; export { NixParser } from "./src/engine/syntax/index.ts"; export { isLibName } from "./src/engine/model/builtins/lib-names.ts"; export { SET_OPTIONS } from "./src/engine/model/nixos.ts";', resolveDir: root, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: { "web-tree-sitter": join(root, "node_modules/web-tree-sitter/web-tree-sitter.js") },
    banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
    logLevel: "error",
  });
  const { NixParser, Project, optionView, showPath, parsePath, isLibName, SET_OPTIONS } = await import(pathToFileURL(outfile).href);
  const parser = await NixParser.load(
    readFileSync(join(root, "node_modules/web-tree-sitter/web-tree-sitter.wasm")),
    readFileSync(join(root, "node_modules/tree-sitter-wasm/out/nix/tree-sitter-nix.wasm")),
  );
  return {
    isLibName,
    setOptions: SET_OPTIONS,
    open: (tree) => new Project(diskHost(tree), parser),
    /** Modules take any arguments or none; packages name theirs. */
    isModule(project, path) {
      const file = project.file(path);
      if (file === null || file.syntax.errors.length > 0) return false;
      const value = project.value(file);
      return value.t === "lambda" ? value.expr.formals?.open === true : value.t === "attrs";
    },
    answers(project, path) {
      const configuration = project.configuration(path);
      const view = optionView(configuration);
      for (const [name, entry] of Object.entries(view)) view[name] = { ...entry, path: parsePath(name) };
      return { configuration, view, showPath };
    },
  };
}
