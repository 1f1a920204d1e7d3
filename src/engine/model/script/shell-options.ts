/** What `set` changes for the rest of a script. */
import type { Span } from "../../syntax/index.ts";
import type { State } from "./state.ts";
import { UNKNOWN } from "./text.ts";

/** Carries out `set` or `shopt` with these words (null for one that is not known). */
export function setOptions(state: State, words: readonly (string | null)[], span: Span): void {
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === null || word === undefined) return forgetOptions(state);
    const on = word.startsWith("-");
    if ((!on && !word.startsWith("+")) || word === "--" || word === "-") return;
    if (word.includes("e")) state.errexit = on;
    if (word.includes("x")) state.xtrace = on ? span : null;
    if (!word.endsWith("o")) continue;
    const option = words[++i];
    if (option === "errexit") state.errexit = on;
    if (option === "pipefail") state.pipefail = on;
    if (option === "xtrace") state.xtrace = on ? span : null;
  }
}

/** After something is sourced or evaluated, nothing is certain about options and `PATH`. */
export function forgetOptions(state: State): void {
  state.errexit = null;
  state.pipefail = null;
  state.path ??= UNKNOWN;
}
