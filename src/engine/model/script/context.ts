/** What is true of a place in a script by what stands around it: where its streams lead, and what becomes of failures. */
import type { Span } from "../../syntax/index.ts";
import type { Outcome, Stdin } from "./effects.ts";
import type { Fate } from "./facts.ts";
import type { Text } from "./text.ts";

/** Where a stream goes: the script's own output or errors, both of which end in the journal, or somewhere else. */
export type Sink = "journal" | "errors" | "null" | "captured" | "piped" | { readonly file: Text };

/** What holds for a statement because of what stands around it. */
export interface Context {
  readonly out: Sink;
  readonly err: Sink;
  readonly stdin: Stdin;
  readonly fate: Fate;
  readonly uncertain: boolean;
  /** Within a condition `set -e` does not act. */
  readonly inCondition: boolean;
  readonly pipedInto: readonly string[];
  /** The files in which the output of a pipe ends. */
  readonly flow: readonly Text[];
  readonly inFunction: string | null;
  /** Nested scripts have no places of their own: all is where the string stands. */
  readonly at: Span | null;
  /** The variable through which key material comes into the command at hand. */
  readonly holder: string | null;
  readonly depth: number;
  readonly wrappers: readonly string[];
  readonly user: Text | null;
  readonly elsewhere: boolean;
}

export const NO_INPUT: Stdin = { secret: false, random: false, generates: false };
export const SILENT: Outcome = { secret: false, random: false, generates: false };

/** Where a script begins: its output goes to the journal, and its failure counts. */
export const TOP: Context = {
  out: "journal",
  err: "errors",
  stdin: NO_INPUT,
  fate: { kind: "counts" },
  uncertain: false,
  inCondition: false,
  pipedInto: [],
  flow: [],
  inFunction: null,
  at: null,
  holder: null,
  depth: 0,
  wrappers: [],
  user: null,
  elsewhere: false,
};

/** Special files, and the stream that each is. */
export const DEVICES: ReadonlyMap<string, "out" | "err" | "null"> = new Map([
  ["/dev/null", "null"], ["/dev/tty", "null"], ["/dev/console", "null"],
  ["/dev/stdout", "out"], ["/dev/fd/1", "out"], ["/proc/self/fd/1", "out"],
  ["/dev/stderr", "err"], ["/dev/fd/2", "err"], ["/proc/self/fd/2", "err"],
]);

/** Whether a stream ends in the journal. */
export function isJournal(sink: Sink): boolean {
  return sink === "journal" || sink === "errors";
}

/** What two things give out one after the other. */
export function joinOutcomes(a: Outcome, b: Outcome): Outcome {
  const members = [...(a.members ?? []), ...(b.members ?? [])];
  const flags = { secret: a.secret || b.secret, random: a.random || b.random, generates: a.generates || b.generates };
  const text = a === SILENT ? b.text : undefined;
  return { ...flags, ...(members.length === 0 ? {} : { members }), ...(text === undefined ? {} : { text }) };
}
