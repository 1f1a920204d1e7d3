/** Convention: nobody but its owner can read a secret. */
import { trimmedEnd } from "../../engine/domain/trim.ts";
import { allowsOthers, effectiveMode, isAdjustingLine, isFileLine, isFolderLine, isOwnerOnly } from "../../engine/domain/tmpfiles.ts";
import { type At, type Configuration, type Script, normalise, textOf } from "../../engine/model/index.ts";
import { type Text, applyMode, display, head, keyOf, matches, whole } from "../../engine/model/script/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { type Fix, MODULES, type RelatedPlace, type Withheld, defineRule, isSoleUse } from "../../engine/run/index.ts";
import { addDefinitions, exprAt, fixOf, rewrite, rewriteValues } from "../vocabulary/fixes.ts";
import { placeOf } from "../vocabulary/options.ts";
import { firstLine } from "../vocabulary/places.ts";
import { type CreatedFile, SECRETS_FOLDER, closedFolders, createdSecrets, isInSecrets, isInside, restrictedFiles, secretsLeftBy } from "../vocabulary/secrets.ts";
import { code, quoted } from "../vocabulary/show.ts";
import { inMessage, sureTexts } from "../vocabulary/text.ts";
import { addCommandBefore, addCommandBehind, replaceWord, sliceAt, wordFor } from "../vocabulary/text-fixes.ts";
import { type TmpfilesEntry, tmpfilesLines } from "../vocabulary/tmpfiles-lines.ts";
import { isSurelyOff, nodesAt, unitOption, unitsOf } from "../vocabulary/units.ts";

