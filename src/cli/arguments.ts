/** Reads the command line: what is to be done, or the text that answers it (help, version, a mistake). */
import { Command, CommanderError, Option } from "commander";
import { nearestName } from "../engine/domain/nearest-name.ts";
import { BASELINE_NAME } from "../engine/run/baseline/name.ts";
import type { Severity } from "../engine/run/index.ts";
import { type Format, formats, isFormat } from "../report/index.ts";
import { MOST_THREADS } from "./thread-start.ts";
import { UsageError } from "./usage-error.ts";
import { TOOL } from "./version.ts";

/** A report to make, to standard output or into a file. */
export interface ReportRequest {
  readonly format: Format;
  readonly file: string | null;
}

/** What every command takes. */
export interface CommonOptions {
  /** A configuration for every file; null to find them. */
  readonly config: string | null;
  /** Null leaves it to the terminal. */
  readonly color: boolean | null;
  /** Files of plugins, as written. */
  readonly plugins: readonly string[];
}

export interface LintOptions extends CommonOptions {
  readonly paths: readonly string[];
  /** The name that standard input has; null where none is given. */
  readonly stdinFilename: string | null;
  /** Empty for all. */
  readonly rules: readonly string[];
  readonly ignoredRules: readonly string[];
  /** The revision that the branch is compared with; null for `HEAD`. */
  readonly base: string | null;
  /** Only what has changed since the base, and what depends on it. */
  readonly changed: boolean;
  /** Also what depends on the files that are named. */
  readonly dependents: boolean;
  /** The baseline to compare with: a file, false for none, null for the one at the top of the tree where there is one. */
  readonly baseline: string | false | null;
  /** What becomes of the baseline after the run; null leaves it as it is. */
  readonly rewriteBaseline: "write" | "prune" | null;
  /** SARIF holds also what is suppressed and what the baseline knows. */
  readonly includeSuppressed: boolean;
  /** Which findings are mended: those with a safe fix, all with a fix, or none. */
  readonly fix: "safe" | "proposed" | null;
  /** Show what mending would change, and write nothing. */
  readonly diff: boolean;
  readonly failOn: Severity | "never";
  readonly maxWarnings: number | null;
  readonly quiet: boolean;
  /** How many threads judge; null for as many as are of use. */
  readonly threads: number | null;
  /** Say what the run spent its time on. */
  readonly statistics: boolean;
  /** Where a profile of V8 goes; null for none. */
  readonly profile: string | null;
  /** Check again whenever something changes, until stopped. */
  readonly watch: boolean;
  /** What was found may be kept for later runs, and taken from earlier ones. */
  readonly cache: boolean;
  /** The folder of the cache, as written; null for the user's. */
  readonly cacheLocation: string | null;
  readonly reports: readonly ReportRequest[];
}

/** What is to be done. */
export type Invocation =
  | ({ readonly command: "lint" } & LintOptions)
  | ({ readonly command: "explain"; readonly rule: string } & CommonOptions)
  | ({ readonly command: "rules"; readonly json: boolean } & CommonOptions)
  | ({ readonly command: "options"; readonly file: string; readonly json: boolean } & CommonOptions)
  | ({ readonly command: "init"; readonly folder: string } & CommonOptions)
  | ({ readonly command: "lsp" } & Pick<CommonOptions, "plugins">)
  | { readonly command: "print"; readonly text: string };

/** The commands beside linting, by name. */
export const COMMANDS = ["explain", "rules", "options", "init", "lsp"] as const;

/** What `--fail-on` takes. */
export const FAIL_ON = ["error", "warning", "info", "never"] as const;

/**
 * Reads the arguments after the program's name.
 * @throws UsageError for whatever is not understood
 */
export function readArguments(argv: readonly string[]): Invocation {
  let invocation: Invocation | null = null;
  let text = "";
  const program = describe((made) => {
    invocation = made;
  });
  const quiet = { writeOut: (part: string) => void (text += part), writeErr: () => undefined };
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput(quiet);
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageError(reworded(error.message));
    return { command: "print", text };
  }
  return invocation ?? { command: "print", text };
}

/** Commander's message as one line with the next step. */
function reworded(message: string): string {
  const [first = "", hint] = message.replace(/^error: /, "").replaceAll("'", "`").split("\n");
  const nearest = hint?.replace(/^\(Did you mean (?:one of )?(.*)\?\)$/, "$1");
  const said = `${first.slice(0, 1).toUpperCase()}${first.slice(1).replace(/\.$/, "")}`;
  return `${said}${nearest === undefined ? "." : `; did you mean \`${nearest}\`?`} \`tappaas-lint --help\` shows what there is.`;
}

