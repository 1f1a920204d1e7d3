/** Convention: a unit finds every command that its scripts name. */
import { type At, type Configuration, type Script, showPath } from "../../engine/model/index.ts";
import { type CommandUse, whole } from "../../engine/model/script/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { JUDGED, type MakeFix, type RelatedPlace, defineRule } from "../../engine/run/index.ts";
import { allOf, fixOf, growList } from "../vocabulary/fixes.ts";
import { firstLine } from "../vocabulary/places.ts";
import { WRAPPED_PROGRAMS, packageFor } from "../vocabulary/programs.ts";
import { code } from "../vocabulary/show.ts";
import { replaceWord } from "../vocabulary/text-fixes.ts";
import { tarRun } from "../vocabulary/tar.ts";
import { UnitPath } from "../vocabulary/unit-path.ts";

export default defineRule({
  id: "unit-command-path",
  theme: "units",
  severity: "error",
  fix: "proposed",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Give units the commands that they use",
    convention: "Every command in a unit's script can be found there: it is a shell builtin or function, an absolute path (`${pkgs.x}/bin/x`), on NixOS's default unit path (coreutils, findutils, gnugrep, gnused, systemd), in a package of the unit's `path`, or in a `PATH` of the unit's environment. Commands in wrappers count (`runuser … --`, `xargs`, `env`, `find -exec`, `timeout`). `tar -z`, `-a` and `czf` need gzip on that path too, `-J` xz, `--zstd` zstd. A script that sets `PATH` to the system's profile is not judged.",
    handbook: "Expertise Areas: “Systemd timers and services for backups”; Backups: “Config/secrets tar”",
    why: "A unit does not see what the shell of an administrator sees, so that a script that was tried by hand fails in its unit. Given by its full path, `tar` is found, but not the gzip that `-z` makes it start: with errors hidden this made empty backups in production for months.",
    bad: [
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.files-backup = {\n    startAt = \"02:45\";\n    script = ''\n      ⟦${pkgs.gnutar}/bin/tar⟧ -czf /var/backup/wiki/etc.tar.gz /etc\n      ⟦curl⟧ -fsS https://example.org/ping\n    '';\n  };\n}\n",
        says: [
          "`tar -z` starts `gzip`, which is not on the path of `files-backup.service`: write `systemd.services.files-backup.path = [ pkgs.gzip ];`",
          "`curl` is not on the path of `files-backup.service`: write `${pkgs.curl}/bin/curl`, or `systemd.services.files-backup.path = [ pkgs.curl ];`",
        ],
      },
    ],
    good: [
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.files-backup = {\n    startAt = \"02:45\";\n    path = [ pkgs.gnutar pkgs.gzip ];\n    script = ''\n      mkdir -p /var/backup/wiki\n      tar -czf /var/backup/wiki/etc.tar.gz /etc\n      ${pkgs.curl}/bin/curl -fsS https://example.org/ping\n    '';\n  };\n}\n",
      },
    ],
  },
  messages: {
    command: "{name} is not on the path of {unit}: write {absolute}, or {path}",
    wrapper: "{name} is not on the path of {unit}, and only NixOS's wrapper has the rights that it needs: write {absolute}{instead}",
    started: "{by} starts {name}, which is not on the path of {unit}: write {path}",
    line: "systemd looks for {name} in its own programs alone, whatever the unit's path: write {absolute}",
  },
  *check({ config, scripts }) {
    for (const script of scripts) {
      const { unit, manager, uncertain } = script.source;
      if (unit === null || uncertain || script.facts.hasErrors) continue;
      const path = new UnitPath(config, script);
      if (path.isUnknown) continue;
      const service = code(`${unit}.service`);
      const root = ["systemd", ...(manager === "user" ? ["user"] : []), "services", unit];
      const hasOwnPath = [[...root, "environment", "PATH"], [...root, "serviceConfig", "Environment"]].some((path) => config.option(path).state !== "undefined");
      const pathOf = new Map(script.facts.commands.flatMap((command) => (command.path === null ? [] : [[command.name ?? "", true] as const])));
      const option = [...root, "path"];
      for (const { name, by, places } of missing(script, path)) {
        const [at, ...others] = places as [At, ...At[]];
        const related = others.slice(0, MAX_RELATED).map((place): RelatedPlace => ({ at: place, message: `${name} is needed here too` }));
        const owner = packageFor(name);
        const isOwnPath = by !== LINE && (hasOwnPath || pathOf.get(name) === true);
        const fix = owner === null ? noPackage : isOwnPath ? (by === null ? absolutely(places, name, owner) : ownPath) : onPath(config, option, owner);
        const absolute = code(owner === null ? "an absolute path" : `\${pkgs.${owner}}/bin/${name}`);
        const write = code(`${showPath(option)} = [ ${owner === null ? "…" : `pkgs.${owner}`} ];`);
        if (by === LINE) yield { message: "line", at, data: { name: code(name), absolute }, related, fix: owner === null ? noPackage : absolutely(places, name, owner) };
        else if (by !== null) yield { message: "started", at, data: { by: code(by), name: code(name), unit: service, path: write }, related, fix };
        else if (WRAPPED_PROGRAMS.has(name)) {
          const instead = name === "sudo" || name === "su" ? ", or `${pkgs.util-linux}/bin/runuser -u USER --`" : "";
          yield { message: "wrapper", at, data: { name: code(name), unit: service, absolute: code(`/run/wrappers/bin/${name}`), instead }, related, fix: () => fixOf(`Write ${code(`/run/wrappers/bin/${name}`)}`, ...places.map((place) => replaceWord(place, name, `/run/wrappers/bin/${name}`))) };
        } else yield { message: "command", at, data: { name: code(name), unit: service, absolute: owner === null ? "its absolute path" : absolute, path: write }, related, fix };
      }
    }
  },
});