export default defineRule({
  id: "secrets-mode",
  theme: "secrets",
  severity: "error",
  fix: "safe",
  security: 7.1,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Keep secrets readable by their owner alone",
    convention: "`environment.etc.\"secrets/…\"` has mode 0600 or stricter (without a mode it is a link to a file that everybody can read); tmpfiles lines for files under `/etc/secrets` too, and the folder has nothing for others; a script that creates a file there, or anywhere with key material that it generated, or an archive of such files, ends with it at 0600 or stricter, or inside a closed folder.",
    handbook: "Key Conventions: “Secrets in /etc/secrets/ with mode 0600”",
    why: "Every service on the machine runs as a user of its own; a file that others can read gives all of them the key when one of them is broken into.",
    bad: [
      {
        code: '{ ... }:\n{\n  environment.etc."secrets/web.env" = {\n    text = "TOKEN=CHANGE_ME";\n    mode = ⟦"0644"⟧;\n  };\n  systemd.tmpfiles.rules = [ "d /etc/secrets ⟦0755⟧ root root -" ];\n}\n',
        says: ['`/etc/secrets/web.env` has the mode `0644`, so that others can read it: write `mode = "0600";`', "`/etc/secrets` is open to others with the mode `0755`: write `0700`"],
      },
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.web-init-secrets.script = \'\'\n    ⟦${pkgs.openssl}/bin/openssl rand -hex 32 > /etc/secrets/web.key⟧\n  \'\';\n}\n',
        says: ["The script leaves `/etc/secrets/web.key` with the mode `0644`, so that others can read it: write `chmod 600 /etc/secrets/web.key` behind it, or `umask 077` before it"],
      },
    ],
    good: [
      {
        code: '{ pkgs, ... }:\n{\n  environment.etc."secrets/web.env" = {\n    text = "TOKEN=CHANGE_ME";\n    mode = "0600";\n  };\n  systemd.services.web-init-secrets.script = \'\'\n    ${pkgs.openssl}/bin/openssl rand -hex 32 > /etc/secrets/web.key\n    chmod 600 /etc/secrets/web.key\n  \'\';\n}\n',
      },
    ],
  },
  messages: {
    link: "{file} has no mode, so that it is a link to a file in the store that everybody can read: write `mode = \"0600\";`",
    etc: '{file} has the mode {found}, so that others can read it: write `mode = "0600";`',
    line: "{file} has the mode {found}, so that others can read it: write `0600`",
    folder: "{file} is open to others with the mode {found}: write `0700`",
    adjusted: "This line gives {file} the mode {found}, so that others can read it: write `0600`",
    script: "The script leaves {file} with the mode {found}, so that others can read it: write {chmod} behind it, or `umask 077` before it",
    archive: "The script leaves {file}, an archive of secrets, with the mode {found}, so that others can read it: write `umask 077` before it, or close its folder with the mode `0700`",
  },
  *check({ config, scripts }) {
    yield* wrongEtc(config);
    yield* wrongLines(config);
    const closed = closedFolders(config, scripts);
    const restricted = restrictedFiles(config);
    const restrictions = scripts.map(restrictionsOf);
    const guards = guardsOf(config);
    const secrets = [...new Set(scripts.flatMap((script) => createdSecrets(script).flatMap(({ path }) => whole(path) ?? [])))];
    const holds = (member: Text): boolean => holdsSecrets(config, member, secrets);
    for (const script of scripts) {
      const archives = script.facts.hasErrors ? [] : script.facts.files.filter(({ how, path, members, secret }) => how === "archive" && head(path).startsWith("/") && (secret || members.some(holds)));
      for (const file of [...secretsLeftBy(script), ...archives]) {
        const { path, inClosedFolder } = file;
        const text = whole(path);
        const isNew = text !== null && (guards.get(script.source.unit ?? "")?.has(text) ?? false);
        const mode = file.mode ?? (file.how === "append" && isNew ? file.ifNew : null);
        if (mode === null || isOwnerOnly(mode) || inClosedFolder || isInside(path, closed)) continue;
        // What only fills a file leaves it the mode that something else gave it.
        if (text !== null && !isNew && KEEPING.has(file.how) && (restricted.has(text) || restrictions.some((other) => other.script !== script && restricts(other, path)))) continue;
        const at = script.at(commandAround(script.facts.commands, file));
        if (at === null) continue;
        const shown = inMessage(display(path));
        const data = { file: code(shown), found: code(octal(mode)) };
        const related = openFolders(config, path);
        const fix = (): Fix | Withheld | null => restrict(script, file, at);
        if (file.how === "archive") yield { message: "archive", at: firstLine(at), data, related, fix };
        else yield { message: "script", at: firstLine(at), data: { ...data, chmod: code(text === null ? "chmod 600" : `chmod 600 ${shown}`) }, related, fix };
      }
    }
  },
});

/** Files of one script among which the first is looked for that needs a mask. */
const MOST_LOOKED_AT = 50;

/** The file is restricted behind the command that makes it; where no word names it a second time, what the script makes from there on is. */
function restrict(script: Script, file: CreatedFile, place: At): Fix | Withheld | null {
  // The last word on its mode, where the script has one already that opens it.
  const opening = script.facts.commands.findLast(({ name, start, args }) => name === "chmod" && start > file.start && args.slice(1).some((arg) => matches(arg, file.path)) && !isOwnerOnly(applyMode(args[0], null) ?? 0o777));
  const [mode, target] = (opening?.argsAt ?? []).map((span) => script.at(span));
  if (opening !== undefined && mode != null && target != null) {
    if (/^0?[0-7]{3}$/.test(sliceAt(mode))) return fixOf("Write `600`", replaceWord(mode, sliceAt(mode), sliceAt(mode).length > 3 ? "0600" : "600"));
    const behind = script.at(opening);
    return behind === null ? null : fixOf(`Write ${code(`chmod 600 ${sliceAt(target)}`)}`, addCommandBehind(script, behind, `chmod 600 ${sliceAt(target)}`));
  }
  const word = wordFor(script, file);
  if (word !== null) return fixOf(`Write ${code(`chmod 600 ${word}`)}`, addCommandBehind(script, place, `chmod 600 ${word}`));
  // One mask, before the first of the files that need it.
  const first = script.facts.files.slice(0, MOST_LOOKED_AT).find((other) => other.mode !== null && !isOwnerOnly(other.mode) && other.how === file.how && wordFor(script, other) === null);
  const from = first === undefined ? null : script.at(commandAround(script.facts.commands, first));
  return from === null ? null : fixOf("Write `umask 077`", addCommandBefore(script, from, "umask 077"));
}

