/** Leads from the files that a module names to these files. */
import type { DocumentLink } from "vscode-languageserver-types";
import type { Host } from "../engine/model/index.ts";
import { isOutside } from "../engine/model/index.ts";
import { referencesOf } from "../engine/run/index.ts";
import type { Span } from "../engine/syntax/index.ts";
import type { View } from "./convert.ts";
import type { OpenDocument } from "./workspace.ts";

/** The links of an open module, each to a file that is in its tree. */
export function linksOf({ tree, path, document }: OpenDocument, view: View): DocumentLink[] {
  const project = tree.project();
  const file = project.file(path);
  // The text that counts may not be what the client shows.
  if (file === null || file.syntax.source.text !== document.getText()) return [];
  const { source } = file.syntax;
  const found = new Map<string, Span & { readonly target: string }>();
  const add = ({ start, end }: Span, target: string | null): void => {
    if (target !== null && !source.text.slice(start, end).includes("\n")) found.set(`${start} ${end}`, { start, end, target });
  };
  const own = project.configuration(path)?.modules.find((module) => module.file === file)?.imports ?? [];
  for (const { at, path: named } of own) if (at?.file === file && named !== null) add(at, fileAt(tree.host, named));
  for (const reference of referencesOf(file)) add(reference, fileAt(tree.host, reference.path));
  return [...found.values()].sort((a, b) => a.start - b.start).map(({ target, ...span }) => ({ range: view.positions.rangeOfSpan(source, span), target: view.uriOf(target) }));
}

/** The file that a path leads to, of a folder its `default.nix`; null where there is none in the tree. */
function fileAt(host: Host, path: string): string | null {
  if (path.startsWith("/") || isOutside(path)) return null;
  const inner = path === "" ? "default.nix" : `${path}/default.nix`;
  const target = host.kind(path) === "folder" ? inner : path;
  return host.kind(target) === "file" ? target : null;
}