interface Raw {
  readonly stdinFilename?: string;
  readonly rule?: string[];
  readonly ignoreRule?: string[];
  readonly base?: string;
  readonly changed?: boolean;
  readonly dependents?: boolean;
  readonly baseline?: string | boolean;
  readonly writeBaseline?: boolean;
  readonly pruneBaseline?: boolean;
  readonly sarifIncludeSuppressed?: boolean;
  readonly fix?: boolean;
  readonly fixProposed?: boolean;
  readonly diff?: boolean;
  readonly failOn: string;
  readonly maxWarnings?: string;
  readonly quiet?: boolean;
  readonly threads?: string;
  readonly statistics?: boolean;
  readonly profile?: string;
  readonly watch?: boolean;
  readonly cache?: boolean;
  readonly cacheLocation?: string;
  readonly format?: string[];
  readonly config?: string;
  readonly plugin?: string[];
  readonly color?: boolean;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];
const collectIds = (value: string, before: string[] = []): string[] => [...before, ...value.split(",").map((id) => id.trim()).filter((id) => id !== "")];

function describe(done: (invocation: Invocation) => void): Command {
  const program = new Command("tappaas-lint")
    .description("Checks TAPPaaS's NixOS modules against the project's conventions, by what NixOS would make of them.")
    .usage("[options] [PATHS...]\n       tappaas-lint COMMAND ...")
    .argument("[PATHS...]", "files, folders (searched for *.nix, honouring .gitignore) or quoted globs; `-` is standard input; the current folder by default")
    .optionsGroup("What to check:")
    .option("--rule <ID>", "check only this rule (repeatable, or separated by commas); syntax errors are always told", collectIds)
    .option("--ignore-rule <ID>", "leave this rule out (repeatable, or separated by commas)", collectIds)
    .option("--base <REV>", "compare with where the branch left this branch, tag or commit, instead of with HEAD")
    .option("--changed", "check only what has changed since the base, and what depends on it")
    .option("--dependents", "check also what depends on the named files, which may be JSON too (for commit hooks)")
    .option("--config <FILE>", "use this configuration instead of the nearest .tappaas-lint.json")
    .option("--plugin <FILE>", "load rules of your own from a module (repeatable); it runs with your rights", collect)
    .option("--stdin-filename <PATH>", "the path that standard input would have")
    .optionsGroup("What is known already:")
    .option("--write-baseline", "record what is found, so that from now on only new findings are reported")
    .option("--prune-baseline", "take out of the baseline what no longer occurs")
    .option("--baseline <FILE>", `use this baseline instead of ${BASELINE_NAME} at the top of the tree`)
    .option("--no-baseline", "report also what the baseline knows")
    .optionsGroup("What to mend:")
    .option("--fix", "mend what has a safe fix, in place; standard input is printed mended")
    .option("--fix-proposed", "also what has a proposed fix, which may change how a machine behaves: read what it wrote")
    .option("--diff", "show as a unified diff what --fix (or --fix-proposed) would change, and write nothing; fails if that is anything")
    .optionsGroup("What to show:")
    .option("--format <NAME[=FILE]>", `the report: ${formats.join(", ")}; with =FILE into a file (repeatable)`, collect)
    .option("--sarif-include-suppressed", "in SARIF also what is suppressed or in the baseline, marked so; code scanning would show it as open")
    .option("--quiet", "show only errors, and what else makes the run fail")
    .option("--color", "colours even where the output is no terminal")
    .option("--no-color", "no colours")
    .optionsGroup("When to fail:")
    .addOption(new Option("--fail-on <SEVERITY>", `the least severity that makes the run fail: ${FAIL_ON.join(", ")}`).default("error"))
    .option("--max-warnings <N>", "fail if there are more warnings than this")
    .optionsGroup("Other:")
    .option("--threads <N>", `how many threads judge, from 1 to ${MOST_THREADS}; as many as a large tree can use by default`)
    .option("--watch", "check again what changes and what depends on it, until Ctrl-C; the status is then that of the last check")
    .option("--statistics", "say on standard error what the run spent its time on: phases, rules, files, threads")
    .option("--profile <FILE>", "write a CPU profile of the run, for Chrome's developer tools or speedscope")
    .option("--no-cache", "judge everything anew, and keep nothing of it for the next run")
    .option("--cache-location <FOLDER>", "keep what was found here, outside of what is linted, instead of in the user's cache")
    .version(TOOL.version, "--version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .addHelpText("after", EXAMPLES)
    .action((paths: string[], raw: Raw) => done({ command: "lint", ...lintOptions(paths, raw) }));
  const own = <T extends Invocation>(make: (common: CommonOptions) => T) => done(make(commonOptions(program.opts<Raw>())));
  program.command("explain").argument("<RULE>").description("what a rule asks for, why, and how it is done right").action((rule: string) => own((common) => ({ command: "explain", rule, ...common })));
  program
    .command("rules")
    .description("the list of all rules")
    .option("--json", "as JSON")
    .action(({ json = false }: { json?: boolean }) => own((common) => ({ command: "rules", json, ...common })));
  program
    .command("options")
    .argument("<FILE>")
    .description("what NixOS would take for every option that a module sets")
    .option("--json", "as JSON")
    .action((file: string, { json = false }: { json?: boolean }) => own((common) => ({ command: "options", file, json, ...common })));
  program
    .command("init")
    .argument("[FOLDER]", "where to write it; the current folder by default")
    .description("write a .tappaas-lint.json that fits the tree")
    .action((folder: string | undefined) => own((common) => ({ command: "init", folder: folder ?? ".", ...common })));
  program
    .command("lsp")
    .description("serve an editor over the language server protocol, on standard input and output")
    // What clients that know several ways to speak add to every server's arguments.
    .addOption(new Option("--stdio").hideHelp())
    .addOption(new Option("--clientProcessId <ID>").hideHelp())
    .action(() => own(({ plugins }) => ({ command: "lsp", plugins })));
  for (const command of program.commands) command.helpOption("-h, --help", "show this help");
  return program;
}

/** An option as people see it. */
export interface ShownOption {
  /** All its spellings, with `-`. */
  readonly names: readonly string[];
  /** What its value is, as help texts write it (`<ID>`); null where it takes none. */
  readonly value: string | null;
  readonly description: string;
  /** The heading that it stands under; empty for a command's own. */
  readonly group: string;
}

/** A command as people see it. */
export interface ShownCommand {
  readonly name: string;
  /** As help texts write it (`<RULE>`, `[FOLDER]`); empty where it takes none. */
  readonly argument: string;
  readonly description: string;
  readonly options: readonly ShownOption[];
}

/** What the command line takes, for the manual page and the shells' completions. */
export function shownCommandLine(): ShownCommand & { readonly commands: readonly ShownCommand[]; readonly argumentDescription: string; readonly after: string } {
  const program = describe(() => undefined);
  const optionsOf = (command: Command): ShownOption[] =>
    command
      .createHelp()
      .visibleOptions(command)
      .map((option) => ({ names: [option.short, option.long].flatMap((name) => name ?? []), value: /[<[].*/.exec(option.flags)?.[0] ?? null, description: option.description, group: option.helpGroupHeading?.replace(/:$/, "") ?? "" }));
  const shown = (command: Command): ShownCommand => ({
    name: command.name(),
    argument: command.registeredArguments.map((argument) => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`)).join(" "),
    description: command.description(),
    options: optionsOf(command),
  });
  return { ...shown(program), argument: "[PATHS...]", argumentDescription: program.registeredArguments[0]?.description ?? "", commands: program.commands.map(shown), after: EXAMPLES };
}

const EXAMPLES = `
Examples:
  tappaas-lint                                     everything in the current folder
  tappaas-lint src/apps/x 'src/**/*common*.nix'    a folder and a pattern
  tappaas-lint --format sarif=lint.sarif --format pretty
  tappaas-lint --write-baseline                    take what is found for known
  tappaas-lint --rule ssh-hardening --fail-on warning src
  git show HEAD:x.nix | tappaas-lint - --stdin-filename x.nix
  tappaas-lint --fix --diff src                    what --fix would change
  tappaas-lint explain ssh-hardening

Exit status: 0 nothing at or above the failing severity, 1 findings, 2 the run itself failed.
A finding is kept back by a comment: # tappaas-lint: disable-next-line RULE -- reason
`;

function commonOptions(raw: Raw): CommonOptions {
  return { config: raw.config ?? null, color: raw.color ?? null, plugins: raw.plugin ?? [] };
}

function lintOptions(paths: readonly string[], raw: Raw): LintOptions {
  if (paths.includes("-") && paths.length > 1) throw new UsageError("`-` stands for standard input and cannot be mixed with paths; lint them in a run of their own.");
  if (raw.stdinFilename !== undefined && !paths.includes("-")) throw new UsageError("`--stdin-filename` names what is read from standard input; write `-` as the path.");
  const diff = raw.diff ?? false;
  const fix = raw.fixProposed === true ? "proposed" : raw.fix === true || diff ? "safe" : null;
  const reports = reportRequests(raw.format ?? ["pretty"]);
  if (diff && (raw.writeBaseline === true || raw.pruneBaseline === true)) throw new UsageError("`--diff` writes nothing, so it cannot be asked to write a baseline as well; leave one of them out.");
  const printed = reports.find(({ file }) => file === null)?.format;
  if (raw.format !== undefined && printed !== undefined && fix !== null && (diff || paths.includes("-"))) {
    const what = diff ? "The diff goes" : "The mended text goes";
    throw new UsageError(`${what} to standard output; send the report into a file: \`--format ${printed}=FILE\`.`);
  }
  return {
    ...commonOptions(raw),
    paths: paths.length === 0 ? ["."] : paths,
    stdinFilename: raw.stdinFilename ?? null,
    rules: raw.rule ?? [],
    ignoredRules: raw.ignoreRule ?? [],
    base: raw.base ?? null,
    changed: raw.changed ?? false,
    dependents: raw.dependents ?? false,
    ...baselineOptions(raw),
    includeSuppressed: raw.sarifIncludeSuppressed ?? false,
    fix,
    diff,
    failOn: word(raw.failOn, FAIL_ON, "--fail-on"),
    maxWarnings: raw.maxWarnings === undefined ? null : count(raw.maxWarnings),
    threads: raw.threads === undefined ? null : threadCount(raw.threads),
    ...watchOptions(paths, raw, fix !== null),
    ...cacheOptions(raw),
    quiet: raw.quiet ?? false,
    reports,
  };
}

function cacheOptions({ cache = true, cacheLocation }: Raw): Pick<LintOptions, "cache" | "cacheLocation"> {
  if (!cache && cacheLocation !== undefined) throw new UsageError("`--no-cache` keeps nothing, and `--cache-location` says where; leave one of them out.");
  return { cache, cacheLocation: cacheLocation ?? null };
}

function baselineOptions({ baseline = true, writeBaseline = false, pruneBaseline = false }: Raw): Pick<LintOptions, "baseline" | "rewriteBaseline"> {
  if (writeBaseline && pruneBaseline) throw new UsageError("`--write-baseline` leaves nothing to prune; leave `--prune-baseline` out.");
  const rewriteBaseline = writeBaseline ? "write" : pruneBaseline ? "prune" : null;
  if (baseline === false && rewriteBaseline !== null) throw new UsageError(`\`--no-baseline\` leaves the baseline alone and \`--${rewriteBaseline}-baseline\` changes it; leave one of them out.`);
  return { baseline: typeof baseline === "string" ? baseline : baseline ? null : false, rewriteBaseline };
}

function watchOptions(paths: readonly string[], { statistics = false, profile, watch = false, writeBaseline, pruneBaseline }: Raw, isMending: boolean): Pick<LintOptions, "statistics" | "profile" | "watch"> {
  if (profile === "") throw new UsageError("`--profile` lacks the file to write; `--profile lint.cpuprofile` is one.");
  if (watch && paths.includes("-")) throw new UsageError("`--watch` looks at files, and standard input is none; name a file or a folder.");
  if (watch && isMending) throw new UsageError("`--watch` changes no files; leave `--fix`, `--fix-proposed` and `--diff` for a run of their own.");
  if (watch && (writeBaseline === true || pruneBaseline === true)) throw new UsageError("`--watch` writes no baseline; leave that for a run of its own.");
  if (watch && profile !== undefined) throw new UsageError("`--profile` records one run, and `--watch` has no end; leave one of them out.");
  return { statistics, profile: profile ?? null, watch };
}

function word<T extends string>(given: string, words: readonly T[], option: string): T {
  const found = words.find((candidate) => candidate === given);
  if (found !== undefined) return found;
  const nearest = nearestName(given, words);
  const all = words.map((name) => `\`${name}\``).join(", ");
  throw new UsageError(`\`${option}\` cannot be \`${given}\`; ${nearest === null ? `it takes ${all}.` : `did you mean \`${nearest}\`? It takes ${all}.`}`);
}

function count(given: string): number {
  if (!/^\d{1,9}$/.test(given)) throw new UsageError(`\`--max-warnings\` takes a whole number such as 0 or 10, not \`${given}\`.`);
  return Number(given);
}

function threadCount(given: string): number {
  if (!/^\d{1,2}$/.test(given) || Number(given) < 1 || Number(given) > MOST_THREADS) throw new UsageError(`\`--threads\` takes a number from 1 to ${MOST_THREADS}, not \`${given}\`.`);
  return Number(given);
}

function reportRequests(given: readonly string[]): ReportRequest[] {
  const requests = given.map((request): ReportRequest => {
    const equals = request.indexOf("=");
    const format = word(equals < 0 ? request : request.slice(0, equals), formats.filter(isFormat), "--format");
    const file = equals < 0 ? null : request.slice(equals + 1);
    if (file === "") throw new UsageError(`\`--format ${request}\` lacks the file; write \`--format ${format}=FILE\`, or \`--format ${format}\` for standard output.`);
    return { format, file };
  });
  const printed = requests.filter(({ file }) => file === null).map(({ format }) => format);
  if (printed.length > 1) throw new UsageError(`Only one report can go to standard output, not ${printed.join(" and ")}; send the others into files: \`--format ${printed[1] as string}=FILE\`.`);
  const files = requests.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new UsageError(`Two reports cannot go into the same file \`${twice}\`.`);
  return requests;
}
