/** Where secrets stand: the folder for them, the folders that are closed, and what scripts create. */
import { effectiveMode, isAdjustingLine, isFileLine, isFolderLine, isOwnerOnly } from "../../engine/domain/tmpfiles.ts";
import { type At, type Configuration, type Script, normalise, textOf } from "../../engine/model/index.ts";
import { type Text, display, head, tail, whole } from "../../engine/model/script/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { firstLine } from "./places.ts";
import { sureTexts, wordsOf } from "./text.ts";
import { tmpfilesLines } from "./tmpfiles-lines.ts";
import { isSurelyOn, nodesAt } from "./units.ts";

export const SECRETS_FOLDER = "/etc/secrets";

/** A file that a script leaves behind. */
export type CreatedFile = Script["facts"]["files"][number];

/** Whether a path is surely inside the folder for secrets. */
export function isInSecrets(path: string): boolean {
  return path.startsWith(`${SECRETS_FOLDER}/`) && normalise(path).startsWith(`${SECRETS_FOLDER}/`);
}

/** Whether a path is one for the time that the machine is up, or no file at all. */
export function isPassing(path: string): boolean {
  return /^\/(?:run|dev|proc|sys|tmp|var\/run|var\/tmp|nix\/store)(?:\/|$)/.test(path);
}

/** Names of files with random contents that are no keys: identifiers, the seed of the kernel's generator. */
const NO_KEY = /(?:^|[-_.])(?:id|uuid|guid|seed)$/i;

/** The secrets that a script leaves behind to stay: in the folder for secrets, or with key material that it generated. */
export function createdSecrets({ facts }: Script): readonly CreatedFile[] {
  return staying(facts);
}

const staying = onceFor((facts: Script["facts"]) => left(facts).filter(({ path }) => !isPassing(head(path))));

/** The same with those that are there only while the machine is up. */
export function secretsLeftBy({ facts }: Script): readonly CreatedFile[] {
  return left(facts);
}

const left = onceFor(({ hasErrors, files }: Script["facts"]): readonly CreatedFile[] => {
  if (hasErrors) return [];
  return files.filter(({ path, secret, how }) => {
    const start = head(path);
    if (!start.startsWith("/") || tail(path).endsWith(".pub") || how === "archive" || how === "temporary") return false;
    return (secret && !NO_KEY.test(tail(path).slice(tail(path).lastIndexOf("/") + 1))) || isInSecrets(start);
  });
});

/** Folders that only their owners can enter on every NixOS. */
const PRIVATE_FOLDERS = ["/root", "/var/lib/private", "/var/cache/private", "/var/log/private"];

/** The folder below which each kind of a unit's directories stands, with the option for its mode (systemd.exec(5)). */
const UNIT_FOLDERS = [["StateDirectory", "/var/lib"], ["CacheDirectory", "/var/cache"], ["LogsDirectory", "/var/log"], ["ConfigurationDirectory", "/etc"], ["RuntimeDirectory", "/run"]] as const;

/** The folders that tmpfiles, a unit or a script closes to everybody but their owner. */
export function closedFolders(config: Configuration, scripts: readonly Script[]): readonly string[] {
  const found = [...PRIVATE_FOLDERS];
  for (const { rule } of tmpfilesLines(config).entries) {
    const mode = effectiveMode(rule);
    if ((isFolderLine(rule) || isAdjustingLine(rule) || rule.type === "e") && rule.path !== null && mode !== null && isOwnerOnly(mode)) found.push(rule.path);
  }
  for (const unit of nodesAt(config, ["systemd", "services", "*", "serviceConfig"])) {
    for (const [setting, root] of UNIT_FOLDERS) {
      const { value } = unit.child(`${setting}Mode`).answer();
      const mode = value === null ? null : textOf(value);
      if (mode === null || !/^[0-7]{3,4}$/.test(mode) || !isOwnerOnly(Number.parseInt(mode, 8))) continue;
      for (const { text } of sureTexts(unit.child(setting).answer())) for (const word of wordsOf(text)) found.push(`${root}/${word.text.split(":")[0] as string}`);
    }
  }
  for (const { facts } of scripts) for (const { path, mode } of facts.folders) if (isOwnerOnly(mode) && whole(path) !== null) found.push(whole(path) as string);
  // NixOS makes homes with 0700 (`users.users.<name>.homeMode`).
  for (const user of nodesAt(config, ["users", "users", "*"])) {
    const home = user.child("home").answer();
    const path = home.state === "undefined" ? `/home/${user.path[2] as string}` : home.value === null ? null : textOf(home.value);
    const makes = ["isNormalUser", "createHome"].some((name) => isSurelyOn(user.child(name).answer()));
    if (path !== null && path !== "/" && makes && user.child("homeMode").answer().state === "undefined") found.push(path);
  }
  return found.map((folder) => normalise(folder));
}

/** Whether a file's path is inside one of some folders. */
export function isInside(path: Text, folders: readonly string[]): boolean {
  const start = head(path);
  return folders.some((folder) => start.startsWith(`${folder}/`));
}

/** Files that tmpfiles makes, or sees to, in such a way that only their owners can read them. */
export function restrictedFiles(config: Configuration): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { rule } of tmpfilesLines(config).entries) {
    const mode = effectiveMode(rule);
    if ((isFileLine(rule) || isAdjustingLine(rule)) && rule.path !== null && mode !== null && isOwnerOnly(mode)) found.add(rule.path);
  }
  return found;
}

/** Where a script names a file that it creates: the word of a command, or behind a redirect; else the command. */
export function placeOfPath(script: Script, file: CreatedFile): At | null {
  const operator = /^(?:\d{1,3}|&)?>[>|&]?[ \t]{0,99}/.exec(script.text.slice(file.start, file.end))?.[0];
  if (operator !== undefined) return script.at({ start: file.start + operator.length, end: file.end });
  const shown = display(file.path);
  let best: { readonly start: number; readonly end: number } | null = null;
  for (const { start, end, args, argsAt } of script.facts.commands) {
    if (start > file.start || end < file.end) continue;
    const index = args.findLastIndex((arg) => {
      const word = display(arg).replace(/^of=/, "");
      return word === shown || (word !== "" && shown.endsWith(`/${word}`));
    });
    best = argsAt[index] ?? best;
  }
  const at = script.at(best ?? file);
  return at === null ? null : firstLine(at);
}
