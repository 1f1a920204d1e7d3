/** Where secrets stand: the folder for them, the folders that are closed, and what scripts create. */
import { isAdjustingLine, isFolderLine, parseTmpfilesLine, type TmpfilesRule } from "../../engine/domain/tmpfiles.ts";
import type { Configuration, Script } from "../../engine/model/index.ts";
import { type Text, head, tail, whole } from "../../engine/model/script/index.ts";
import { type SourcedText, sureTexts } from "./text.ts";

export const SECRETS_FOLDER = "/etc/secrets";

/** Whether a path is surely inside the folder for secrets. */
export function isInSecrets(path: string): boolean {
  return path.startsWith(`${SECRETS_FOLDER}/`);
}

/** Whether a path is one for the time that the machine is up, or no file at all. */
export function isPassing(path: string): boolean {
  return /^\/(?:run|dev|proc|sys|tmp|var\/run|var\/tmp|nix\/store)(?:\/|$)/.test(path);
}

/** A line of `systemd.tmpfiles.rules` that could be read. */
export interface TmpfilesEntry {
  readonly rule: TmpfilesRule;
  readonly text: SourcedText;
}

/** The lines that are surely there. */
export function tmpfilesOf(config: Configuration): TmpfilesEntry[] {
  return sureTexts(config.option("systemd.tmpfiles.rules")).flatMap((text) => {
    const line = parseTmpfilesLine(text.text);
    return line.kind === "rule" ? [{ rule: line.rule, text }] : [];
  });
}

/** The folders that tmpfiles closes to everybody but their owner. */
export function closedFolders(config: Configuration): string[] {
  return tmpfilesOf(config).flatMap(({ rule }) => {
    const closes = (isFolderLine(rule) || isAdjustingLine(rule)) && rule.path !== null && rule.mode !== null && (rule.mode & 0o077) === 0;
    return closes && rule.path !== null ? [rule.path.replace(/\/$/, "")] : [];
  });
}

/** Whether a file's path is inside one of some folders. */
export function isInside(path: Text, folders: readonly string[]): boolean {
  return folders.some((folder) => head(path).startsWith(`${folder}/`));
}

/** A secret that a script leaves behind: in the folder for secrets, or with key material that it generated. */
export function createdSecrets(script: Script): Script["facts"]["files"] {
  if (script.facts.hasErrors) return [];
  return script.facts.files.filter(({ path, secret, how }) => {
    const start = head(path);
    if (!start.startsWith("/") || tail(path).endsWith(".pub") || how === "archive") return false;
    return (secret && !isPassing(start)) || isInSecrets(start);
  });
}

/** The path of a file as one text, where it is known. */
export function pathText(path: Text): string | null {
  return whole(path);
}
