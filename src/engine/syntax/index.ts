/** What other rooms may use of the syntax room. */
export type * from "./ast.ts";
export { NixParser, parse, type ParseOptions, type Syntax } from "./parser.ts";
export { onceFor } from "./once.ts";
export { sourceOffset, type TextMap } from "./strings.ts";
export { SourceText, type LineColumn, type Span } from "./text.ts";
export { childrenOf, walk } from "./walk.ts";
