/** What other rooms may use of the shell syntax. */
export type * from "./ast.js";
export { ShellParser } from "./parser.js";
export { HOLE, MAX_HOLES, holeMark } from "./words.js";
