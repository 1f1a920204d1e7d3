/** The only door through which the core sees files, so that a disk, an editor's open documents or a test can stand behind it. */

/**
 * What stands at a path. `link`: one that leads to nothing inside the root, be it out of it, in a circle or nowhere, and is
 * never followed · `closed`: no regular file, or behind a folder that may not be entered · null: nothing.
 */
export type Kind = "file" | "folder" | "link" | "closed" | null;

/**
 * Files of one tree. Every path is relative to the tree's root, normalised, with `/`, never starting with `/` or `..`.
 * An implementation answers only for what is inside the root, following no link that leads out of it.
 */
export interface Host {
  /** The text of a file, without a byte order mark; null where there is none that can be read as UTF-8. */
  read(path: string): string | null;
  /**
   * Those of `nixFiles` whose texts may name a file, from a Host that keeps them: an editor asks again and again, and what it has
   * judged need not be judged anew whenever any other file changes.
   */
  mentioning?(path: string): readonly string[];
  /** What stands at a path. The root itself is `""`. */
  kind(path: string): Kind;
  /** Where a file really stands, for one that is a link to another place inside the root; else, and without this, its own path. */
  realPath?(path: string): string;
  /** The names in a folder, in any order; empty where it cannot be listed. */
  list(folder: string): readonly string[];
  /** Every `.nix` file of the tree that roles may depend on, found when first asked for. */
  nixFiles(): readonly string[];
}
