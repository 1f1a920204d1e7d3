/** The Host for a disk: answers for one tree and never for anything outside it, whatever links and odd files stand in it. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, readdirSync, realpathSync, statSync } from "node:fs";
import { relative } from "node:path";
import type { Host, Kind } from "../engine/model/index.ts";
import { CONFIG_NAME } from "../engine/run/config/name.ts";
import { Mentions, type NamedFiles } from "../engine/run/mentions.ts";
import { decode } from "./decode.ts";
import { reasonOf } from "./reason.ts";
import { type Walked, walk } from "./walk.ts";

/** Larger files are no modules; reading them would only use up the machine. */
export const MOST_BYTES = 20_000_000;

interface Read {
  readonly text: string | null;
  readonly problem: string | null;
}

/** A tree as it was looked through: plain data. */
export interface Seen {
  readonly root: string;
  readonly walked: Walked;
  readonly mentions: NamedFiles;
}

/** The files of one tree on the disk, each read once until they are let go of. */
export class DiskHost implements Host {
  /** The tree's root: an absolute path without links. */
  readonly root: string;
  readonly #enters: ((folder: string) => boolean) | undefined;
  readonly #files = new Map<string, Read>();
  readonly #kinds = new Map<string, Kind>();
  #walked: Walked | null = null;
  #mentions: Mentions | null = null;

  /**
   * @param root an absolute path without links
   * @param enters which folders the search for `.nix` files looks into; all by default
   */
  constructor(root: string, enters?: (folder: string) => boolean) {
    this.root = root;
    this.#enters = enters;
  }

  /** The Host for a tree that another thread has looked through. */
  static of({ root, walked, mentions }: Seen): DiskHost {
    const host = new DiskHost(root);
    host.#walked = walked;
    host.#mentions = new Mentions(host, mentions);
    return host;
  }

  /** What is known of the tree as a whole. */
  seen(): Seen {
    this.#mentions ??= new Mentions(this);
    return { root: this.root, walked: this.walked(), mentions: this.#mentions.all() };
  }

  read(path: string): string | null {
    return this.#file(path).text;
  }

  /** Why a file cannot be read, without a full stop; null where it can. */
  problem(path: string): string | null {
    return this.#file(path).problem;
  }

  kind(path: string): Kind {
    let kind = this.#kinds.get(path);
    if (kind === undefined) {
      kind = this.#kindOf(path);
      this.#kinds.set(path, kind);
    }
    return kind;
  }

  realPath(path: string): string {
    const place = this.#resolveOrNull(path);
    const isLink = place !== null && place !== `${this.root}/${path}` && lstatSync(`${this.root}/${path}`).isSymbolicLink();
    return isLink ? relative(this.root, place) : path;
  }

  list(folder: string): readonly string[] {
    try {
      const place = this.#resolve(folder);
      return place === null ? [] : readdirSync(place);
    } catch {
      return [];
    }
  }

  mentioning(path: string): readonly string[] {
    this.#mentions ??= new Mentions(this);
    return this.#mentions.of(path);
  }

  nixFiles(): readonly string[] {
    return this.walked().nixFiles;
  }

  /** What the search through the tree found; made when first asked for. */
  walked(): Walked {
    this.#walked ??= walk(this.root, CONFIG_NAME, this.#enters);
    return this.#walked;
  }

  /** Looks again at a path when next asked; `isStructure` where files may have come or gone. */
  forget(path: string, isStructure: boolean): void {
    this.#files.delete(path);
    this.#mentions = null;
    if (!isStructure) return;
    this.#kinds.clear();
    this.#walked = null;
  }

  /** Lets go of all texts: they are read again when they are asked for. */
  letGo(): void {
    this.#files.clear();
  }

  #kindOf(path: string): Kind {
    try {
      const place = this.#resolve(path);
      if (place === null) return "link";
      const stats = statSync(place);
      return stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "closed";
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "EACCES" || code === "EPERM" ? "closed" : this.#hasLostLink(path) ? "link" : null;
    }
  }

  /** Whether a link that leads to nothing inside the root stands on the way of a path at which nothing is found. */
  #hasLostLink(path: string): boolean {
    let way = "";
    for (const name of path.split("/")) {
      way = way === "" ? name : `${way}/${name}`;
      try {
        if (lstatSync(`${this.root}/${way}`).isSymbolicLink() && this.#resolveOrNull(way) === null) return true;
      } catch {
        return false;
      }
    }
    return false;
  }

  #resolveOrNull(path: string): string | null {
    try {
      return this.#resolve(path);
    } catch {
      return null;
    }
  }

  /** The place of a path with all links followed; null where that is outside the root. */
  #resolve(path: string): string | null {
    const place = realpathSync.native(path === "" ? this.root : `${this.root}/${path}`);
    return place === this.root || place.startsWith(this.root === "/" ? "/" : `${this.root}/`) ? place : null;
  }

  #file(path: string): Read {
    let read = this.#files.get(path);
    if (read === undefined) {
      read = this.#load(path);
      this.#files.set(path, read);
    }
    return read;
  }

  #load(path: string): Read {
    const failed = (problem: string): Read => ({ text: null, problem });
    try {
      const place = this.#resolve(path);
      if (place === null) return failed("it is a link that leads out of the tree, which is never followed");
      const kind = statSync(place);
      if (kind.isDirectory()) return failed("it is a folder");
      // Opening a device may do something, and a pipe without a writer would wait for ever.
      if (!kind.isFile()) return failed("it is no regular file");
      if (kind.size > MOST_BYTES) return failed(`it is larger than ${MOST_BYTES / 1_000_000} MB; ignore it in the configuration, or split it`);
      const decoded = decode(readWhole(place));
      return "text" in decoded ? { text: decoded.text, problem: null } : failed(decoded.problem);
    } catch (error) {
      return failed(reasonOf(error));
    }
  }
}

/** Files of so many bytes are read into the same room, one after the other: of thousands, the rooms would use up more memory than the texts. */
const SMALL = 65_536;
let room: Buffer | null = null;

/** At most `MOST_BYTES`, however the file grows meanwhile; what has become a link since it was looked at is not followed. The bytes are there until the next file is read. */
function readWhole(place: string): Buffer {
  const descriptor = openSync(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new Error("it is no regular file");
    const size = Math.min(stats.size, MOST_BYTES);
    const bytes = size > SMALL ? Buffer.allocUnsafe(size) : (room ??= Buffer.allocUnsafe(SMALL)).subarray(0, size);
    let length = 0;
    while (length < bytes.length) {
      const count = readSync(descriptor, bytes, length, bytes.length - length, length);
      if (count === 0) break;
      length += count;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}
