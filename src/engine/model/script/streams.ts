/** Follows the streams of a script: through redirects into files, through pipes, into the journal. */
import type { Span } from "../../syntax/index.ts";
import type { Redirect, Statement } from "../../syntax/shell/index.ts";
import { type Context, DEVICES, NO_INPUT, type Sink } from "./context.ts";
import { type Outcome, isRandomDevice, write } from "./effects.ts";
import type { Expansion } from "./expansion.ts";
import type { State } from "./state.ts";
import { baseNameOf, head, keyOf, type Text, whole } from "./text.ts";

/** What redirects and pipes need to know of the script at the moment. */
export interface Surroundings {
  readonly state: State;
  readonly words: Expansion;
  /** Makes a path absolute where the folder that the script is in is known. */
  readonly resolve: (path: Text) => Text;
  /** Where a part of the script stands. */
  readonly place: (span: Span, context: Context) => Span;
}

/** Where a stream leads, since `exec > file` may have sent the script's own elsewhere. */
export function diverted(sink: Sink, state: State): Sink {
  if (sink === "journal") return state.out ?? sink;
  return sink === "errors" ? (state.err ?? sink) : sink;
}

/** Where the streams lead behind some redirects; the files that they name are there from now on. */
export function streamsBehind(redirects: readonly Redirect[], context: Context, { state, words, resolve, place }: Surroundings): Pick<Context, "out" | "err" | "stdin"> {
  let { stdin } = context;
  let [out, err] = [diverted(context.out, state), diverted(context.err, state)];
  for (const redirect of redirects) {
    const { operator, descriptor } = redirect;
    const target = words.text(redirect.target, context);
    if (operator.startsWith("<<")) stdin = { ...NO_INPUT, secret: target.secret };
    else if (operator === "<") stdin = isRandomDevice(target) ? { ...NO_INPUT, random: true } : { ...NO_INPUT, secret: target.secret || state.holdsSecret(resolve(target)) };
    else if (operator === ">&" && /^[0-9]$/.test(whole(target) ?? "")) {
      const to = whole(target) === "2" ? err : whole(target) === "1" ? out : "null";
      if ((descriptor ?? 1) === 1) out = to;
      else if (descriptor === 2) err = to;
    } else if (operator.startsWith(">") || operator.startsWith("&>")) {
      const path = resolve(target);
      const device = DEVICES.get(whole(path) ?? "");
      const sink: Sink = device === "err" ? err : device === "out" ? out : device === "null" ? "null" : { file: path };
      if (typeof sink === "object" && device === undefined) write(state, path, place(redirect, context), operator.includes(">>") ? "append" : "redirect");
      if (descriptor === 2) err = sink;
      else if (descriptor === null || descriptor === 1) out = sink;
      if (operator.startsWith("&>") || (operator === ">&" && descriptor === null)) err = sink;
    }
  }
  return { out, err, stdin };
}

/** What comes out of something goes into the file that its output is sent to. */
export function fill(state: State, path: Text, outcome: Outcome): void {
  const file = state.files.get(keyOf(path));
  if (file === undefined) return;
  if (outcome.secret || outcome.random) file.secret = true;
  if (outcome.members !== undefined && outcome.members.length > 0) {
    file.members = outcome.members;
    file.how = "archive";
  }
}

/** Where standard output ends up, as far as that is a file. */
export function flowOf({ out, flow }: Context): readonly Text[] {
  return typeof out === "object" ? [out.file] : out === "piped" ? flow : [];
}

/** The files that a later part of a pipeline writes what comes in to: by a redirect, as `tee` does, or named as its output. */
export function takenBy(part: Statement, isLast: boolean, context: Context, { words: expansion, resolve }: Surroundings): Text[] {
  const found: Text[] = [];
  const take = (text: Text): void => {
    if (!(whole(text) ?? "").startsWith("/dev/")) found.push(resolve(text));
  };
  if (part.kind === "command") {
    const words = part.words.map((word) => expansion.plain(word, context));
    const isTee = words.some((word, index) => index < 6 && baseNameOf(word) === "tee");
    words.forEach((word, index) => {
      const text = whole(word);
      if (/^(?:-o|--output|-out)$/.test(text ?? "") && words[index + 1] !== undefined) take(words[index + 1] as Text);
      else if (head(word).startsWith("of=") || head(word).startsWith("--output=")) take({ ...word, parts: [head(word).slice(head(word).indexOf("=") + 1), ...word.parts.slice(1)] });
      else if (isTee && head(word).startsWith("/")) take(word);
    });
  }
  const redirects = "redirects" in part ? part.redirects : [];
  const own = redirects.filter(({ operator, descriptor }) => /^&?>[>|]?$/.test(operator) && (descriptor ?? 1) === 1);
  for (const { target } of own) take(expansion.plain(target, context));
  if (isLast && own.length === 0) found.push(...flowOf(context));
  return found;
}
