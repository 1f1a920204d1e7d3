/** What one run of a program comes with and leaves: its arguments and input, what it gives out, the files that it writes. */
import type { Span } from "../../syntax/index.ts";
import type { FileFact } from "./facts.ts";
import type { State } from "./state.ts";
import { keyOf, type Text, whole } from "./text.ts";

/** One run of a program. */
export interface Call {
  readonly name: string;
  readonly args: readonly Text[];
  readonly argsAt: readonly Span[];
  readonly span: Span;
  readonly state: State;
  /** What comes in on standard input. */
  readonly stdin: Stdin;
  /** Variables that stand before the command. */
  readonly environment: ReadonlyMap<string, Text>;
  /** Makes a path absolute where the folder that the script is in is known. */
  readonly resolve: (path: Text) => Text;
}

/** What a program gives out. */
export interface Outcome {
  /** Key material on standard output. */
  readonly secret: boolean;
  /** Bytes of a random device. */
  readonly random: boolean;
  /** Where key material that is given out comes from: a generator itself, or what was put in. */
  readonly generates: boolean;
  /** What an archive that is given out is made of. */
  readonly members?: readonly Text[];
  /** The text that is given out, where more is known of it than nothing. */
  readonly text?: Text;
}

/** What a program takes in is what another one gives out. */
export type Stdin = Outcome;

export const NOTHING: Outcome = { secret: false, random: false, generates: false };
export const GENERATED: Outcome = { secret: true, random: false, generates: true };

const RANDOM_DEVICES = new Set(["/dev/urandom", "/dev/random", "/dev/hwrng", "/proc/sys/kernel/random/uuid"]);

/** Whether a path is one from which random bytes can be read. */
export function isRandomDevice(path: Text): boolean {
  return RANDOM_DEVICES.has(whole(path) ?? "");
}

/** What a write says about a file besides that it is there. */
export interface Written {
  /** The mode that the file gets whatever it had before. */
  readonly mode?: number | null;
  /** The mode that the file gets if it is new. */
  readonly ifNew?: number | null;
  readonly secret?: boolean;
  readonly members?: readonly Text[];
}

/** Adds a file or says more about one that is there. */
export function write(state: State, path: Text, span: Span, how: FileFact["how"], more: Written = {}): void {
  const key = keyOf(path);
  const target = whole(path) ?? "";
  if (target.startsWith("/dev/") || target.startsWith("/proc/")) return;
  const old = state.files.get(key);
  const fresh = state.umask === null ? null : 0o666 & ~state.umask;
  if (old !== undefined) {
    // Writing into a file keeps its mode.
    if (more.mode !== undefined) {
      old.mode = more.mode;
      old.ifNew = more.mode;
    }
    old.secret ||= more.secret ?? false;
    if (more.members !== undefined) {
      old.members = more.members;
      if (how === "archive") old.how = how;
    }
    return;
  }
  const ifNew = more.mode !== undefined ? more.mode : more.ifNew !== undefined ? more.ifNew : fresh;
  state.files.set(key, {
    path,
    start: span.start,
    end: span.end,
    // What is appended to may have been there, with whatever mode.
    mode: how === "append" && more.mode === undefined ? null : ifNew,
    ifNew,
    secret: more.secret ?? false,
    how,
    members: more.members ?? [],
    inClosedFolder: false,
  });
}
