/** Convention: a unit that creates a secret runs once, before whatever reads it. */
import { type Answer, type Configuration, type Script, textOf } from "../../engine/model/index.ts";
import { display, head, whole } from "../../engine/model/script/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { createdSecrets, isInSecrets, isPassing } from "../vocabulary/secrets.ts";
import { code, enumerate, quoted } from "../vocabulary/show.ts";
import { inMessage, sureTexts } from "../vocabulary/text.ts";
import { type Unit, isOn, unitOption, unitsOf } from "../vocabulary/units.ts";

export default defineRule({
  id: "secrets-generator",
  theme: "secrets",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
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
    guard: "The unit {unit} is guarded by {found}, which it does not create: write {write}",
  },
  *check({ config, scripts }) {
    for (const unit of unitsOf(config, "services")) {
      const own = scripts.filter(({ source }) => source.unit === unit.name && source.manager === "system" && (source.option === "script" || source.option === "ExecStart") && source.kind !== "command-line");
      const files = own.flatMap((script) => createdSecrets(script).filter(({ secret, path }) => secret && (isInSecrets(head(path)) || !isPassing(head(path)))));
      const last = files.map(({ path }) => whole(path)).findLast((path) => path !== null);
      const near = unit.node.keys()[0];
      if (last === undefined || last === null || near === undefined) continue;
      const parts: string[] = [];
      const lacks = (answer: Answer, isRight: (answer: Answer) => boolean | null, write: string): void => {
        if (answer.state === "undefined" || (answer.state === "known" && isRight(answer) === false)) parts.push(code(write));
      };
      lacks(unitOption(config, unit, "serviceConfig", "Type"), ({ value }) => (value === null ? null : textOf(value) === "oneshot"), 'serviceConfig.Type = "oneshot";');
      lacks(unitOption(config, unit, "serviceConfig", "RemainAfterExit"), ({ value }) => (value === null ? null : isOn(value)), "serviceConfig.RemainAfterExit = true;");
      const guard = unitOption(config, unit, "unitConfig", "ConditionPathExists");
      const guards = sureTexts(guard);
      const write = `unitConfig.ConditionPathExists = ${quoted(`!${last}`)};`;
      if (guard.state === "undefined") parts.push(code(write));
      else if (guards.length === 1 && guards[0]?.at != null && guard.state === "known" && guards[0].text.startsWith("!/") && !files.some(({ path }) => `!${display(path)}` === guards[0]?.text)) {
        yield { message: "guard", at: guards[0].at, data: { unit: code(unit.name), found: code(inMessage(guards[0].text)), write: code(write) } };
      }
      lacks(unitOption(config, unit, "wantedBy"), ({ value }) => isInList(value, "multi-user.target"), 'wantedBy = [ "multi-user.target" ];');
      const unordered = readersOf(config, scripts, files.flatMap(({ path }) => whole(path) ?? []), unit.name).filter((reader) => isUnordered(config, unit, reader));
      if (unordered.length > 0) parts.push(code(`before = [ ${unordered.map((name) => quoted(`${name}.service`)).join(" ")} ];`));
      const isMinor = parts.length === 0;
      lacks(unitOption(config, unit, "after"), ({ value }) => isInList(value, "local-fs.target"), 'after = [ "local-fs.target" ];');
      if (parts.length === 0) continue;
      const data = { unit: code(unit.name), file: code(inMessage(last)), parts: enumerate(parts) };
      yield { message: "lacks", missing: `generator ${unit.name}`, near, data, ...(isMinor ? { severity: "warning" as const } : {}) };
    }
  },
});

function isInList(value: Answer["value"], wanted: string): boolean | null {
  if (value?.t !== "list") return null;
  if (value.items.some((item) => textOf(item.thunk.force()) === wanted)) return true;
  return value.open === null && value.items.every((item) => textOf(item.thunk.force()) !== null) ? false : null;
}

/** The units of the tree that surely read one of the files; jobs that back files up do not count. */
function readersOf(config: Configuration, scripts: readonly Script[], files: readonly string[], own: string): string[] {
  const readers = new Set<string>();
  for (const unit of unitsOf(config, "services")) {
    const named = ["EnvironmentFile", "LoadCredential"].flatMap((option) => sureTexts(unitOption(config, unit, "serviceConfig", option)).map(({ text }) => text.replace(/^-/, "").replace(/^[^/]*:/, "")));
    if (named.some((text) => files.includes(text))) readers.add(unit.name);
  }
  const backend = config.option("virtualisation.oci-containers.backend").value;
  const prefix = backend !== null && textOf(backend) === "docker" ? "docker" : "podman";
  for (const name of config.node("virtualisation.oci-containers.containers").names()) {
    const path = ["virtualisation", "oci-containers", "containers", name, "environmentFiles"];
    if (sureTexts(config.option(path)).some(({ text }) => files.includes(text))) readers.add(`${prefix}-${name}`);
  }
  for (const { source, facts } of scripts) {
    if (source.unit === null || source.manager === "user") continue;
    if (facts.commands.some(({ name, args }) => name === "cat" && args.some((arg) => files.includes(whole(arg) ?? "")))) readers.add(source.unit);
  }
  readers.delete(own);
  return [...readers];
}

/** Whether neither `before` here nor `after` there puts a reader behind the generator. */
function isUnordered(config: Configuration, unit: Unit, reader: string): boolean {
  const before = isInList(unitOption(config, unit, "before").value ?? null, `${reader}.service`);
  const after = isInList(config.option(["systemd", "services", reader, "after"]).value ?? null, `${unit.name}.service`);
  const isKnown = (path: readonly string[]): boolean => ["known", "undefined"].includes(config.option(path).state);
  if (before === true || after === true) return false;
  return isKnown([...unit.path, "before"]) && isKnown(["systemd", "services", reader, "after"]);
}
