/** The secret files of a configuration: those that its options and units refer to, and those that its scripts create. */
import { HOLE } from "../../engine/domain/hole.ts";
import { isFileLine } from "../../engine/domain/tmpfiles.ts";
import type { At } from "../../engine/model/index.ts";
import { head, option, readArguments, whole } from "../../engine/model/script/index.ts";
import type { ConfigurationContext } from "../../engine/run/index.ts";
import { cleanPath } from "./folders.ts";
import { leavesOf } from "./leaves.ts";
import { commandPlace, firstLine } from "./places.ts";
import { createdSecrets, isInSecrets, isPassing } from "./secrets.ts";
import { tmpfilesLines } from "./tmpfiles-lines.ts";

/** A secret file that stays, by its whole path. */
export interface SecretFile {
  readonly path: string;
  /** Where it is first named. */
  readonly at: At;
}

/** Last names of options whose value is the path of a secret file. */
const FILE_OPTION = /(?:environmentfiles?|passwordfile|passfile|tokenfile|secretfile|keyfile|credentialsfile)$/i;
const PUBLIC = /pub(?:lic)?_?keyfile$/i;
/** Folders whose keys NixOS or the machine makes anew. */
const RENEWED = /^\/(?:var\/lib\/acme|etc\/ssl|etc\/ssh)\//;

/** The secret files, each once. */
export function secretFiles({ config, scripts }: Pick<ConfigurationContext<unknown>, "config" | "scripts">): SecretFile[] {
  const found = new Map<string, SecretFile>();
  const add = (text: string, at: At | null): void => {
    const path = text.includes(HOLE) || /[*?%]/.test(text) ? null : cleanPath(text);
    if (path === null || path === "/" || at === null || isPassing(path) || RENEWED.test(path) || found.has(path)) return;
    found.set(path, { path, at });
  };
  for (const { path, text } of leavesOf(config)) {
    const name = path[path.length - 1] ?? "";
    if (/^LoadCredential(?:Encrypted)?$/.test(name)) add(text.text.slice(text.text.indexOf(":") + 1), text.at);
    else if (FILE_OPTION.test(name) && !PUBLIC.test(name)) add(text.text.replace(/^-/, ""), text.at);
    else if (name === "secrets" && path[0] === "services") add(text.text, text.at);
  }
  for (const script of scripts) {
    for (const file of createdSecrets(script)) {
      const at = script.at(file);
      // What is written into a home is for a person to read once.
      if (whole(file.path) !== null && !file.path.glob && at !== null && !/^\/(?:root|home)\//.test(head(file.path))) add(whole(file.path) as string, firstLine(at));
    }
    for (const command of script.facts.commands) {
      if (command.name !== "podman" && command.name !== "docker") continue;
      const file = option(readArguments(command.args, command.argsAt, "evpw", ["--env-file", "--env", "--volume", "--publish"]), "--env-file");
      if (file !== null && head(file.text).startsWith("/") && whole(file.text) !== null) add(whole(file.text) as string, script.at(file.at) ?? commandPlace(script, command));
    }
  }
  for (const { rule, at } of tmpfilesLines(config).entries) if (isFileLine(rule) && rule.path !== null && isInSecrets(rule.path)) add(rule.path, at);
  return [...found.values()];
}
