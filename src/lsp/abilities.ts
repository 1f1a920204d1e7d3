/** What the client can do, as far as the server does anything differently for it. */
import type { ClientCapabilities } from "vscode-languageserver-protocol";

export interface Abilities {
  /** It asks for diagnostics itself. */
  readonly pulls: boolean;
  readonly refreshes: boolean;
  readonly watches: boolean;
  /** It can be asked for its settings. */
  readonly configures: boolean;
  /** It can be told that it shall tell of changes of its settings. */
  readonly registersSettings: boolean;
  readonly folders: boolean;
  /** It takes edits that name the version of the document that they are for. */
  readonly versionedEdits: boolean;
  /** It takes places to fill in inside edits. */
  readonly snippetEdits: boolean;
  /** It takes code actions rather than commands only. */
  readonly codeActions: boolean;
  /** It asks for the edit of a code action when somebody has chosen it. */
  readonly resolvesEdits: boolean;
  readonly showsDocuments: boolean;
  readonly hoversMarkdown: boolean;
  readonly completesMarkdown: boolean;
  /** It takes places to fill in inside completions. */
  readonly completesSnippets: boolean;
}

/** Reads what a client says of itself. */
export function abilitiesOf({ workspace, textDocument, window }: ClientCapabilities): Abilities {
  const versionedEdits = workspace?.workspaceEdit?.documentChanges === true;
  const action = textDocument?.codeAction;
  return {
    pulls: textDocument?.diagnostic !== undefined,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configures: workspace?.configuration === true,
    registersSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    folders: workspace?.workspaceFolders === true,
    versionedEdits,
    snippetEdits: versionedEdits && workspace?.workspaceEdit?.snippetEditSupport === true,
    codeActions: action?.codeActionLiteralSupport !== undefined,
    resolvesEdits: action?.dataSupport === true && action.resolveSupport?.properties.includes("edit") === true,
    showsDocuments: window?.showDocument?.support === true,
    hoversMarkdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    completesMarkdown: textDocument?.completion?.completionItem?.documentationFormat?.includes("markdown") === true,
    completesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
  };
}

/** What is known of a client before it has said anything. */
export const NO_ABILITIES: Abilities = abilitiesOf({});
