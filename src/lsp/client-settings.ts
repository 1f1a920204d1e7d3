/** The settings that a client may give: described once, for the server that reads them and for the extension that shows them. */
import type { Severity } from "../engine/run/index.ts";

/** The section that they stand in. */
export const SECTION = "tappaas-lint";

/** The severities that can be shown. */
export const SHOWN: readonly Severity[] = ["error", "warning", "info"];

/** The settings as JSON schema, in the part of it that VS Code's settings are written in. */
export const SETTINGS_SCHEMA = {
  enable: { type: "boolean", default: true, markdownDescription: "Check NixOS modules against TAPPaaS's conventions." },
  run: {
    type: "string",
    enum: ["onType", "onSave"],
    enumDescriptions: ["Judge a module while it is being typed.", "Judge a module when it is opened or saved."],
    default: "onType",
    markdownDescription: "When a module is judged.",
  },
  configuration: {
    type: "string",
    default: "",
    markdownDescription: "A configuration for every file instead of the nearest `.tappaas-lint.json`: an absolute path, or one relative to the workspace folder.",
  },
  severities: {
    type: "array",
    items: { type: "string", enum: SHOWN },
    uniqueItems: true,
    default: SHOWN,
    markdownDescription: "The severities that are shown.",
  },
} as const;

/** What only the client's library reads. */
export const CLIENT_SCHEMA = {
  "trace.server": {
    type: "string",
    enum: ["off", "messages", "verbose"],
    enumDescriptions: ["Nothing.", "Which messages go to and fro.", "The messages with all that is in them."],
    default: "off",
    markdownDescription: "What of the conversation with the server is written into the log.",
  },
} as const;

/** The settings as the server uses them. */
export interface ClientSettings {
  readonly enable: boolean;
  readonly run: "onType" | "onSave";
  /** Null to find the configuration of each file. */
  readonly configuration: string | null;
  readonly severities: ReadonlySet<Severity>;
}

/** The settings of a client that gives none. */
export const DEFAULTS: ClientSettings = readSettings(null);

/** Reads what a client gives; whatever is not of the right kind counts as not given, since editors pass on what their users write. */
export function readSettings(given: unknown): ClientSettings {
  const of = (name: keyof typeof SETTINGS_SCHEMA): unknown => (typeof given === "object" && given !== null ? (given as Record<string, unknown>)[name] : undefined);
  const { enable, run, configuration, severities } = { enable: of("enable"), run: of("run"), configuration: of("configuration"), severities: of("severities") };
  return {
    enable: typeof enable === "boolean" ? enable : SETTINGS_SCHEMA.enable.default,
    run: run === "onSave" || run === "onType" ? run : SETTINGS_SCHEMA.run.default,
    configuration: typeof configuration === "string" && configuration !== "" ? configuration : null,
    severities: new Set(Array.isArray(severities) ? SHOWN.filter((severity) => severities.includes(severity)) : SHOWN),
  };
}
