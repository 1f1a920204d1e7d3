/** What a shell word comes to: known text, with gaps for what cannot be known. */
import type { Value } from "../values.js";
/** A gap: a Nix value whose text is not known, or null for anything else (a command's output, the environment). */
export interface Gap {
    readonly value: Value | null;
    /** Gaps of the same name stand for the same text (a variable that the script reads twice). */
    readonly id?: string;
}
export interface Text {
    readonly parts: readonly (string | Gap)[];
    /** Holds generated key material. */
    readonly secret: boolean;
    /** Has unquoted wildcards, so that it stands for any number of names. */
    readonly glob: boolean;
    /** An unquoted expansion with a gap: may become several words or none. */
    readonly splits: boolean;
}
/** Something unknown that has a name, so that the same thing in two places is seen to be the same. */
export declare function gap(id: string, secret?: boolean): Text;
export declare function known(text: string): Text;
export declare const UNKNOWN: Text;
/** Key material that has just been generated. */
export declare const SECRET: Text;
/** Puts texts together. */
export declare function concat(texts: readonly Text[]): Text;
/** The whole text, or null where a part of it is not known. */
export declare function whole(text: Text | undefined): string | null;
/** The known text before the first gap. */
export declare function head(text: Text): string;
/** The known text behind the last gap. */
export declare function tail(text: Text): string;
/** A name for a text: texts with the same known parts and the same gaps share it. */
export declare function keyOf(text: Text): string;
/** Whether all of a text is a gap without a name, so that nothing tells it from others. */
export declare function isNameless(text: Text): boolean;
/** What two texts, of which one is right, have in common. */
export declare function either(a: Text, b: Text): Text;
/** A text as a person would write it, with `…` for gaps. */
export declare function display(text: Text): string;
/** The last part of the path that a text is, where that is known. */
export declare function baseNameOf(text: Text): string | null;
/** Whether a pattern with shell wildcards may stand for a name: `*`, `[…]`, `{…}` and gaps match anything, `?` one character. */
export declare function matches(pattern: Text, name: Text): boolean;
