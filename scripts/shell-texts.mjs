/**
 * Writes the manual page and the completions for bash, zsh and fish from what the command line takes; with --check it only says whether
 * they are up to date (status 1 if not).
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { load } from "./load.mjs";

const { shownCommandLine, FAIL_ON } = await load("src/cli/arguments.ts");
const { rules } = await load("src/rules/index.ts");
const { formats } = await load("src/report/index.ts");
const line = shownCommandLine();
const ids = rules.map(({ id }) => id).sort();

/** The words that a value may be; null for the name of a file; an empty list for what cannot be known. */
const WORDS = { "<ID>": ids, "<RULE>": ids, "<SEVERITY>": FAIL_ON, "<NAME[=FILE]>": formats, "<FILE>": null, "<FOLDER>": null, "<PATH>": null, "[FOLDER]": null, "<REV>": [], "<N>": [], "": [] };
const wordsOf = (value) => {
  if (!(value in WORDS)) throw new Error(`scripts/shell-texts.mjs does not know what ${value} can be`);
  return WORDS[value];
};

const texts = { "man/tappaas-lint.1": manual(), "completions/tappaas-lint.bash": bash(), "completions/_tappaas-lint": zsh(), "completions/tappaas-lint.fish": fish() };
let isOutdated = false;
for (const [file, text] of Object.entries(texts)) {
  if (process.argv.includes("--check")) {
    if ((await readFile(file, "utf8").catch(() => "")) === text) continue;
    console.error(`${file} is out of date; run \`npm run generate\`.`);
    isOutdated = true;
  } else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
process.exitCode = isOutdated ? 1 : 0;

/** The manual page (man(7)). */
function manual() {
  const escaped = (text) => text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("'", "\\(aq").replace(/^\./gm, "\\&.");
  const item = ({ names, value, description }) => `.TP\n${names.map((name) => `\\fB${escaped(name)}\\fR`).join(", ")}${value === null ? "" : ` \\fI${escaped(value.replace(/^<|>$/g, ""))}\\fR`}\n${escaped(sentence(description))}\n`;
  const groups = [...new Set(line.options.map(({ group }) => group))];
  const options = groups.map((group) => `.SS ${escaped(group)}\n${line.options.filter((option) => option.group === group).map(item).join("")}`).join("");
  const commands = line.commands.map(({ name, argument, description, options: own }) => {
    const more = own.filter(({ names }) => !names.includes("--help")).map(({ names, description: what }) => ` With ${names.join(", ")}: ${what}.`);
    return `.TP\n\\fB${escaped(name)}\\fR${argument === "" ? "" : ` \\fI${escaped(argument)}\\fR`}\n${escaped(sentence(description) + more.join(""))}\n`;
  });
  const [examples, rest] = line.after.trim().split("\n\n");
  const [status, suppression] = rest.split("\n");
  return `.\\" Made by scripts/shell-texts.mjs from what the command line takes.
.TH TAPPAAS\\-LINT 1
.SH NAME
tappaas\\-lint \\- ${escaped(line.description.replace(/\.$/, "").replace(/^Checks/, "check"))}
.SH SYNOPSIS
\\fBtappaas\\-lint\\fR [\\fIoptions\\fR] [\\fIPATHS\\fR...]
.br
\\fBtappaas\\-lint\\fR \\fICOMMAND\\fR ...
.SH DESCRIPTION
${escaped(`${line.description} PATHS are ${line.argumentDescription}.`.replaceAll("`", ""))}
.PP
${escaped(suppression)}
.SH COMMANDS
${commands.join("")}.SH OPTIONS
${options}.SH EXIT STATUS
${escaped(status.replace("Exit status: ", ""))}
.SH FILES
.TP
\\fI.tappaas\\-lint.json\\fR
The configuration, found upward from each file.
.TP
\\fI.tappaas\\-lint\\-baseline.json\\fR
Known findings, at the top of the tree.
.TP
\\fI$XDG_CACHE_HOME/tappaas\\-lint\\fR, by default \\fI~/.cache/tappaas\\-lint\\fR
What earlier runs have found; it may be deleted at any time.
.SH EXAMPLES
.nf
${escaped(examples.split("\n").slice(1).map((example) => example.trim()).join("\n"))}
.fi
`;
}

function sentence(text) {
  const plain = text.replaceAll("`", "");
  return `${plain.slice(0, 1).toUpperCase()}${plain.slice(1)}.`;
}

function bash() {
  const valued = [...line.options, ...line.commands.filter(({ argument }) => argument.startsWith("<")).map(({ name, argument }) => ({ names: [name], value: argument }))].filter(({ value }) => value !== null);
  const cases = valued.map(({ names, value }) => {
    const words = wordsOf(value);
    return `    ${names.join("|")}) ${words === null ? 'COMPREPLY=($(compgen -f -- "$current"))' : `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$current"))`}; return ;;`;
  });
  return `# Completion of tappaas-lint for bash. Made by scripts/shell-texts.mjs.
_tappaas_lint() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  case "$previous" in
${cases.join("\n")}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "${line.options.flatMap(({ names }) => names).join(" ")}" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
    ((COMP_CWORD > 1)) || COMPREPLY+=($(compgen -W "${line.commands.map(({ name }) => name).join(" ")}" -- "$current"))
  fi
}
complete -o filenames -F _tappaas_lint tappaas-lint
`;
}

function zsh() {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const plain = (text) => text.replace(/[[\]:\\]/g, "\\$&");
  const action = (value) => {
    const words = wordsOf(value);
    return words === null ? "_files" : words.length === 0 ? " " : `(${words.join(" ")})`;
  };
  const specs = line.options.flatMap(({ names, value, description }) =>
    names.map((name) => quoted(`${value === null ? "" : "*"}${name}[${plain(description)}]${value === null ? "" : `:${plain(value.replace(/^<|>$/g, ""))}:${action(value)}`}`)),
  );
  const commands = line.commands.map(({ name, description }) => quoted(`${name}:${plain(description)}`));
  const arguments_ = line.commands.map(({ name, argument }) => `    ${name}) _arguments '*:${argument === "" ? "nothing" : plain(argument.replace(/[<>[\]]/g, ""))}:${action(argument)}' ;;`);
  return `#compdef tappaas-lint
# Completion of tappaas-lint for zsh. Made by scripts/shell-texts.mjs.
_tappaas_lint() {
  local context state line
  local -a commands=(
    ${commands.join("\n    ")}
  )
  case "\${words[2]}" in
${arguments_.join("\n")}
    *)
      _arguments -s \\
        ${specs.join(" \\\n        ")} \\
        '1: :->first' '*:file:_files'
      if [[ $state == first ]]; then
        _describe command commands
        _files
      fi
      ;;
  esac
}
if [[ $funcstack[1] == _tappaas-lint ]]; then _tappaas_lint "$@"; else compdef _tappaas_lint tappaas-lint; fi
`;
}

function fish() {
  const quoted = (text) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const values = (value) => {
    if (value === null) return "";
    const words = wordsOf(value);
    return words === null ? " -r -F" : ` -x${words.length === 0 ? "" : ` -a ${quoted(words.join(" "))}`}`;
  };
  const options = line.options.map(({ names, value, description }) => `complete -c tappaas-lint${names.map((name) => (name.startsWith("--") ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`)).join("")}${values(value)} -d ${quoted(description)}`);
  const commands = line.commands.map(({ name, description }) => `complete -c tappaas-lint -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`);
  const arguments_ = line.commands.filter(({ argument }) => wordsOf(argument) !== null && argument !== "").map(({ name, argument }) => `complete -c tappaas-lint -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -f -a ${quoted(wordsOf(argument).join(" "))}`);
  return `# Completion of tappaas-lint for fish. Made by scripts/shell-texts.mjs.\n${[...options, ...commands, ...arguments_].join("\n")}\n`;
}
