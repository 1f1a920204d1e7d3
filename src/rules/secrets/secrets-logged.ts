/** Convention: key material is never printed. */
import { type Configuration, type Script, textOf } from "../../engine/model/index.ts";
import { type CommandUse, type Text, hasOption, keyOf, readArguments, scriptCall, whole } from "../../engine/model/script/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { commandPlace, firstLine } from "../vocabulary/places.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";

export default defineRule({
  id: "secrets-logged",
  theme: "secrets",
  severity: "error",
  fix: null,
  security: 7.5,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Do not print key material",
    convention: "No script of a unit prints key material that it has generated to its standard output or error. A redirect into a file or a pipe into a command that stores it is fine.",
    handbook: "Secrets (auto-generated on first boot); security review list: secrets are generated with `openssl rand` and kept in `/etc/secrets`",
    why: "What a unit prints lands in the journal, which is shipped to the log server: the key can then be read by everybody who may read logs, for as long as they are kept.",
    bad: [
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.web-init-secrets.script = \'\'\n    KEY=$(${pkgs.openssl}/bin/openssl rand -hex 32)\n    install -m 0600 /dev/stdin /etc/secrets/web.env <<< "KEY=$KEY"\n    ⟦echo "The key is $KEY"⟧\n  \'\';\n}\n',
        says: ["The script of the unit `web-init-secrets` prints `$KEY`, key material that it has generated, which lands in the journal and on the log server: print where the file is instead"],
      },
    ],
    good: [
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.web-init-secrets.script = \'\'\n    KEY=$(${pkgs.openssl}/bin/openssl rand -hex 32)\n    printf \'%s\' "$KEY" | install -m 0600 /dev/stdin /etc/secrets/web.key\n    echo "The key is in /etc/secrets/web.key"\n  \'\';\n}\n',
      },
    ],
  },
  messages: {
    printed: "The script of {script} prints {what}, which lands in the journal and on the log server: print where the file is instead",
    file: "The script of {script} prints {file}, which has generated key material in it, to the journal and so to the log server: print where the file is instead",
    traced: "With `set -x` the script of {script} prints {what}, which lands in the journal and on the log server: take `set -x` away, or put it behind that",
  },
  *check({ config, scripts }) {
    const secrets = new Set(scripts.flatMap(({ facts }) => facts.files.flatMap(({ secret, path }) => (secret && whole(path) !== null ? [keyOf(path)] : []))));
    for (const script of scripts) {
      const shown = titleOf(script);
      if (shown === null || isCaptured(script, scripts)) continue;
      const traces = new Set<number>();
      const prints = script.facts.prints.filter(({ stream }) => isLogged(config, script, stream));
      for (const print of prints) {
        const isTrace = print.how === "trace";
        // One `set -x` prints every use of the key: it is told once.
        if (isTrace && traces.has(print.start)) continue;
        if (isTrace) traces.add(print.start);
        const at = script.at(print);
        const traced = print.traced === null ? null : script.at(print.traced);
        if (at === null) continue;
        const what = print.variable === null || !/^\w+$/.test(print.variable) ? "key material that it has generated" : `${code(`$${print.variable}`)}, key material that it has generated`;
        const related = traced === null ? [] : [{ at: firstLine(traced), message: "this is what it prints" }];
        yield { message: isTrace ? "traced" : "printed", at: firstLine(at), data: { script: shown, what }, related };
      }
      if (!isLogged(config, script, "out")) continue;
      for (const command of script.facts.commands) {
        const file = printedFile(command, secrets);
        const at = file === null || prints.some(({ start, end }) => start <= command.start && end >= command.end) ? null : commandPlace(script, command);
        if (file !== null && at !== null) yield { message: "file", at, data: { script: shown, file: code(inMessage(file)) } };
      }
    }
  },
});

/** What messages call the place of a script; null for a program that people run, who see what it prints. */
function titleOf({ source }: Script): string | null {
  if (source.unit !== null) return `the unit ${code(source.unit)}`;
  return source.kind === "activation" ? code(`system.${source.option}`) : null;
}

/** Whether what a script prints goes where the script that runs it sends it, which may be a file. */
function isCaptured({ source }: Script, scripts: readonly Script[]): boolean {
  const runs = (outer: Script): boolean => outer.source.unit === source.unit && outer.source.value !== source.value && outer.source.value.pieces.some((piece) => "hole" in piece && scriptCall(piece.hole)?.text === source.value);
  return scripts.some((outer) => runs(outer) && !outer.facts.commands.every(({ isPrinted }) => isPrinted));
}

/** Whether a stream of a unit's script ends in the journal (systemd.exec(5), "StandardOutput="); `false` where that is not known. */
function isLogged(config: Configuration, { source }: Script, stream: "out" | "err" | "log"): boolean {
  if (source.unit === null || stream === "log") return true;
  const unit = [...(source.manager === "user" ? ["systemd", "user", "services"] : ["systemd", "services"]), source.unit, "serviceConfig"];
  const setting = (name: string): string | null => {
    const { state, value, definitions } = config.option([...unit, name]);
    if (state === "undefined" || (state === "unknown" && definitions.length === 0)) return "inherit";
    return state === "known" && value !== null ? textOf(value) : null;
  };
  const [out, err] = [setting("StandardOutput"), setting("StandardError")];
  const target = stream === "err" && err !== "inherit" ? err : out;
  return target !== null && /^(?:inherit|journal|kmsg|syslog)/.test(target);
}

const SHOWING = new Set(["cat", "tac", "head", "tail", "grep", "sed", "awk"]);

/** The generated file that a command shows; within one script the model has followed that already. */
function printedFile(command: CommandUse, secrets: ReadonlySet<string>): string | null {
  return shownFiles(command).map((text) => (secrets.has(keyOf(text)) ? whole(text) : null)).find((path) => path !== null) ?? null;
}

/** The files whose contents a command prints. */
const shownFiles = onceFor(({ name, args, argsAt, inputs, isPrinted, elsewhere }: CommandUse): readonly Text[] => {
  if (!isPrinted || elsewhere || name === null || !SHOWING.has(name)) return [];
  const given = readArguments(args, argsAt, "cn");
  if (name === "grep" && hasOption(given, "-q", "-c", "-l", "-L", "--quiet", "--silent", "--count")) return [];
  if (name === "sed" && [...given.options.keys()].some((option) => option.startsWith("-i"))) return [];
  return [...given.operands.map(({ text }) => text), ...inputs];
});
