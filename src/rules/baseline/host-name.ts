/** Convention: a machine is called what its module says, so that names lead to it. */
import { PLAIN_PRIORITY, baseName, textOf, type SourceFile } from "../../engine/model/index.ts";
import { type ConfigurationContext, type MakeFix, defineRule } from "../../engine/run/index.ts";
import { addDefinitions, rewriteValues } from "../vocabulary/fixes.ts";
import { isBaselineOf, originOf, ownDefinition } from "../vocabulary/options.ts";
import { code, quoted, showValue } from "../vocabulary/show.ts";

const OPTION = "networking.hostName";

/** Entry files whose names say what they are for, not what the machine is called. */
const NAMELESS = ["default.nix", "configuration.nix"];

export default defineRule({
  id: "host-name",
  theme: "baseline",
  severity: "error",
  fix: "proposed",
  scope: "configuration",
  roles: ["system"],
  docs: {
    title: "Name the machine after its module",
    convention:
      "`networking.hostName` is set and equals `vmname` of the JSON beside the module, else the file's base name (of `default.nix` and `configuration.nix` nothing is expected). It consists of letters, digits and hyphens. An empty name counts as not set, also one that comes from a baseline.",
    handbook: "Base Configuration Pattern, “Networking”: `networking.hostName = lib.mkDefault \"<vmname>\";`",
    why: "A VM registers in DNS under its host name, and proxy, backups and other modules look for it under `vmname`. Under another name it runs but nobody finds it; with a name that DNS does not allow it does not register at all.",
    bad: [
      {
        code: '{ lib, ... }:\n{\n  networking.hostName = lib.mkDefault ⟦"wiki-old"⟧;\n}\n',
        files: { "example.json": '{ "vmname": "wiki" }' },
        says: ['`networking.hostName` is `"wiki-old"`, but `vmname` in `example.json` is `"wiki"`: write `networking.hostName = lib.mkDefault "wiki";` or correct the JSON'],
      },
      {
        code: '{ lib, ... }:\n{\n  networking.hostName = ⟦"my_vm"⟧;\n}\n',
        files: { "example.json": '{ "vmname": "my_vm" }' },
        says: ["`networking.hostName` is `\"my_vm\"`: a host name consists of letters, digits and hyphens, at most 63, with no hyphen at either end"],
      },
      {
        code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n",
        says: ['`networking.hostName` is not set: write `networking.hostName = lib.mkDefault "example";` (DNS knows the VM by its host name)'],
      },
    ],
    good: [
      { code: '{ lib, ... }:\n{\n  networking.hostName = lib.mkDefault "example";\n}\n' },
      {
        code: '{ lib, ... }:\nlet\n  meta = if builtins.pathExists ./example.json then builtins.fromJSON (builtins.readFile ./example.json) else { };\nin\n{\n  networking.hostName = lib.mkDefault (meta.vmname or "example");\n}\n',
        files: { "example.json": '{ "vmname": "wiki" }' },
      },
    ],
  },
  messages: {
    missing: "`networking.hostName` is not set: write `networking.hostName = lib.mkDefault {name};` (DNS knows the VM by its host name)",
    left: "`networking.hostName` is empty, as the baseline leaves it, which counts as not set: write `networking.hostName = {stronger};` (DNS knows the VM by its host name)",
    empty: "`networking.hostName` is empty, which counts as not set: write `networking.hostName = lib.mkDefault {name};` (DNS knows the VM by its host name)",
    inherited: "`networking.hostName` is {found}, as the baseline sets it, but {source} is {wanted}: write `networking.hostName = {stronger};`",
    json: "`networking.hostName` is {found}, but {source} is {wanted}: write `networking.hostName = lib.mkDefault {name};` or correct the JSON",
    file: "`networking.hostName` is {found}, but {source} is {wanted}: write `networking.hostName = lib.mkDefault {name};` or rename the file",
    characters: "`networking.hostName` is {found}: a host name consists of letters, digits and hyphens, at most 63, with no hyphen at either end",
  },
  check: function* (context) {
    const { config, entry, systemsWith } = context;
    const expected = expectedName(context);
    const name = quoted(expected?.name ?? "<name>");
    const unlessTemplate = (fix: MakeFix): MakeFix | undefined => (expected === null ? undefined : isTemplate(entry) ? () => ({ since: "this looks like a template, whose copies have names of their own" }) : fix);
    const add = (value: string): MakeFix => addDefinitions(OPTION, [{ path: OPTION, value }]);
    const answer = config.option(OPTION);
    if (answer.state === "undefined") {
      yield { message: "missing", missing: OPTION, data: { name }, fix: unlessTemplate(add(`lib.mkDefault ${name}`)) };
      return;
    }
    const definition = ownDefinition(context, answer);
    const at = definition?.valueAt ?? definition?.key ?? null;
    const value = answer.state === "known" ? answer.value : null;
    const text = value === null ? null : textOf(value);
    if (definition === null || at === null || value === null || text === null) return;
    const related = originOf(value, at);
    const fix = unlessTemplate(() => (systemsWith(definition.file) > 1 ? { since: "other machines take their name from the same definition" } : rewriteValues([definition], name)));
    const isInherited = isBaselineOf(config, entry, definition.file);
    // Beside a baseline's `lib.mkDefault` another would be refused as a second value of equal priority.
    const stronger = definition.priority > PLAIN_PRIORITY ? name : `lib.mkForce ${name}`;
    const inherited = { missing: OPTION, fix: unlessTemplate(add(stronger)), related: [{ at, message: "the baseline sets it here" }] };
    if (text === "") {
      if (isInherited) yield { message: "left", ...inherited, data: { stronger } };
      else yield { message: "empty", at, data: { name }, related, fix };
      return;
    }
    const found = code(showValue(value));
    if (expected !== null && expected.name !== text) {
      const data = { found, source: expected.source, wanted: code(quoted(expected.name)), name, stronger };
      // Only the system knows its own name: a baseline's is not wrong for being another.
      if (isInherited) yield { message: "inherited", ...inherited, data };
      else if (expected.isJson) yield { message: "json", at, data, related, fix };
      else yield { message: "file", at, data, related, fix };
    } else if (!isHostName(text)) yield { message: "characters", at, data: { found }, related };
  },
});

interface Expected {
  readonly name: string;
  readonly source: string;
  readonly isJson: boolean;
}

/** What the machine is to be called, and who says so; null where nothing can be expected. */
function expectedName(context: ConfigurationContext<unknown>): Expected | null {
  const expected = givenName(context);
  // A name that no machine can have is nothing to ask for.
  return expected !== null && isHostName(expected.name) ? expected : null;
}

function givenName({ entry, json, project }: ConfigurationContext<unknown>): Expected | null {
  const jsonPath = entry.path.replace(/\.nix$/, ".json");
  if (json?.vmname != null) return { name: json.vmname, source: `\`vmname\` in ${code(baseName(jsonPath))}`, isJson: true };
  // A JSON that cannot be read may name the machine.
  if (NAMELESS.includes(baseName(entry.path)) || (json === null && project.host.kind(jsonPath) !== null)) return null;
  return { name: baseName(entry.path).replace(/\.nix$/, ""), source: "the file's name", isJson: false };
}

/** Whether a module is there to be copied, by what it is called. */
function isTemplate({ path }: SourceFile): boolean {
  return /(?:^|[/_.-])(?:template|skeleton)s?(?:[/_.-]|$)/i.test(path);
}

/** A label as DNS and NixOS take it, without the underscore that NixOS lets pass (RFC 1123 section 2.1). */
function isHostName(name: string): boolean {
  return /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(name);
}