/** The mode of a line of tmpfiles, which may be `-` or left out behind the path. */
function writeMode(line: TmpfilesEntry, mode: string): Fix | Withheld | null {
  const { rule, at } = line;
  if (at === null) return null;
  if (exprAt(at)?.kind === "string") return rewriteString(at, mode);
  const title = `Write ${code(mode)}`;
  if (rule.modeField !== null) return fixOf(title, replaceWord(at, rule.modeField.text, trimmedEnd(rule.modeField.text, "01234567") + mode));
  const { file, end } = at;
  const { text } = file.syntax.source;
  const [blanks, unset] = [/^[ \t]+/.exec(text.slice(end))?.[0] ?? "", end];
  if (text[unset + blanks.length] === "-") return fixOf(title, replaceWord({ file, start: unset + blanks.length, end: unset + blanks.length + 1 }, "-", mode));
  return /^[ \t]*"/.test(text.slice(end)) && isSoleUse(at) ? fixOf(title, { do: "replace", at: { file, start: end, end }, text: ` ${mode}` }) : null;
}

function rewriteString(at: At, text: string): Fix | null {
  return isSoleUse(at) ? fixOf(`Write ${code(text)}`, rewrite(at, quoted(text))) : null;
}

/** Ways of writing that keep the mode of a file which is there. */
const KEEPING: ReadonlySet<string> = new Set(["redirect", "append", "output", "touch", "copy"]);

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

/** `environment.etc."secrets/…"` without a mode, or with one that lets others in. */
function* wrongEtc(config: Configuration) {
  for (const node of nodesAt(config, ["environment", "etc", "*"])) {
    const target = node.child("target").answer();
    const given = target.state === "undefined" ? (node.path[2] as string) : target.state === "known" && target.value !== null ? textOf(target.value) : null;
    const name = given === null ? null : normalise(given.replace(/^\/?(?:etc\/)?/, ""));
    if (name === null || !name.startsWith("secrets/") || isSurelyOff(node.child("enable").answer())) continue;
    const isSure = ["text", "source"].some((option) => node.child(option).answer().definitions.some(({ undecided }) => undecided.length === 0));
    const mode = config.option([...node.path, "mode"]);
    const file = code(`/etc/${inMessage(name)}`);
    const near = node.keys()[0];
    if (mode.state === "undefined" && near !== undefined && isSure) yield { message: "link", missing: `mode of ${name}`, near, data: { file }, fix: addDefinitions(node.path, [{ path: [...node.path, "mode"], value: '"0600"' }], near) } as const;
    const text = mode.state === "known" && mode.value !== null ? textOf(mode.value) : null;
    const at = placeOf(mode);
    if (text === null || at === null) continue;
    const bits = /^[0-7]{3,4}$/.test(text) ? Number.parseInt(text, 8) : null;
    if (/symlink$/.test(text) || (bits !== null && !isOwnerOnly(bits))) yield { message: "etc", at, data: { file, found: code(text) }, fix: () => rewriteValues(mode.winners, '"0600"') } as const;
  }
}

