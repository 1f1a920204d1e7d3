/** What becomes of the failure of a command, by what stands behind it. */
import type { Span } from "../../syntax/index.ts";
import type { Statement } from "../../syntax/shell/index.ts";
import type { Context } from "./context.ts";
import type { Fate } from "./facts.ts";
import type { State } from "./state.ts";

/** What the fates of a script depend on besides the place in it. */
export interface Judgement {
  readonly state: State;
  /** The script asks for the status of commands (`$?`, `PIPESTATUS`, `trap`): then nothing is known. */
  readonly looksAtStatus: boolean;
  /** Where a statement stands. */
  readonly place: (span: Span, context: Context) => Span;
}

/** What becomes of a failure with another statement behind it. */
export function fateBefore(next: Statement, context: Context, { state, looksAtStatus, place }: Judgement): Fate {
  if (context.fate.kind === "handled" || looksAtStatus || context.inCondition) return { kind: "handled" };
  if (state.errexit === null) return { kind: "handled" };
  if (state.errexit) return context.fate.kind === "hidden" ? context.fate : { kind: "counts" };
  return { kind: "hidden", by: "followed", at: place(next, context) };
}

/** What becomes of the failure of a part of a pipeline that is not its last one. */
export function fateInPipe(next: Statement, context: Context, { state, looksAtStatus, place }: Judgement): Fate {
  if (looksAtStatus || state.pipefail === null) return { kind: "handled" };
  return state.pipefail ? context.fate : { kind: "hidden", by: "pipe", at: place(next, context) };
}

/** What becomes of the failure of what stands left of `&&` or `||`. */
export function fateInChain({ operator, right }: Extract<Statement, { kind: "chain" }>, context: Context, { place }: Judgement): Fate {
  if (context.fate.kind === "handled") return context.fate;
  // `set -e` does not act on what stands left of `&&`; as the last command its status is the script's own.
  if (operator === "&&") return context.fate;
  return isAlwaysTrue(right) ? { kind: "hidden", by: "or-true", at: place(right, context) } : { kind: "handled" };
}

/** `true`, `:`, `exit 0`, `echo …`: whatever failed before, the script goes on as if it had not. */
function isAlwaysTrue(statement: Statement): boolean {
  if (statement.kind === "group" && !statement.subshell) {
    const last = statement.body[statement.body.length - 1];
    return last !== undefined && statement.body.every(isAlwaysTrue);
  }
  if (statement.kind !== "command") return false;
  const words = statement.words.map((word) => (word.parts.length === 1 && word.parts[0]?.kind === "text" ? word.parts[0].text : null));
  return words[0] === "true" || words[0] === ":" || words[0] === "echo" || words[0] === "printf" || (words[0] === "exit" && words[1] === "0");
}