const noPackage: MakeFix = () => ({ since: "it is not known which package has this command" });

const ownPath: MakeFix = () => ({ since: "the unit or its script sets a `PATH` of its own" });

/** The package goes onto the unit's path; `pkgs` is brought in where the module does not take it. */
function onPath(config: Configuration, option: readonly string[], owner: string): MakeFix {
  return (place) => allOf(`Add ${code(`pkgs.${owner}`)} to the unit's path`, fixOf("", { do: "argument", file: place.file, name: "pkgs" }), growList(config, option, [`pkgs.${owner}`])(place));
}

/** The command is named by its full path, wherever it stands. */
function absolutely(places: readonly At[], name: string, owner: string): MakeFix {
  return ({ file }) => fixOf(`Write ${code(`\${pkgs.${owner}}/bin/${name}`)}`, { do: "argument", file, name: "pkgs" }, ...places.map((place) => replaceWord(place, name, `\${pkgs.${owner}}/bin/${name}`)));
}

const MAX_RELATED = 5;
/** Stands for systemd as what starts a command. */
const LINE = "\0line";

/** A program that is not found, with what starts it if that is not the script itself, and all its places. */
interface Missing {
  readonly name: string;
  readonly by: string | null;
  readonly places: At[];
}

function missing(script: Script, path: UnitPath): Missing[] {
  const found = new Map<string, Missing>();
  const add = (name: string, by: string | null, at: At | null): void => {
    if (at === null) return;
    const known = found.get(name);
    if (known === undefined) found.set(name, { name, by, places: [firstLine(at)] });
    else if (!known.places.some((place) => place.start === at.start)) known.places.push(firstLine(at));
  };
  const interpreter = script.source.hasInterpreter ? /^#!\s*\/usr\/bin\/env\s+(?:-\S+\s+)*([\w.+-]+)/.exec(script.text) : null;
  if (interpreter?.[1] !== undefined && path.has(interpreter[1], { path: null, wrappers: ["env"] }) === false) {
    add(interpreter[1], null, script.at({ start: interpreter[0].length - interpreter[1].length, end: interpreter[0].length }));
  }
  for (const { program, by, command } of wantedIn(script.facts)) {
    // What a command starts itself is looked up on the unit's path, also where systemd found the command.
    if (path.has(program, by === null ? command : { path: command.path, wrappers: ["tar"] }) !== false) continue;
    const isLine = by === null && script.source.kind === "command-line" && command.wrappers.length === 0;
    add(program, isLine ? LINE : by, script.at(command.nameAt));
  }
  return [...found.values()];
}

/** A program that a script wants by its bare name, with what starts it if that is not the script itself. */
interface Wanted {
  readonly program: string;
  readonly by: string | null;
  readonly command: CommandUse;
}

/** The programs that have to be on the path of whoever runs the script. */
const wantedIn = onceFor(({ commands, functions }: Script["facts"]): readonly Wanted[] => {
  const asked = askedFor(commands);
  const called = new Set(commands.filter(({ program }) => program.kind === "function").map(({ name }) => name));
  return commands.flatMap((command): Wanted[] => {
    const { name, program, inFunction } = command;
    if (name === null || command.elsewhere || (inFunction !== null && !called.has(inFunction)) || hasOtherPath(command, commands)) return [];
    const isWanted = program.kind === "name" && /^[A-Za-z][\w.+-]*$/.test(name) && !asked.has(name) && !functions.has(name);
    const own: Wanted[] = isWanted ? [{ program: name, by: null, command }] : [];
    const compressor = name === "tar" && isGnuTar(command) ? tarRun(command).compressor : null;
    return compressor === null || compressor.program === "" ? own : [...own, { program: compressor.program, by: `tar ${compressor.option}`, command }];
  });
});

/** GNU tar starts other programs to compress; what a path of another kind leads to is not known. */
function isGnuTar({ program }: CommandUse): boolean {
  return program.kind === "name" || (program.kind === "package" && program.package === "gnutar") || (program.kind === "path" && /^\/run\/current-system\/sw\/bin\/tar$/.test(program.path));
}

/** Programs whose presence the script itself asks for, and aliases that it makes. */
function askedFor(commands: readonly CommandUse[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { name, args } of commands) {
    if (name === "alias") for (const arg of args) found.add((whole(arg) ?? "").split("=")[0] as string);
    if (name === "command" && !args.some((arg) => /^-[pvV]+$/.test(whole(arg) ?? ""))) continue;
    if (name === "command" || name === "type" || name === "hash" || name === "which") for (const arg of args) found.add(whole(arg) ?? "");
  }
  return found;
}

/** Wrappers that give what they run a path of its own. */
const RESETTING = new Set(["su", "sudo", "doas", "systemd-run", "machinectl", "nix-shell", "chroot"]);

function hasOtherPath({ wrappers }: CommandUse, commands: readonly CommandUse[]): boolean {
  if (wrappers.some((name) => RESETTING.has(name))) return true;
  // A login shell reads /etc/profile, and with it the path of the system; `env -i` has none.
  return wrappers.some((wrapper) =>
    commands.some(({ name, args }) => name === wrapper && args.some((arg) => isLoginOption(whole(arg) ?? "")) && (wrapper === "bash" || wrapper === "sh" || wrapper === "runuser" || wrapper === "env")),
  );
}

/** `-`, `--login`, or letters with `l` or `i` among them (`bash -lc`, `su -`). */
function isLoginOption(arg: string): boolean {
  return arg === "-" || arg === "--login" || (/^-[a-z]+$/.test(arg) && /[li]/.test(arg));
}
