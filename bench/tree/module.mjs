/** Writes one module of the benchmark's tree: a system, a baseline, or a part that a system imports. */
import * as parts from "./parts.mjs";
import { Writer, styleFrom } from "./spelling.mjs";

/** How many modules are not as the handbook wants them. */
const VIOLATING = 0.2;

/** Collects the groups of definitions of one module. */
class Builder {
  folders = [];
  #lets = new Map();
  #versions = new Map();
  #groups = [];
  #style;
  #violates;

  constructor(random, name) {
    this.random = random;
    this.name = name;
    this.port = random.between(3000, 9000);
    this.#style = styleFrom(random);
    this.#violates = random.happens(VIOLATING);
  }

  get style() {
    return this.#style;
  }

  get size() {
    return this.#groups.reduce((sum, { definitions }) => sum + definitions.reduce((all, [path, value]) => all + path.length * 0.7 + value.length + 12, 0), 0);
  }

  group(title, definitions) {
    this.#groups.push({ title, definitions });
  }

  /** Whether something is to be wrong here. */
  spoils(likelihood) {
    return this.random.happens(likelihood) && this.#violates;
  }

  lib(name) {
    return this.#style.usesWith ? name : `lib.${name}`;
  }

  /** A value, or the name that it is given in `let`. */
  bind(name, value) {
    if (!this.#style.usesLet) return String(value);
    const known = this.#lets.get(name);
    if (known === undefined) this.#lets.set(name, String(value));
    return known === undefined || known === String(value) ? name : String(value);
  }

  /** A name that stands for a version, in the one place where versions are pinned. */
  version(name, value) {
    this.#versions.set(name, value);
    return `versions.${name}`;
  }

  byDefault(value) {
    return `${this.lib("mkDefault")} ${value}`;
  }

  packages(names) {
    return this.random.happens(0.5) ? `with pkgs; [ ${names.join(" ")} ]` : `[ ${names.map((name) => `pkgs.${name}`).join(" ")} ]`;
  }

  /** A oneshot unit with its timer. */
  job(name, description, calendar, script, path) {
    const unit = `systemd.services.${name}`;
    return [
      [`${unit}.description`, `"${description} of ${this.name}"`],
      [`${unit}.serviceConfig.Type`, '"oneshot"'],
      ...(path === null ? [] : [[`${unit}.path`, `[ ${path} ]`]]),
      [`${unit}.script`, `''\n${script.replace(/^(?=.)/gm, "  ")}\n''`],
      [`systemd.timers.${name}.wantedBy`, '[ "timers.target" ]'],
      [`systemd.timers.${name}.timerConfig.OnCalendar`, `"${calendar}"`],
      [`systemd.timers.${name}.timerConfig.Persistent`, this.spoils(0.2) ? "false" : "true"],
    ];
  }

  /** The text of the module. */
  text(comment, imports) {
    const { usesWith, isWhole, merges, comments } = this.#style;
    const writer = new Writer(this.random, this.#style);
    const versions = this.#versions.size === 0 ? [] : [["versions", `{\n${[...this.#versions].map(([name, value]) => `    ${name} = ${value};\n`).join("")}  }`]];
    const bound = [...versions, ...this.#lets].map(([name, value]) => `  ${name} = ${value};\n`).join("");
    const lets = bound === "" ? "" : `let\n${bound}in\n`;
    const head = `# ${comment}\n{ config, lib, pkgs, ... }:\n\n${usesWith ? "with lib;\n\n" : ""}${lets}{\n${imports.length === 0 ? "" : `  imports = [\n${imports.map((path) => `    ${path}\n`).join("")}  ];\n\n`}`;
    const groups = this.#groups.map(({ title, definitions }) => ({ title, definitions: definitions.map(([path, value]) => [path.split("."), value]) }));
    const titled = ({ title }, indent) => (this.random.happens(comments) ? [`${indent}# ${title}.`] : []);
    if (merges) {
      const sets = groups.flatMap((group) => {
        const [open, close] = this.random.happens(0.2) ? [`(${this.lib("mkIf")} true {`, "})"] : ["{", "}"];
        return [...titled(group, "    "), `    ${open}`, ...writer.bindings(group.definitions, "      "), `    ${close}`];
      });
      return `${head}  config = ${this.lib("mkMerge")} [\n${sets.join("\n")}\n  ];\n}\n`;
    }
    const lines = isWhole ? writer.bindings(groups.flatMap(({ definitions }) => definitions), "  ") : groups.flatMap((group) => [...titled(group, "  "), ...writer.bindings(group.definitions, "  ", 2), ""]);
    return `${head}${lines.join("\n").trimEnd()}\n}\n`;
  }
}

/** A baseline that systems import. */
export function baselineText(random) {
  const builder = new Builder(random, "baseline");
  parts.baseline(builder, true);
  return builder.text("What the systems of this site have in common.", []);
}

/**
 * A system of about a size.
 * @param shared what it imports as its baseline, as a path; null where it brings its own
 * @param imports further modules
 */
export function systemText(random, name, size, shared, imports) {
  const builder = new Builder(random, name);
  if (shared === null) parts.baseline(builder, false);
  builder.group("Host name", [["networking.hostName", builder.spoils(0.3) ? `"${name}"` : builder.byDefault(`"${name}"`)]]);
  parts.firewall(builder, false);
  const needsBackup = [parts.secrets, parts.database, parts.cache].filter((part) => {
    // With what saves and removes it, such a part comes to some 2 KB.
    const isTaken = builder.size < size - 1500 && random.happens(0.7);
    if (isTaken) part(builder);
    return isTaken;
  });
  if (needsBackup.length > 0 && !builder.spoils(0.1)) parts.files(builder);
  if (builder.size < size && random.happens(0.6)) parts.container(builder, 0);
  for (let number = 1; builder.size < size; number++) random.pick([parts.chore, parts.settings, parts.settings, parts.daemon])(builder, number);
  if (builder.folders.length > 0) builder.group("Folders", [["systemd.tmpfiles.rules", `[\n${[...new Set(builder.folders)].map((rule) => `  "${rule}"\n`).join("")}]`]]);
  return builder.text(`${name}: one of the systems of this site.`, ["/etc/nixos/hardware-configuration.nix", ...(shared === null ? [] : [shared]), ...imports]);
}

/** A part that declares options and what they stand for. */
export function partText(random, name, size) {
  const count = Math.max(1, Math.round(size / 700));
  const options = Array.from({ length: count }, (_, index) => `    option${index} = lib.mkOption {\n      type = lib.types.${random.pick(["str", "port", "bool", "lines"])};\n      description = "Option ${index} of ${name}.";\n    };\n`);
  const units = Array.from({ length: count }, (_, index) => `    systemd.services.${name}-${index} = {\n      description = "Part ${index}";\n      serviceConfig.Type = "oneshot";\n      script = ''\n        echo "part ${index}: \${toString cfg.option${index}}" > /var/lib/${name}/part${index}\n      '';\n    };\n`);
  return `# Options and units of ${name}.\n{ config, lib, pkgs, ... }:\n\nlet\n  cfg = config.services.${name};\nin\n{\n  options.services.${name} = {\n    enable = lib.mkEnableOption "${name}";\n${options.join("")}  };\n\n  config = lib.mkIf cfg.enable {\n${units.join("")}  };\n}\n`;
}
