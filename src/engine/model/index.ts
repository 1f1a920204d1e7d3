/** What other rooms may use of the model. */
export { at, type At, type SourceFile } from "./at.ts";
export { PLAIN_PRIORITY, PRIORITIES } from "./builtins/modules.ts";
export { Configuration, parsePath, showPath } from "./configuration.ts";
export type { ActiveDefinition, Definition } from "./definitions.ts";
export type { Host, Kind } from "./host.ts";
export { memoryHost } from "./memory-host.ts";
export type { State } from "./merge.ts";
export type { Import, Module } from "./modules.ts";
export { joinsStrings } from "./nixos.ts";
export { isEqual } from "./equality.ts";
export { nixText, priorityName } from "./nix-text.ts";
export type { Answer, OptionNode } from "./option-node.ts";
export { baseName, folderOf, isOutside, join, normalise } from "./paths.ts";
export { type Parser, Project } from "./project.ts";
export { Thunk } from "./thunk.ts";
export { type Attr, type AttrsValue, type CallValue, type Item, type ListValue, type PathValue, type Piece, type RefValue, type StringValue, type UnknownValue, type Value, textOf } from "./values.ts";
export { type DefinitionView, type Json, type OptionAt, type OptionView, optionAt, optionView, toJson } from "./view.ts";
export { type Script, readScripts } from "./script/index.ts";
