/** What other rooms may use of the syntax room. */
export type * from "./ast.js";
export { NixParser, parse, type ParseOptions, type Syntax } from "./parser.js";
export { sourceOffset, type TextMap } from "./strings.js";
export { SourceText, type LineColumn, type Span } from "./text.js";
export { childrenOf, walk } from "./walk.js";
