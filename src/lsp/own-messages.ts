/** What the server and its own extension say to each other beside the protocol. */
import type { Position, Range } from "vscode-languageserver-types";

/** The command that shows a rule's documentation; takes the rule's id. */
export const SHOW_DOCUMENTATION = "tappaas-lint.server.showDocumentation";

/** The request for what NixOS will take for the options of a module: takes `{ textDocument: { uri } }`, gives an `OptionDocument` or null. */
export const OPTIONS_REQUEST = "tappaas-lint/options";

/** A document that is there to be read. */
export interface OptionDocument {
  readonly text: string;
  /** Where its parts lead. Columns in it are counted in UTF-16 units, those of the target as agreed with the client. */
  readonly links: readonly { readonly range: Range; readonly target: string; readonly position: Position }[];
}
