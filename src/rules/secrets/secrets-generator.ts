/** Convention: a unit that creates a secret runs once, before whatever reads it. */
import { HOLE } from "../../engine/domain/hole.ts";
import { type Answer, type At, type Configuration, type Script, normalise, textOf } from "../../engine/model/index.ts";
import { display, whole } from "../../engine/model/script/index.ts";
import { type Fix, MODULES, type MakeFix, type RelatedPlace, type Withheld, defineRule, isSoleUse } from "../../engine/run/index.ts";
import { type Line, addDefinitions, addElements, allOf, exprAt, fixOf, growList, literalOf, rewrite, rewriteValues } from "../vocabulary/fixes.ts";
import { placeOf } from "../vocabulary/options.ts";
import { type Reader, readersOf } from "../vocabulary/secret-readers.ts";
import { type CreatedFile, createdSecrets, isInSecrets } from "../vocabulary/secrets.ts";
import { code, enumerate, quoted, showValue } from "../vocabulary/show.ts";
import { inMessage, sureTexts } from "../vocabulary/text.ts";
import { sliceAt } from "../vocabulary/text-fixes.ts";
import { namesIn, orderOf } from "../vocabulary/unit-order.ts";
import { type Unit, isOn, isSurelyOff, unitOption, unitPlace, unitsOf } from "../vocabulary/units.ts";

