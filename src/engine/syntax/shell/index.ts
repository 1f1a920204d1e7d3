/** What other rooms may use of the shell syntax. */
export type * from "./ast.ts";
export { ShellParser } from "./parser.ts";
export { HOLE, MAX_HOLES, holeMark } from "./words.ts";
