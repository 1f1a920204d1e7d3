/** What the client has open, and the trees that it stands in. */
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { CONFIG_NAME } from "../engine/run/config/name.ts";
import { SourceText } from "../engine/syntax/index.ts";
import type { Grammars } from "./grammars.ts";
import type { Platform } from "./platform.ts";
import type { Positions } from "./positions.ts";
import { Tree } from "./tree.ts";

/** A place in a tree. */
export interface Place {
  readonly tree: Tree;
  /** Relative to the tree's root. */
  readonly path: string;
}

/** An open document. */
export interface OpenDocument extends Place {
  readonly uri: string;
  readonly document: TextDocument;
}

/** Files that the server hangs on, as glob patterns: modules, what stands beside them, configurations and locks. */
export const WATCHED = ["**/*.nix", "**/*.json", "**/flake.lock"] as const;

export function isModule(path: string): boolean {
  return path.endsWith(".nix");
}

export function isConfiguration(path: string): boolean {
  return path === CONFIG_NAME || path.endsWith(`/${CONFIG_NAME}`);
}

/** The folders, trees and documents of one client. */
export class Workspace {
  readonly #platform: Platform;
  readonly #grammars: Grammars;
  readonly #positions: Positions;
  #folders: readonly string[] = [];
  #configuration: string | null = null;
  readonly #trees = new Map<string, Tree>();
  readonly #documents = new Map<string, OpenDocument>();

  constructor(platform: Platform, grammars: Grammars, positions: Positions) {
    this.#platform = platform;
    this.#grammars = grammars;
    this.#positions = positions;
  }

  get documents(): Iterable<OpenDocument> {
    return this.#documents.values();
  }

  get trees(): Iterable<Tree> {
    return this.#trees.values();
  }

  document(uri: string): OpenDocument | null {
    return this.#documents.get(uri) ?? null;
  }

  /** Takes the workspace folders, absolute, and a configuration for all files: everything is placed anew. */
  arrange(folders: readonly string[], configuration: string | null): void {
    this.#folders = folders;
    this.#configuration = configuration;
    this.#trees.clear();
    for (const { uri, document } of [...this.#documents.values()]) this.#place(uri, document);
  }

  open({ uri, languageId, version, text }: TextDocumentItem): void {
    this.#place(uri, TextDocument.create(uri, languageId, version, text));
  }

  #place(uri: string, document: TextDocument): void {
    const place = this.placeOf(uri);
    if (place === null) return;
    this.#documents.set(uri, { ...place, uri, document });
    place.tree.lay(place.path, textOf(document));
  }

  /** Applies changes one after the other; `isJudged` says whether the new text counts already. */
  change(uri: string, changes: readonly TextDocumentContentChangeEvent[], version: number, isJudged: boolean): void {
    const open = this.#documents.get(uri);
    if (open === undefined) return;
    for (const change of changes) {
      const source = "range" in change ? new SourceText(open.document.getText()) : null;
      const at = (position: { line: number; character: number }) => ({ line: position.line, character: source === null ? 0 : this.#positions.column(source, position.line + 1, position.character) });
      TextDocument.update(open.document, ["range" in change ? { text: change.text, range: { start: at(change.range.start), end: at(change.range.end) } } : change], version);
    }
    if (isJudged) open.tree.lay(open.path, textOf(open.document));
  }

  /** What is on the disk is what the document has now. */
  save(uri: string): void {
    const open = this.#documents.get(uri);
    if (open === undefined) return;
    open.tree.changed([open.path], open.tree.host.disk.kind(open.path) === null);
    open.tree.lay(open.path, textOf(open.document));
  }

  close(uri: string): void {
    const open = this.#documents.get(uri);
    if (open === undefined) return;
    this.#documents.delete(uri);
    open.tree.lay(open.path, null);
  }

  /** Files have changed on the disk. */
  changed(events: readonly { readonly uri: string; readonly isStructure: boolean }[]): void {
    const byTree = new Map<Tree, { paths: string[]; isStructure: boolean }>();
    for (const { uri, isStructure } of events) {
      const file = fileOf(uri);
      if (file === null) continue;
      for (const tree of this.#trees.values()) {
        const path = inside(tree.root, file);
        if (path === null) continue;
        const group = byTree.get(tree) ?? { paths: [], isStructure: false };
        group.paths.push(path);
        group.isStructure ||= isStructure;
        byTree.set(tree, group);
      }
    }
    for (const [tree, { paths, isStructure }] of byTree) tree.changed(paths, isStructure);
  }

  /** For clients that tell nothing of the disk. */
  refresh(): void {
    for (const tree of this.#trees.values()) tree.refresh();
  }

  /** Where a document stands, open or not; null for what is no file. */
  placeOf(uri: string): Place | null {
    const open = this.#documents.get(uri);
    if (open !== undefined && this.#trees.get(open.tree.root) === open.tree) return open;
    const file = fileOf(uri);
    if (file === null) return null;
    return this.#placeOfFile(file);
  }

  #placeOfFile(file: string): Place {
    const location = this.#platform.locate(file, this.#folders);
    let tree = this.#trees.get(location.root);
    if (tree === undefined) {
      tree = new Tree(this.#platform.openDisk(location), this.#grammars, this.#platform);
      this.#configure(tree);
      this.#trees.set(location.root, tree);
    }
    return { tree, path: location.path };
  }

  /** The trees of the workspace folders, each with the part of it that the folders hold. */
  folderTrees(): { readonly tree: Tree; readonly isInside: (path: string) => boolean }[] {
    const found = new Map<Tree, string[]>();
    for (const folder of this.#folders) {
      const { tree, path } = this.#placeOfFile(`${folder}/${CONFIG_NAME}`);
      found.set(tree, [...(found.get(tree) ?? []), dirname(path) === "." ? "" : `${dirname(path)}/`]);
    }
    return [...found].map(([tree, prefixes]) => ({ tree, isInside: (path) => prefixes.some((prefix) => path.startsWith(prefix)) }));
  }

  #configure(tree: Tree): void {
    if (this.#configuration === null) return;
    const location = this.#platform.locate(this.#configuration, this.#folders);
    tree.configure({ disk: location.root === tree.root ? tree.host.disk : this.#platform.openDisk(location), path: location.path });
  }

  /** The URI of a file of a tree, as the client wrote it where it has the file open. */
  uriOf(tree: Tree, path: string): string {
    for (const open of this.#documents.values()) if (open.tree === tree && open.path === path) return open.uri;
    return pathToFileURL(`${tree.root}/${path}`).href;
  }
}

/** The text without a byte order mark, as everything else reads files. */
function textOf(document: TextDocument): string {
  const text = document.getText();
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** The absolute path of a URI; null for what is no file of this machine. */
export function fileOf(uri: string): string | null {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}

function inside(root: string, file: string): string | null {
  const prefix = root.endsWith("/") ? root : `${root}/`;
  return file.startsWith(prefix) ? file.slice(prefix.length) : null;
}
