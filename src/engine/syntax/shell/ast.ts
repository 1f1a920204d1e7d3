/** The shape of a shell script as the model reads it: statements and words with spans in the script's own text. */
import type { Span } from "../text.ts";

/** One piece of a word. Spans are UTF-16 offsets from 0 in the script's text. */
export type WordPart =
  | (Span & { readonly kind: "text"; readonly text: string; readonly quoted: boolean })
  /** `$x`, `${x}`, `${x:-y}`; `operator` is what stands behind the name, with its word. */
  | (Span & { readonly kind: "variable"; readonly name: string; readonly operator: string | null; readonly argument: Word | null; readonly quoted: boolean })
  | (Span & { readonly kind: "substitution"; readonly body: readonly Statement[]; readonly quoted: boolean })
  /** `<(…)` or `>(…)`. */
  | (Span & { readonly kind: "process"; readonly body: readonly Statement[]; readonly writes: boolean })
  /** A Nix interpolation whose text is not known; `index` counts them in the script. */
  | (Span & { readonly kind: "hole"; readonly index: number; readonly quoted: boolean })
  /** Arithmetic, or something else whose value is not looked into. */
  | (Span & { readonly kind: "opaque"; readonly quoted: boolean });

export interface Word extends Span {
  readonly parts: readonly WordPart[];
}

export interface Assignment extends Span {
  readonly name: string;
  readonly value: Word | null;
  /** An array, an element of one, or `+=`: the value is not followed. */
  readonly partial: boolean;
}

/** `> file`, `2>&1`, `<<EOF`, `<<< word`. */
export interface Redirect extends Span {
  /** The descriptor in front; null for the operator's own (0 for reading, 1 for writing). */
  readonly descriptor: number | null;
  readonly operator: string;
  /** The file, the descriptor after `>&`, or the text of a here-document or here-string. */
  readonly target: Word;
}

export interface Command extends Span {
  readonly kind: "command";
  readonly assignments: readonly Assignment[];
  /** The name and the arguments; empty for bare assignments and redirects. */
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

export type Statement =
  | Command
  | (Span & { readonly kind: "pipeline"; readonly parts: readonly Statement[]; readonly stderrToo: boolean })
  | (Span & { readonly kind: "chain"; readonly operator: "&&" | "||"; readonly left: Statement; readonly right: Statement })
  | (Span & { readonly kind: "not"; readonly body: Statement })
  | (Span & { readonly kind: "group"; readonly body: readonly Statement[]; readonly subshell: boolean; readonly redirects: readonly Redirect[] })
  | (Span & { readonly kind: "if"; readonly branches: readonly { readonly condition: readonly Statement[]; readonly body: readonly Statement[] }[]; readonly otherwise: readonly Statement[] | null; readonly redirects: readonly Redirect[] })
  | (Span & { readonly kind: "loop"; readonly condition: readonly Statement[]; readonly variable: string | null; readonly values: readonly Word[]; readonly body: readonly Statement[]; readonly redirects: readonly Redirect[] })
  | (Span & { readonly kind: "case"; readonly subject: Word | null; readonly items: readonly { readonly patterns: readonly Word[]; readonly body: readonly Statement[] }[]; readonly redirects: readonly Redirect[] })
  | (Span & { readonly kind: "function"; readonly name: string; readonly body: readonly Statement[] })
  /** `[ … ]`, `[[ … ]]`, `(( … ))`: a condition that changes nothing. `words` are those that stand in it. */
  | (Span & { readonly kind: "test"; readonly words: readonly Word[] })
  | (Span & { readonly kind: "background"; readonly body: Statement })
  /** A statement that could not be read. */
  | (Span & { readonly kind: "error" });

/** A parsed script. */
export interface ShellScript {
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Some of it could not be read. */
  readonly hasErrors: boolean;
  /** Reading it would have taken too long: nothing of it is known. */
  readonly isGivenUp?: true;
}