/** Lines of tmpfiles for the folder of secrets and what is in it. */
function* wrongLines(config: Configuration) {
  const { entries } = tmpfilesLines(config);
  const folders = new Set([SECRETS_FOLDER, ...entries.flatMap(({ rule }) => (isFolderLine(rule) && rule.path !== null ? [rule.path] : []))]);
  const restricted = restrictedFiles(config);
  for (const line of entries) {
    const { rule, at } = line;
    const { path } = rule;
    const mode = effectiveMode(rule);
    if (path === null || (path !== SECRETS_FOLDER && !isInSecrets(path)) || mode === null || at === null || rule.isMaskedMode) continue;
    const data = { file: code(path), found: code(octal(mode)) };
    const isAdjusting = isAdjustingLine(rule);
    if (isFileLine(rule) || (rule.type === "C" && !folders.has(path) && (mode & 0o100) === 0)) {
      // A further line may restrict what this one creates.
      if (!isOwnerOnly(mode) && !(isFileLine(rule) && restricted.has(path))) yield { message: "line", at, data, fix: () => writeMode(line, "0600") } as const;
    } else if (isFolderLine(rule) || rule.type === "e" || (isAdjusting && rule.type !== "Z" && (folders.has(path) || (mode & 0o100) !== 0))) {
      if (allowsOthers(mode)) yield { message: "folder", at, data, fix: () => writeMode(line, "0700") } as const;
    } else if (isAdjusting && !isOwnerOnly(mode)) yield { message: "adjusted", at, data, fix: () => writeMode(line, "0600") } as const;
  }
}

/** For each unit the files that are not there when it runs (`ConditionPathExists = "!…"`). */
function guardsOf(config: Configuration): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    unitsOf(config, "services").map((unit) => {
      const conditions = sureTexts(unitOption(config, unit, "unitConfig", "ConditionPathExists"));
      return [unit.name, new Set(conditions.flatMap(({ text }) => (text.startsWith("!/") ? [normalise(text.slice(1))] : [])))];
    }),
  );
}

/** What a script leaves so that only its owner can read it: files by their names, and what its `chmod` stands for. */
interface Restrictions {
  readonly script: Script;
  readonly files: ReadonlySet<string>;
  readonly targets: readonly Text[];
}

function restrictionsOf(script: Script): Restrictions {
  return { script, ...restrictionsIn(script.facts) };
}

const restrictionsIn = onceFor((facts: Script["facts"]): Omit<Restrictions, "script"> => {
  const files = facts.files.flatMap(({ path, mode }) => (mode !== null && isOwnerOnly(mode) ? [keyOf(path)] : []));
  const targets = facts.commands.flatMap(({ name, args }) => {
    const [mode, ...rest] = name === "chmod" ? args.filter((arg) => !/^-[A-Zfvc-]/.test(head(arg))) : [];
    const bits = applyMode(mode, null);
    return bits !== null && isOwnerOnly(bits) ? rest : [];
  });
  return { files: new Set(files), targets };
});

function restricts({ files, targets }: Restrictions, path: Text): boolean {
  const key = keyOf(path);
  return files.has(key) || targets.some((target) => matches(target, path) || key.startsWith(`${keyOf(target)}/`));
}

/** Whether an archive of a path takes secrets in: files in the folder for them, or such that a script makes. */
function holdsSecrets(config: Configuration, member: Text, made: readonly string[]): boolean {
  const text = whole(member) ?? (member.glob ? display(member) : null);
  if (text === null) return false;
  const path = normalise(`/${text}`);
  if (path === SECRETS_FOLDER || isInSecrets(path) || made.includes(path)) return true;
  const inside = (file: string): boolean => file.startsWith(path === "/" ? "/" : `${path}/`);
  return made.some(inside) || (inside(SECRETS_FOLDER) && config.node("environment.etc").names().some((name) => name.startsWith("secrets/")));
}

/** The lines of tmpfiles that make the folder of a file, and leave it open. */
function openFolders(config: Configuration, path: Text): RelatedPlace[] {
  const folder = head(path).slice(0, head(path).lastIndexOf("/"));
  return tmpfilesLines(config).entries.flatMap(({ rule, at }) => (rule.path === folder && isFolderLine(rule) && at !== null ? [{ at, message: "the folder is open to others" }] : []));
}

/** The command that a file comes from; its redirect alone says too little. */
function commandAround<T extends { readonly start: number; readonly end: number }>(commands: readonly T[], file: { readonly start: number; readonly end: number }): { readonly start: number; readonly end: number } {
  return commands.find((command) => command.start <= file.start && command.end >= file.end) ?? file;
}