export default defineRule({
  id: "secrets-generator",
  theme: "secrets",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Generate secrets once, before they are read",
    convention: "A unit that creates a secret is `Type = \"oneshot\"` with `RemainAfterExit = true`, is guarded by `unitConfig.ConditionPathExists = \"!<file>\"` naming a file that it creates (of several: the last), is wanted by `multi-user.target`, and comes before every unit in the tree that reads the file.",
    handbook: "Secrets (auto-generated on first boot): the template of `<name>-init-secrets`",
    why: "Without the guard a new key is made at each boot and nothing encrypted with the old one can be read any more; without the order a service starts with an empty secret.",
    bad: [
      {
        code: '{ pkgs, ... }:\n{\n  ⟦systemd.services.web-init-secrets⟧ = {\n    wantedBy = [ "multi-user.target" ];\n    after = [ "local-fs.target" ];\n    serviceConfig.Type = "oneshot";\n    script = \'\'\n      ${pkgs.openssl}/bin/openssl rand -hex 32 | install -m 0600 /dev/stdin /etc/secrets/web.key\n    \'\';\n  };\n}\n',
        says: ['The unit `web-init-secrets` creates the secret `/etc/secrets/web.key` and lacks `serviceConfig.RemainAfterExit = true;` and `unitConfig.ConditionPathExists = "!/etc/secrets/web.key";`'],
      },
    ],
    good: [
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.web-init-secrets = {\n    wantedBy = [ "multi-user.target" ];\n    after = [ "local-fs.target" ];\n    before = [ "web.service" ];\n    unitConfig.ConditionPathExists = "!/etc/secrets/web.key";\n    serviceConfig = { Type = "oneshot"; RemainAfterExit = true; };\n    script = \'\'\n      ${pkgs.openssl}/bin/openssl rand -hex 32 | install -m 0600 /dev/stdin /etc/secrets/web.key\n    \'\';\n  };\n  systemd.services.web.serviceConfig.EnvironmentFile = "/etc/secrets/web.key";\n}\n',
      },
    ],
  },
  messages: {
    lacks: "The unit {unit} creates the secret {file} and lacks {parts}",
    wrong: "The unit {unit} creates the secret {file}, but {option} is {found}: write {write}",
    guard: "The unit {unit} is guarded by {found}, which it does not create: write {write}",
    last: "The unit {unit} is guarded by {found}, which it creates before {file}: if it is interrupted in between, the rest is never made; write {write}",
  },
  *check({ config, scripts, entry }) {
    for (const unit of unitsOf(config, "services")) {
      if (isSurelyOff(unitOption(config, unit, "enable"))) continue;
      const files = secretsMadeBy(unit, scripts);
      const last = files[files.length - 1];
      const near = unitPlace(unit, entry.path);
      if (last === undefined || near === null) continue;
      const shown = { unit: code(unit.name), file: code(inMessage(display(last.path))) };
      const parts: string[] = [];
      const lines: Line[] = [];
      const lists: [string, readonly string[]][] = [];
      for (const [section, name, wanted] of [["serviceConfig", "Type", '"oneshot"'], ["serviceConfig", "RemainAfterExit", "true"]] as const) {
        const answer = unitOption(config, unit, section, name);
        const write = code(`${section}.${name} = ${wanted};`);
        const { value } = answer;
        const at = placeOf(answer);
        if (answer.state === "undefined") {
          parts.push(write);
          lines.push({ path: [...unit.path, section, name], value: wanted });
        } else if (answer.state === "known" && value !== null && at !== null && isRight(name, value) === false) yield { message: "wrong", at, data: { ...shown, option: code(name), found: code(showValue(value)), write }, fix: () => rewriteValues(answer.winners, wanted) };
      }
      const guard = guardOf(config, unit, files);
      const guardPath = [...unit.path, "unitConfig", "ConditionPathExists"];
      const isGuarded = config.option(guardPath).state !== "undefined";
      if (guard === "missing") {
        parts.push(guardText(last));
        if (!isGuarded) lines.push({ path: guardPath, value: guardValue(last) });
      }
      else if (guard !== null) {
        const data = { unit: shown.unit, found: code(inMessage(guard.text)), write: guardText(last) };
        const fix = () => {
          const value = guardLike(guard, last);
          return exprAt(guard.at)?.kind === "string" && isSoleUse(guard.at) ? fixOf(`Write ${code(value)}`, rewrite(guard.at, value)) : null;
        };
        if (guard.kind === "other") yield { message: "guard", at: guard.at, data, fix };
        else yield { message: "last", at: guard.at, data: { ...data, file: shown.file }, fix };
      }
      if (lacksName(unitOption(config, unit, "wantedBy"), "multi-user.target")) {
        parts.push(code('wantedBy = [ "multi-user.target" ];'));
        lists.push(["wantedBy", ["multi-user.target"]]);
      }
      const unordered = unorderedReaders({ config, scripts }, unit, files);
      if (unordered.length > 0) {
        parts.push(code(`before = [ ${unordered.map((reader) => quoted(reader.unit)).join(" ")} ];`));
        lists.push(["before", unordered.map((reader) => reader.unit)]);
      }
      const isMinor = parts.length === 0;
      if (lacksName(unitOption(config, unit, "after"), "local-fs.target")) {
        parts.push(code('after = [ "local-fs.target" ];'));
        lists.push(["after", ["local-fs.target"]]);
      }
      if (parts.length === 0) continue;
      const related = unordered.flatMap(({ unit: reader, at }): RelatedPlace[] => (at === null ? [] : [{ at, message: `\`${reader}\` reads it here` }]));
      const fix: MakeFix = (place) => {
        const guards = guard === "missing" && isGuarded ? [alsoGuardedBy(config.option(guardPath), guardValue(last))] : [];
        const grown = lists.map(([name, names]) => addNames(config, unit, name, names, near)(place));
        return allOf(`Complete ${code(unit.name)}`, ...grown, ...(lines.length === 0 ? [] : [addDefinitions(unit.path, lines, near)(place)]), ...guards);
      };
      yield { message: "lacks", missing: parts.map((part) => `generator ${unit.name} ${part}`), near, data: { ...shown, parts: enumerate(parts) }, related, fix, ...(isMinor ? { severity: "warning" as const } : {}) };
    }
  },
});

function isRight(name: string, value: NonNullable<Answer["value"]>): boolean | null {
  if (name !== "Type") return isOn(value);
  const text = textOf(value);
  return text === null ? null : text === "oneshot";
}

/** Scripts of a unit in which it makes something rather than stops. */
const MAKING_OPTIONS = new Set(["script", "preStart", "postStart", "ExecStartPre", "ExecStart", "ExecStartPost"]);

/** The secrets with key material of their own that a unit makes, in their order; of copies elsewhere only if there is none in the folder for them. */
function secretsMadeBy(unit: Unit, scripts: readonly Script[]): readonly CreatedFile[] {
  const own = scripts.filter(({ source }) => source.unit === unit.name && source.manager === "system" && !source.uncertain && MAKING_OPTIONS.has(source.option));
  const files = own.flatMap((script) => createdSecrets(script).filter(({ secret }) => secret));
  const inFolder = files.filter(({ path }) => isInSecrets(display(path)));
  return inFolder.length > 0 ? inFolder : files;
}

