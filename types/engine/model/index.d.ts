/** What other rooms may use of the model. */
export { at, type At, type SourceFile } from "./at.js";
export { PLAIN_PRIORITY, PRIORITIES } from "./builtins/modules.js";
export { Configuration, parsePath, showPath } from "./configuration.js";
export type { ActiveDefinition, Definition } from "./definitions.js";
export type { Host, Kind } from "./host.js";
export type { State } from "./merge.js";
export type { Import, Module } from "./modules.js";
export { joinsStrings } from "./nixos.js";
export { isEqual } from "./equality.js";
export { nixText, priorityName } from "./nix-text.js";
export type { Answer, OptionNode } from "./option-node.js";
export { baseName, folderOf, isOutside, join, normalise } from "./paths.js";
export { type Parser, Project } from "./project.js";
export { Thunk } from "./thunk.js";
export { type Attr, type AttrsValue, type CallValue, type Item, type ListValue, type PathValue, type Piece, type RefValue, type StringValue, type UnknownValue, type Value, textOf } from "./values.js";
export { type DefinitionView, type Json, type OptionAt, type OptionView, optionAt, optionView, toJson } from "./view.js";
export { type Script, readScripts } from "./script/index.js";
