/** Convention: a machine's state version is written down once and for all. */
import { type ActiveDefinition, type Value, PLAIN_PRIORITY, textOf } from "../../engine/model/index.ts";
import { JUDGED, type Withheld, defineRule } from "../../engine/run/index.ts";
import { addDefinitions, rewriteValues, rewriteWhole } from "../vocabulary/fixes.ts";
import { priorityText } from "../vocabulary/options.ts";
import { code, quoted, showValue } from "../vocabulary/show.ts";

const OPTION = "system.stateVersion";

export default defineRule({
  id: "state-version",
  theme: "structure",
  severity: "error",
  fix: "proposed",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Pin the state version",
    convention: "`system.stateVersion` is set to a literal string, without a priority wrapper, to the release that the project pins.",
    handbook: "Key Conventions: “system.stateVersion = \"25.05\" (NEVER change after install)”",
    why: "NixOS decides by the state version which formats and defaults of services a machine started with. If it is missing or follows the release, an upgrade changes them under existing data; with `lib.mkDefault` another module changes it unnoticed.",
    bad: [
      { code: '{ ... }:\n{\n  system.stateVersion = ⟦"24.11"⟧;\n}\n', says: ['`system.stateVersion` is `"24.11"`, but the project pins `"25.05"`: write `system.stateVersion = "25.05";`; on a machine that is installed it must stay as it is: there suppress this, with the reason'] },
      {
        code: '{ lib, ... }:\n{\n  system.stateVersion = ⟦lib.mkDefault "25.05"⟧;\n}\n',
        says: ['`system.stateVersion` is set with `mkDefault`, so that another module can change it: write `system.stateVersion = "25.05";`'],
      },
      {
        code: "{ lib, ... }:\n{\n  system.stateVersion = ⟦lib.trivial.release⟧;\n}\n",
        says: ['`system.stateVersion` follows the release instead of staying what it was at installation: write `system.stateVersion = "25.05";`'],
      },
      { code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n", says: ['`system.stateVersion` is not set: write `system.stateVersion = "25.05";`'] },
    ],
    good: [
      { code: '{ ... }:\n{\n  system.stateVersion = "25.05";\n}\n' },
      { code: '{ ... }:\n{\n  system.stateVersion = "25.11";\n}\n', options: { release: "25.11" } },
    ],
  },
  options: {
    type: "object",
    properties: { release: { type: "string", description: "The release that the project pins.", default: "25.05" } },
    additionalProperties: false,
  },
  messages: {
    missing: "`system.stateVersion` is not set: write {write}",
    other: "`system.stateVersion` is {found}, but the project pins {release}: write {write}; on a machine that is installed it must stay as it is: there suppress this, with the reason",
    type: "`system.stateVersion` is {found}, which is no string: write {write}",
    wrapped: "`system.stateVersion` is set with {wrapper}, so that another module can change it: write {write}",
    forced: "`system.stateVersion` is set with {wrapper}, which hides what another module says of it: write {write}",
    computed: "`system.stateVersion` follows the release instead of staying what it was at installation: write {write}",
  },
  *check({ config, entry, options }) {
    const release = quoted(options.release);
    const write = code(`${OPTION} = ${release};`);
    const answer = config.option(OPTION);
    if (answer.state === "undefined") {
      yield { message: "missing", missing: OPTION, data: { write }, fix: addDefinitions(OPTION, [{ path: OPTION, value: release }]) };
      return;
    }
    const definition = answer.winners.findLast(({ file }) => file === entry) ?? answer.winners[answer.winners.length - 1];
    if (definition === undefined || answer.winners.some(({ undecided }) => undecided.length > 0)) return;
    const at = definition.valueAt ?? definition.key;
    if (at === null) return;
    if (followsRelease(definition)) {
      yield { message: "computed", at, data: { write }, fix: () => INSTALLED };
      return;
    }
    if (answer.state !== "known") return;
    const { value, priority } = definition;
    const text = textOf(value);
    if (text !== null && text !== options.release) yield { message: "other", at, data: { found: code(quoted(text)), release: code(release), write }, related: originOf(definition), fix: () => INSTALLED };
    else if (text === null && isNoString(value)) yield { message: "type", at, data: { found: code(showValue(value)), write }, fix: () => (showValue(value) === options.release ? rewriteValues([definition], release) : INSTALLED) };
    else if (text !== null && priority !== PLAIN_PRIORITY) {
      const data = { wrapper: code(priorityText(priority)), write };
      const wrapped = definition.wholeAt ?? at;
      // The value stays.
      const fix = () => rewriteWhole(definition, release);
      yield priority > PLAIN_PRIORITY ? { message: "wrapped", at: wrapped, data, fix } : { message: "forced", at: wrapped, data, fix };
    }
  },
});

/** Only the machine, or who installed it, knows the right value; another one makes its services look for their data elsewhere. */
const INSTALLED: Withheld = { since: "a machine that is installed keeps the version that it was installed with, and only its maintainer knows which that is" };

const RELEASE_NAMES = ["release", "version", "codeName"];

/** Whether the value is that of the release that evaluates (nixpkgs, `lib/trivial.nix`). */
function followsRelease({ value }: ActiveDefinition): boolean {
  return value.t === "ref" && value.path.length > 1 && RELEASE_NAMES.includes(value.path[value.path.length - 1] as string);
}

function isNoString(value: Value): boolean {
  return value.t === "int" || value.t === "float" || value.t === "bool" || value.t === "null" || value.t === "list" || value.t === "path";
}

/** Where the text was written, if that is elsewhere than the definition. */
function originOf({ value, valueAt }: ActiveDefinition): { at: NonNullable<ActiveDefinition["valueAt"]>; message: string }[] {
  const origin = value.at;
  if (origin === null || valueAt === null || (origin.file === valueAt.file && origin.start >= valueAt.start && origin.end <= valueAt.end)) return [];
  return [{ at: origin, message: "It is written here" }];
}
