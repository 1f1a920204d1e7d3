/** Reads off a text how it is laid out: lines, indentation, comments around a statement. */
/** Where the line of an offset starts. */
export declare function lineStart(text: string, offset: number): number;
/** Where the line of an offset ends, before its line end. */
export declare function lineEnd(text: string, offset: number): number;
/** The blanks that the line of an offset starts with. */
export declare function indentAt(text: string, offset: number): string;
/** Whether nothing but blanks stands before an offset on its line. */
export declare function isFirstOnLine(text: string, offset: number): boolean;
/** Where the line ends on which a statement ends, if only a comment follows it there; null where something else does. */
export declare function endOfStatementLine(text: string, end: number): number | null;
/** Where the comment lines start that stand directly above a statement; the statement's own line where there are none. */
export declare function startWithComments(text: string, offset: number): number;
/** One step of a file's indentation: what its first indented line begins with, two blanks where there is none. */
export declare function indentUnit(text: string): string;
/** A text whose lines after the first stand under an indentation; empty lines stay empty. */
export declare function indented(text: string, indent: string): string;
