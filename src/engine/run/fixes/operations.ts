/** What a fix does, said in terms of the tree; text is made of it only where somebody asks for text. */
import type { At, SourceFile } from "../../model/index.ts";

/** How far a fix can be trusted: a safe one changes what the rule is about and nothing else, a proposed one may change behaviour. */
export type FixKind = "safe" | "proposed";

/** Puts a text in the place of another; an empty place inserts, an empty text deletes. */
export interface Replacement {
  readonly do: "replace";
  readonly at: At;
  readonly text: string;
  /** For an insertion: others of that kind at the same place are made too, one behind the other (elements of a list, lines of a script). */
  readonly joins?: true;
}

/** Writes a definition into a module, near its relatives and in their style. */
export interface Definition {
  readonly do: "define";
  readonly file: SourceFile;
  /** The option path from the top of the module. */
  readonly path: readonly string[];
  /** The value as Nix text; lines after the first are indented relative to the definition. */
  readonly value: string;
  /** How many names of the path make up the thing whose new definitions are written together; all of them by default. */
  readonly thing?: number;
  /** Where something of that path is written already: the place of the first `names` names of it. */
  readonly near?: { readonly at: At; readonly names: number };
}

/** Makes sure that the file's function takes an argument of that name. */
export interface Argument {
  readonly do: "argument";
  readonly file: SourceFile;
  readonly name: string;
}

export type Operation = Replacement | Definition | Argument;

/** What mends a problem; all of it or nothing. */
export interface Fix {
  /** What it does, as an instruction without a full stop ("Write `true`"). */
  readonly title: string;
  readonly operations: readonly Operation[];
  /** Where it is not the rule's own. */
  readonly kind?: FixKind;
  /** It changes what other rules go by: it is made before any other, and they are asked again. */
  readonly goesFirst?: true;
}

/** Why a problem is not mended by machine here. */
export interface Withheld {
  /** A clause that ends "No fix, since …", without a full stop. */
  readonly since: string;
  /** Where a person would look instead, if that is not the place of the finding. */
  readonly look?: At;
}

/**
 * Makes the fix of a problem that was placed at `at`, or says why none can be trusted (null where the place itself tells).
 * Called for each finding, since reports count what can be mended: it may look at the syntax, and leaves the making of
 * text to whoever wants it.
 */
export type MakeFix = (at: At) => Fix | Withheld | null;