function guardText(file: CreatedFile): string {
  return code(`unitConfig.ConditionPathExists = ${guardValue(file)};`);
}

function guardValue({ path }: CreatedFile): string {
  return quoted(`!${display(path)}`);
}

/** The guard as it is written, with another file of the same folder; the folder may be computed. */
function guardLike({ text, at }: Guard, file: CreatedFile): string {
  const written = sliceAt(at);
  const [old, wanted] = [text, `!${display(file.path)}`].map((path) => path.lastIndexOf("/") + 1);
  const name = text.slice(old);
  const isBeside = text.slice(0, old) === `!${display(file.path)}`.slice(0, wanted) && written.endsWith(`/${name}"`);
  return isBeside ? `${written.slice(0, -name.length - 1)}${`!${display(file.path)}`.slice(wanted)}"` : guardValue(file);
}

/** The conditions that are there stay, in a list with one more. */
function alsoGuardedBy(answer: Answer, guard: string): Fix | Withheld | null {
  const [only, ...others] = answer.winners;
  if (only?.valueAt == null || others.length > 0) return null;
  if (only.value.t === "list") return fixOf("Add the guard", addElements(only.valueAt, [guard]));
  const literal = literalOf(only.valueAt, only.value);
  return literal === null ? null : fixOf("Add the guard", { do: "replace", at: literal, text: `[ ${sliceAt(literal)} ${guard} ]` });
}

/** Names of units go into the unit's list of them, or into a new one beside the rest of it. */
function addNames(config: Configuration, unit: Unit, option: string, names: readonly string[], near: At): MakeFix {
  const path = [...unit.path, option];
  const elements = names.map(quoted);
  if (unitOption(config, unit, option).winners.some(({ valueAt, file }) => valueAt !== null && file === near.file)) return growList(config, path, elements);
  return addDefinitions(unit.path, [{ path, value: `[ ${elements.join(" ")} ]` }], near);
}

type Guard = { readonly kind: "other" | "early"; readonly text: string; readonly at: NonNullable<ReturnType<typeof placeOf>> };

/** What is wrong with a unit's guard; null where nothing is, or that cannot be known. */
function guardOf(config: Configuration, unit: Unit, files: readonly CreatedFile[]): "missing" | Guard | null {
  const answer = unitOption(config, unit, "unitConfig", "ConditionPathExists");
  const paths = files.map(({ path }) => whole(path)).map((path) => (path === null ? null : normalise(path)));
  const last = paths[paths.length - 1] ?? null;
  if (last === null) return null;
  // An empty or a missing file: the same guard, said otherwise.
  const others = ["ConditionFileNotEmpty", "ConditionPathExistsGlob"].map((name) => unitOption(config, unit, "unitConfig", name));
  if (others.some(({ state }) => state !== "undefined" && !(state === "unknown" && config.unfollowed.length > 0))) return null;
  if (answer.state === "undefined") return "missing";
  const texts = sureTexts(answer);
  if (answer.state !== "known" || texts.length === 0 || namesIn(answer).isWhole === false) return null;
  const guards = texts.flatMap((text) => {
    const path = /^\|?!\|?(\/.*)$/.exec(text.text)?.[1];
    return path === undefined ? [] : [{ path: normalise(path), text }];
  });
  if (texts.some(({ text }) => /[%*?[]/.test(text) || text.includes(HOLE)) || guards.some(({ path }) => path === last)) return null;
  if (guards.length === 0) return "missing";
  const found = guards.find(({ path }) => paths.includes(path)) ?? guards[0];
  const at = found?.text.at ?? null;
  return found === undefined || at === null ? null : { kind: paths.includes(found.path) ? "early" : "other", text: found.text.text, at };
}

function lacksName(answer: Answer, name: string): boolean {
  if (answer.state === "undefined") return true;
  const { names, isWhole } = namesIn(answer);
  return isWhole && !names.includes(name);
}

/** The units that read one of the files and may start before it is there. */
function unorderedReaders(context: { readonly config: Configuration; readonly scripts: readonly Script[] }, unit: Unit, files: readonly CreatedFile[]): readonly Reader[] {
  const paths = files.flatMap(({ path }) => whole(path) ?? []).map((path) => normalise(path));
  const isBefore = orderOf(context.config);
  return readersOf(context, paths).filter(({ unit: reader }) => reader !== `${unit.name}.service` && isBefore(`${unit.name}.service`, reader) === false);
}
