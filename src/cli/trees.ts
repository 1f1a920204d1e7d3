/** What the commands work on: trees on the disk, or standard input in the place of a file of one. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Host } from "../engine/model/index.ts";
import type { Failure } from "../engine/run/index.ts";
import { COMMANDS, type LintOptions } from "./arguments.ts";
import { decode, markOf } from "./decode.ts";
import { DiskHost, MOST_BYTES } from "./disk-host.ts";
import { readInput } from "./output.ts";
import { reasonOf } from "./reason.ts";
import { OverlayHost } from "./overlay-host.ts";
import { markedRoot } from "./roots.ts";
import { type OpenDisk, resolveTargets } from "./targets.ts";

/** One tree with the files of it that are asked for. */
export interface Tree {
  /** The disk below. */
  readonly disk: DiskHost;
  /** The disk, with standard input over it where that is linted. */
  readonly host: Host;
  /** Root-relative paths, sorted, each once. */
  readonly targets: readonly string[];
  /** Those of them that were named themselves rather than found in a folder. */
  readonly named: ReadonlySet<string>;
  /** Root-relative paths of the folders that were named; the root is the empty path. */
  readonly folders: readonly string[];
  /** Standard input, where that is linted: its text, and the byte order mark that stands before it or nothing. */
  readonly input: { readonly text: string; readonly mark: string } | null;
}

/**
 * The trees that the paths of a command line lead to.
 * @param disk opens a tree
 */
export async function openTrees(options: Pick<LintOptions, "paths" | "stdinFilename">, cwd: string, disk?: OpenDisk): Promise<{ readonly trees: readonly Tree[]; readonly failures: readonly Failure[] }> {
  if (options.paths.includes("-")) return openInput(options.stdinFilename ?? "stdin.nix", cwd);
  const { trees, failures } = await resolveTargets(options.paths, cwd, COMMANDS, disk);
  return { trees: trees.map(({ host, ...asked }) => ({ disk: host, host, ...asked, input: null })), failures };
}

function openInput(name: string, cwd: string): { readonly trees: readonly Tree[]; readonly failures: readonly Failure[] } {
  const failed = (problem: string) => ({ trees: [], failures: [{ path: name, rule: null, message: `Standard input cannot be read: ${problem}.` }] });
  let bytes: Buffer | null;
  try {
    bytes = readInput(MOST_BYTES);
  } catch (error) {
    return failed(reasonOf(error));
  }
  if (bytes === null) return failed(`it is larger than ${MOST_BYTES / 1_000_000} MB`);
  const decoded = decode(bytes);
  if (!("text" in decoded)) return failed(decoded.problem);
  const place = realPlace(resolve(cwd, name));
  const root = markedRoot(dirname(place)) ?? existing(dirname(place));
  const target = relative(root, place);
  const disk = new DiskHost(root, markedRoot(root) === null ? (folder) => `${target}/`.startsWith(`${folder}/`) : undefined);
  return { trees: [{ disk, host: new OverlayHost(disk, target, decoded.text), targets: [target], named: new Set([target]), folders: [], input: { text: decoded.text, mark: markOf(bytes) } }], failures: [] };
}

/** A path with the links of what exists of it followed: the file itself may not be there yet. */
export function realPlace(path: string): string {
  const folder = existing(dirname(path));
  return join(realpathSync.native(folder), relative(folder, path));
}

function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder));
}
