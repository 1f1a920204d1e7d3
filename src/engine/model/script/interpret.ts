/** Walks a script in the order in which the shell would, on all ways through it at once, and collects what it does. */
import type { Command, Redirect, ShellScript, Statement, Word, WordPart } from "../../syntax/shell/index.ts";
import type { Span } from "../../syntax/index.ts";
import type { Value } from "../values.ts";
import type { CommandUse, Fate, FileFact, FolderFact, PrintFact, Program, ScriptFacts } from "./facts.ts";
import { programOf } from "./program-name.ts";
import { type Outcome, type Stdin, isRandomDevice, run, write } from "./programs.ts";
import { type Diverted, type FileState, State, worse } from "./state.ts";
import { baseNameOf, concat, display, either, gap, head, keyOf, known, SECRET, type Text, UNKNOWN, whole } from "./text.ts";
import { unwrapCommand } from "./wrappers.ts";

/** How a script starts. */
export interface ScriptStart {
  readonly errexit: boolean;
  readonly pipefail: boolean;
  readonly umask: number | null;
  readonly environment: ReadonlyMap<string, Text>;
  /** Reads scripts in strings (`bash -c '…'`). */
  readonly parse: (text: string) => ShellScript;
}

/** Where standard output goes. */
type Sink = "journal" | "null" | "captured" | "piped" | { readonly file: Text };

interface Context {
  readonly out: Sink;
  readonly err: Sink;
  readonly stdin: Stdin;
  readonly fate: Fate;
  readonly uncertain: boolean;
  /** Within a condition `set -e` does not act. */
  readonly inCondition: boolean;
  readonly pipedInto: readonly string[];
  /** The files in which the output of a pipe ends. */
  readonly flow: readonly Text[];
  readonly inFunction: string | null;
  /** Nested scripts have no places of their own: all is where the string stands. */
  readonly at: Span | null;
  /** The variable through which key material comes into the command at hand. */
  readonly holder: string | null;
  readonly depth: number;
  readonly wrappers: readonly string[];
  readonly user: Text | null;
  readonly elsewhere: boolean;
}

const NO_INPUT: Stdin = { secret: false, random: false, generates: false };
const SILENT: Outcome = { secret: false, random: false, generates: false };
const MAX_DEPTH = 30;
const MAX_LOOP_VALUES = 24;
const MAX_COMMANDS = 5_000;
/** Statements carried out, with repetitions, before a script counts as one that cannot be read. */
const MAX_STEPS = 20_000;
const MAX_COST = 1_000_000;

/** Walks a script. `holes` are the Nix values of its interpolations. */
export function interpret(script: ShellScript, holes: readonly Value[], start: ScriptStart): ScriptFacts {
  return new Interpreter(holes, start).run(script);
}

/** A substring of at most eight characters: `${KEY:0:4}`, `${KEY: -4}`. */
const HINT = /:[ \t]*(?:\d+[ \t]*:[ \t]*[1-8]|-[1-8])[ \t]*\}$/;

/** Special files, and the stream that each is. */
const DEVICES: ReadonlyMap<string, "out" | "err" | "null"> = new Map([
  ["/dev/null", "null"], ["/dev/tty", "null"], ["/dev/console", "null"],
  ["/dev/stdout", "out"], ["/dev/fd/1", "out"], ["/proc/self/fd/1", "out"],
  ["/dev/stderr", "err"], ["/dev/fd/2", "err"], ["/proc/self/fd/2", "err"],
]);

class Interpreter {
  readonly #holes: readonly Value[];
  readonly #start: ScriptStart;
  readonly #commands: CommandUse[] = [];
  readonly #prints: PrintFact[] = [];
  readonly #endings: State[] = [];
  readonly #functions = new Map<string, readonly Statement[]>();
  readonly #called = new Set<string>();
  #hasErrors = false;
  #steps = 0;
  /** The text that spans of statements refer to. */
  #source = "";
  #looksAtStatus = false;
  #state = new State();

  constructor(holes: readonly Value[], start: ScriptStart) {
    this.#holes = holes;
    this.#start = start;
    this.#state.errexit = start.errexit;
    this.#state.pipefail = start.pipefail;
    this.#state.umask = start.umask;
    for (const [name, value] of start.environment) this.#state.vars.set(name, value);
  }

  run(script: ShellScript): ScriptFacts {
    this.#hasErrors = script.hasErrors;
    this.#source = script.text;
    // `#!/bin/bash -x`; the line stands there as a comment.
    const shebang = /^#![^\n]*[ \t]-[a-wyz]*x[a-z]*[ \t]*(?=\n|$)/.exec(script.text);
    if (shebang !== null) this.#state.xtrace = { start: 0, end: shebang[0].length };
    this.#looksAtStatus = /\$\?|PIPESTATUS|\btrap\b/.test(script.text);
    const context: Context = { out: "journal", err: "journal", stdin: NO_INPUT, fate: { kind: "counts" }, uncertain: false, inCondition: false, pipedInto: [], flow: [], inFunction: null, at: null, holder: null, depth: 0, wrappers: [], user: null, elsewhere: false };
    this.#sequence(script.statements, context);
    // A function that is never called here may be called by what sources the script: its commands still count.
    for (const [name, body] of this.#functions) {
      if (this.#called.has(name)) continue;
      const state = this.#state;
      const prints = this.#prints.length;
      this.#state = state.copy();
      this.#state.ended = false;
      this.#sequence(body, { ...context, fate: { kind: "handled" }, uncertain: true, inFunction: name });
      this.#state = state;
      // Where its output would go is the caller's matter.
      this.#prints.length = prints;
    }
    this.#endings.push(this.#state);
    return { commands: this.#commands, files: this.#files(), folders: this.#folders(), prints: this.#prints, functions: new Set(this.#functions.keys()), hasErrors: this.#hasErrors };
  }

  #files(): FileFact[] {
    const all = new Map<string, FileState>();
    for (const state of this.#endings) {
      for (const [key, file] of state.files) {
        file.inClosedFolder = state.isInClosedFolder(file.path);
        const other = all.get(key);
        all.set(key, other === undefined ? file : worse(other, file));
      }
    }
    return [...all.values()].sort((a, b) => a.start - b.start);
  }

  #folders(): FolderFact[] {
    const all = new Map<string, FolderFact>();
    for (const { folders } of this.#endings) for (const [key, { path, mode }] of folders) all.set(key, { path, mode: mode | (all.get(key)?.mode ?? 0) });
    return [...all.values()];
  }

  #span(span: Span, context: Context): Span {
    return context.at ?? { start: span.start, end: span.end };
  }

  #sequence(statements: readonly Statement[], context: Context): Outcome {
    let outcome = SILENT;
    statements.forEach((statement, index) => {
      if (this.#state.ended) return;
      const next = statements[index + 1];
      const fate = next === undefined ? context.fate : this.#fateWithin(next, context);
      const own = this.#statement(statement, { ...context, fate });
      outcome = joinOutcomes(outcome, own);
    });
    return outcome;
  }

  /** What becomes of a failure with another statement behind it. */
  #fateWithin(next: Statement, context: Context): Fate {
    if (context.fate.kind === "handled" || this.#looksAtStatus || context.inCondition) return { kind: "handled" };
    if (this.#state.errexit === null) return { kind: "handled" };
    if (this.#state.errexit) return context.fate.kind === "hidden" ? context.fate : { kind: "counts" };
    return { kind: "hidden", by: "followed", at: this.#span(next, context) };
  }

  #statement(statement: Statement, context: Context): Outcome {
    if (context.depth > MAX_DEPTH || this.#commands.length > MAX_COMMANDS || ++this.#steps > MAX_STEPS || this.#state.cost > MAX_COST) {
      this.#hasErrors = true;
      return SILENT;
    }
    const inner = { ...context, depth: context.depth + 1 };
    switch (statement.kind) {
      case "command":
        return this.#command(statement, inner);
      case "pipeline":
        return this.#pipeline(statement.parts, statement.stderrToo, inner);
      case "chain":
        return this.#chain(statement, inner);
      case "not":
        return this.#statement(statement.body, { ...inner, fate: { kind: "handled" }, inCondition: true });
      case "group":
        return this.#redirected(statement.redirects, inner, (context) => this.#group(statement.body, statement.subshell, context));
      case "if":
        return this.#redirected(statement.redirects, inner, (context) => this.#if(statement, context));
      case "loop":
        return this.#redirected(statement.redirects, inner, (context) => this.#loop(statement, context));
      case "case":
        return this.#redirected(statement.redirects, inner, (context) => this.#case(statement, context));
      case "function":
        this.#functions.set(statement.name, statement.body);
        return SILENT;
      case "test":
        for (const word of statement.words) this.#text(word, context);
        return SILENT;
      case "background":
        return this.#statement(statement.body, { ...inner, fate: { kind: "handled" } });
      case "error":
        this.#hasErrors = true;
        return SILENT;
    }
  }

  #group(body: readonly Statement[], subshell: boolean, context: Context): Outcome {
    if (!subshell) return this.#sequence(body, context);
    const outer = this.#state;
    this.#state = outer.copy();
    const outcome = this.#sequence(body, context);
    // What a subshell does to files stays, its variables, its folder and its umask do not.
    const { files, folders } = this.#state;
    this.#state = outer;
    outer.files = files;
    outer.folders = folders;
    return outcome;
  }

  #pipeline(parts: readonly Statement[], stderrToo: boolean, context: Context): Outcome {
    let stdin = context.stdin;
    let outcome = SILENT;
    const names = parts.map((part) => this.#nameOf(part));
    parts.forEach((part, index) => {
      const last = index === parts.length - 1;
      const fate: Fate = last || context.fate.kind !== "counts" ? context.fate : this.#pipeFate(context, parts[index + 1] as Statement);
      outcome = this.#statement(part, {
        ...context,
        stdin,
        fate,
        out: last ? context.out : "piped",
        flow: last ? context.flow : parts.slice(index + 1).flatMap((later, offset) => this.#takenBy(later, index + 1 + offset === parts.length - 1, context)),
        err: last || !stderrToo ? context.err : "piped",
        pipedInto: last ? context.pipedInto : names.slice(index + 1).filter((name) => name !== null),
      });
      stdin = outcome;
    });
    return outcome;
  }

  #pipeFate(context: Context, next: Statement): Fate {
    if (this.#looksAtStatus || this.#state.pipefail === null) return { kind: "handled" };
    return this.#state.pipefail ? context.fate : { kind: "hidden", by: "pipe", at: this.#span(next, context) };
  }

  /** The files that a later part of a pipeline writes what comes in to: by a redirect, as `tee` does, or named as its output. */
  #takenBy(part: Statement, isLast: boolean, context: Context): Text[] {
    const found: Text[] = [];
    const take = (text: Text): void => {
      if (!(whole(text) ?? "").startsWith("/dev/")) found.push(this.#resolve(text));
    };
    if (part.kind === "command") {
      const words = part.words.map((word) => this.#plain(word, context));
      const isTee = words.some((word, index) => index < 6 && baseNameOf(word) === "tee");
      words.forEach((word, index) => {
        const text = whole(word);
        if (/^(?:-o|--output|-out)$/.test(text ?? "") && words[index + 1] !== undefined) take(words[index + 1] as Text);
        else if (head(word).startsWith("of=") || head(word).startsWith("--output=")) take({ ...word, parts: [head(word).slice(head(word).indexOf("=") + 1), ...word.parts.slice(1)] });
        else if (isTee && head(word).startsWith("/")) take(word);
      });
    }
    const redirects = "redirects" in part ? part.redirects : [];
    const own = redirects.filter(({ operator, descriptor }) => /^&?>[>|]?$/.test(operator) && (descriptor ?? 1) === 1);
    for (const { target } of own) take(this.#plain(target, context));
    if (isLast && own.length === 0) found.push(...this.#flowOf(context));
    return found;
  }

  /** Where standard output ends up, as far as that is a file. */
  #flowOf({ out, flow }: Context): readonly Text[] {
    return typeof out === "object" ? [out.file] : out === "piped" ? flow : [];
  }

  #nameOf(statement: Statement): string | null {
    if (statement.kind !== "command" || statement.words[0] === undefined) return null;
    const silent: Context = { out: "null", err: "null", stdin: NO_INPUT, fate: { kind: "handled" }, uncertain: true, inCondition: true, pipedInto: [], flow: [], inFunction: null, at: null, holder: null, depth: MAX_DEPTH, wrappers: [], user: null, elsewhere: false };
    return programOf(this.#plain(statement.words[0], silent), new Set()).name;
  }

  #chain(statement: Extract<Statement, { kind: "chain" }>, context: Context): Outcome {
    const left = { ...context, fate: this.#leftFate(statement, context) };
    const old = new Set(this.#state.files.keys());
    const first = this.#statement(statement.left, left);
    const before = this.#state.copy();
    // Where `a && b` stops at `a`, what `a` was to create does not count as made.
    if (statement.operator === "&&") for (const key of before.files.keys()) if (!old.has(key)) before.files.delete(key);
    const second = this.#statement(statement.right, { ...context, uncertain: true, fate: statement.operator === "||" && context.fate.kind === "counts" ? context.fate : context.fate });
    this.#state.join(before);
    return joinOutcomes(first, second);
  }

  #leftFate({ operator, right }: Extract<Statement, { kind: "chain" }>, context: Context): Fate {
    if (context.fate.kind === "handled") return context.fate;
    if (operator === "&&") {
      // `set -e` does not act on what stands left of `&&`; as the last command its status is the script's own.
      return context.fate;
    }
    if (isAlwaysTrue(right)) return { kind: "hidden", by: "or-true", at: this.#span(right, context) };
    return { kind: "handled" };
  }

  #if(statement: Extract<Statement, { kind: "if" }>, context: Context): Outcome {
    let outcome = SILENT;
    const ways: State[] = [];
    for (const branch of statement.branches) {
      this.#sequence(branch.condition, { ...context, fate: { kind: "handled" }, inCondition: true });
      const rest = this.#state.copy();
      outcome = joinOutcomes(outcome, this.#sequence(branch.body, { ...context, uncertain: true }));
      ways.push(this.#state);
      this.#state = rest;
    }
    if (statement.otherwise !== null) outcome = joinOutcomes(outcome, this.#sequence(statement.otherwise, { ...context, uncertain: true }));
    for (const way of ways) this.#state.join(way);
    return outcome;
  }

  #loop(statement: Extract<Statement, { kind: "loop" }>, context: Context): Outcome {
    let outcome = SILENT;
    const values = statement.values.map((value) => this.#text(value, context));
    const exact = statement.variable !== null && values.length > 0 && values.length <= MAX_LOOP_VALUES && values.every((value) => !value.splits);
    if (exact) {
      for (const value of values) {
        this.#state.vars.set(statement.variable as string, value);
        outcome = joinOutcomes(outcome, this.#sequence(statement.body, { ...context, uncertain: context.uncertain || value.glob }));
      }
      return outcome;
    }
    if (statement.variable !== null) this.#state.vars.set(statement.variable, { ...UNKNOWN, secret: values.some(({ secret }) => secret) });
    this.#sequence(statement.condition, { ...context, fate: { kind: "handled" }, inCondition: true });
    const before = this.#state.copy();
    outcome = this.#sequence(statement.body, { ...context, uncertain: true });
    this.#state.join(before);
    return outcome;
  }

  #case(statement: Extract<Statement, { kind: "case" }>, context: Context): Outcome {
    if (statement.subject !== null) this.#text(statement.subject, context);
    const before = this.#state;
    const ways: State[] = [];
    let outcome = SILENT;
    let covers = false;
    for (const item of statement.items) {
      this.#state = before.copy();
      outcome = joinOutcomes(outcome, this.#sequence(item.body, { ...context, uncertain: true }));
      ways.push(this.#state);
      covers ||= item.patterns.some((pattern) => pattern.parts.length === 1 && pattern.parts[0]?.kind === "text" && pattern.parts[0].text === "*");
    }
    this.#state = before.copy();
    this.#state.ended = covers;
    for (const way of ways) this.#state.join(way);
    return outcome;
  }

  /** Applies redirects around something, and hands what it gives out to the file it goes to. */
  #redirected(redirects: readonly Redirect[], context: Context, body: (context: Context) => Outcome): Outcome {
    const streams = this.#streams(redirects, context);
    const { out } = streams;
    const outcome = body({ ...context, ...streams });
    if (typeof out === "object") this.#fill(out.file, outcome);
    return typeof out === "object" || out === "null" ? SILENT : outcome;
  }

  /** What comes out of something goes into the file that its output is sent to. */
  #fill(path: Text, outcome: Outcome): void {
    const file = this.#state.files.get(keyOf(path));
    if (file === undefined) return;
    if (outcome.secret || outcome.random) file.secret = true;
    if (outcome.members !== undefined && outcome.members.length > 0) {
      file.members = outcome.members;
      file.how = "archive";
    }
  }

  /** Where the streams lead behind some redirects; the files that they name are there from now on. */
  #streams(redirects: readonly Redirect[], context: Context): Pick<Context, "out" | "err" | "stdin"> {
    let { out, err, stdin } = context;
    // `exec > file` has sent the script's own output elsewhere.
    if (out === "journal") out = this.#state.out ?? out;
    if (err === "journal") err = this.#state.err ?? err;
    for (const redirect of redirects) {
      const { operator, descriptor } = redirect;
      const target = this.#text(redirect.target, context);
      if (operator.startsWith("<<")) stdin = { ...NO_INPUT, secret: target.secret };
      else if (operator === "<") stdin = isRandomDevice(target) ? { ...NO_INPUT, random: true } : { ...NO_INPUT, secret: target.secret || this.#state.holdsSecret(this.#resolve(target)) };
      else if (operator === ">&" && /^[0-9]$/.test(whole(target) ?? "")) {
        const to = whole(target) === "2" ? err : whole(target) === "1" ? out : "null";
        if ((descriptor ?? 1) === 1) out = to;
        else if (descriptor === 2) err = to;
      } else if (operator.startsWith(">") || operator.startsWith("&>")) {
        const path = this.#resolve(target);
        const device = DEVICES.get(whole(path) ?? "");
        const sink: Sink = device === "err" ? err : device === "out" ? out : device === "null" ? "null" : { file: path };
        if (typeof sink === "object" && device === undefined) write(this.#state, path, this.#span(redirect, context), operator.includes(">>") ? "append" : "redirect");
        if (descriptor === 2) err = sink;
        else if (descriptor === null || descriptor === 1) out = sink;
        if (operator.startsWith("&>") || (operator === ">&" && descriptor === null)) err = sink;
      }
    }
    return { out, err, stdin };
  }

  #command(command: Command, context: Context): Outcome {
    const assigned = command.assignments.map((assignment) => ({ assignment, value: assignment.value === null ? UNKNOWN : this.#text(assignment.value, { ...context, fate: command.words.length === 0 ? context.fate : { kind: "handled" } }) }));
    const words = command.words.map((word) => ({ text: this.#text(word, context), at: this.#span(word, context) }));
    const first = words[0];
    const declares = first !== undefined && /^(?:export|local|declare|readonly|typeset)$/.test(whole(first.text) ?? "");
    const environment = new Map<string, Text>();
    for (const { assignment, value } of assigned) {
      const final = assignment.partial ? { ...UNKNOWN, secret: value.secret || (this.#state.vars.get(assignment.name)?.secret ?? false) } : value;
      if (first === undefined || declares) {
        this.#assign(assignment.name, final);
        if (final.secret) this.#traced(this.#span(assignment, context), assignment.name, context);
      } else environment.set(assignment.name, final);
    }
    if (first !== undefined && words.length === 1 && command.redirects.length > 0 && whole(first.text) === "exec") return this.#exec(command.redirects, context);
    return this.#redirected(command.redirects, { ...context, holder: this.#holderOf(command.words) }, (inner) => {
      // `$(< file)` gives out the file.
      if (first === undefined) return context.out === "captured" && assigned.length === 0 ? inner.stdin : SILENT;
      const named = (isTaken: (operator: string) => boolean): Text[] => command.redirects.filter(({ operator }) => isTaken(operator)).map(({ target }) => this.#resolve(this.#plain(target, inner)));
      const outputs = named((operator) => operator.startsWith(">") || operator.startsWith("&>"));
      return this.#use(words, this.#span(command, context), environment, outputs, named((operator) => operator === "<"), inner);
    });
  }

  /** `exec > file`: from here on the script's own output goes there. */
  #exec(redirects: readonly Redirect[], context: Context): Outcome {
    const { out, err } = this.#streams(redirects, context);
    const diverted = (sink: Sink): Diverted | null => (sink === "journal" ? null : typeof sink === "object" ? sink : "null");
    this.#state.out = diverted(out);
    this.#state.err = diverted(err);
    return SILENT;
  }

  /** The first variable in some words that holds key material. */
  #holderOf(words: readonly Word[]): string | null {
    for (const { parts } of words) {
      for (const part of parts) if (part.kind === "variable" && this.#state.vars.get(part.name)?.secret === true) return part.name;
    }
    return null;
  }

  /** With `set -x` the shell prints commands, with what variables come to in them, to standard error. */
  #traced(traced: Span, variable: string | null, context: Context): void {
    const { xtrace } = this.#state;
    const err = context.err === "journal" ? (this.#state.err ?? "journal") : context.err;
    if (xtrace !== null && err === "journal") this.#prints.push({ ...xtrace, how: "trace", stream: "err", variable, traced });
  }

  #assign(name: string, value: Text): void {
    if (name === "PATH") this.#state.path = value;
    this.#state.vars.set(name, value);
  }

  /** One command with its words; wrappers lead on to the command inside. */
  #use(words: readonly { text: Text; at: Span }[], span: Span, environment: ReadonlyMap<string, Text>, outputs: readonly Text[], inputs: readonly Text[], context: Context): Outcome {
    const [first, ...rest] = words as [{ text: Text; at: Span }, ...{ text: Text; at: Span }[]];
    const { program, name } = programOf(first.text, new Set(this.#functions.keys()));
    const args = rest.map(({ text }) => text);
    this.#commands.push({
      ...span,
      name,
      program,
      nameAt: first.at,
      args,
      argsAt: rest.map(({ at }) => at),
      outputs,
      inputs,
      isPrinted: context.out === "journal",
      flowsInto: this.#flowOf(context),
      cwd: this.#state.cwd,
      fate: context.fate,
      wrappers: context.wrappers,
      user: context.user,
      elsewhere: context.elsewhere,
      path: environment.get("PATH") ?? this.#state.path,
      environment,
      pipedInto: context.pipedInto,
      uncertain: context.uncertain,
      inFunction: context.inFunction,
    });
    const traced = rest.find(({ text }) => text.secret);
    if (traced !== undefined) this.#traced(traced.at, context.holder, context);
    if (name === null || context.elsewhere) return SILENT;
    if (program.kind === "function") return this.#callFunction(name, args, context);
    if (program.kind === "builtin") this.#builtin(name, args, span, context);
    if (name === "logger" && (context.stdin.secret || args.some(({ secret }) => secret))) this.#prints.push({ ...span, how: "echo", stream: "log", variable: context.holder, traced: null });
    const wrapped = unwrapCommand(name, rest);
    if (wrapped !== null) {
      const inside: Context = {
        ...context,
        wrappers: [...context.wrappers, name],
        user: wrapped.user ?? context.user,
        elsewhere: wrapped.elsewhere,
        fate: wrapped.ownStatus ? { kind: "handled" } : context.fate,
      };
      // What `xargs` reads it puts behind the words of the command.
      const more = name === "xargs" && context.stdin.secret ? [{ text: SECRET, at: first.at }] : [];
      if (wrapped.words !== null && wrapped.words.length > 0) return this.#use([...wrapped.words, ...more], span, new Map([...environment, ...wrapped.environment]), outputs, inputs, inside);
      const script = whole(wrapped.script?.text);
      if (wrapped.script !== null && script !== null && script !== "") return this.#nested(script, { ...inside, at: wrapped.script.at });
      if (wrapped.script !== null || wrapped.words === null) return SILENT;
    }
    const outcome = run({ name, args, argsAt: rest.map(({ at }) => at), span, state: this.#state, stdin: context.stdin, environment, resolve: (path) => this.#resolve(path) });
    if (outcome.secret && context.out === "journal") {
      const how = name === "echo" || name === "printf" ? "echo" : outcome.generates ? "generator" : "output";
      this.#prints.push({ ...span, how, stream: "out", variable: context.holder, traced: null });
    }
    return outcome;
  }

  #builtin(name: string, args: readonly Text[], span: Span, context: Context): void {
    const words = args.map((arg) => whole(arg));
    if (name === "set" || name === "shopt") this.#set(words, span);
    else if (name === "exit" || name === "return") {
      if (name === "return" && context.inFunction !== null) return;
      this.#endings.push(this.#state.copy());
      this.#state.ended = true;
    } else if (name === "unset") for (const word of words) if (word !== null) this.#state.vars.delete(word);
    if (name === "read") for (const word of words) if (word !== null && /^[A-Za-z_]\w*$/.test(word)) this.#assign(word, { ...UNKNOWN, secret: context.stdin.secret });
    if (name === "." || name === "source" || name === "eval") this.#forget();
  }

  /** After sourcing or evaluating something nothing is certain about variables and options. */
  #forget(): void {
    this.#state.errexit = null;
    this.#state.pipefail = null;
    this.#state.path ??= UNKNOWN;
  }

  #set(words: readonly (string | null)[], span: Span): void {
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      if (word === null || word === undefined) return this.#forget();
      const on = word.startsWith("-");
      if (!on && !word.startsWith("+")) break;
      if (word.includes("e")) this.#state.errexit = on;
      if (word.includes("x") && !word.includes("o")) this.#state.xtrace = on ? span : null;
      if (word.endsWith("o")) {
        const option = words[++i];
        if (option === "errexit") this.#state.errexit = on;
        if (option === "pipefail") this.#state.pipefail = on;
        if (option === "xtrace") this.#state.xtrace = on ? span : null;
      }
    }
  }

  #callFunction(name: string, args: readonly Text[], context: Context): Outcome {
    const body = this.#functions.get(name);
    if (body === undefined || context.depth > MAX_DEPTH - 2) return SILENT;
    this.#called.add(name);
    const saved = [...this.#state.vars].filter(([key]) => /^[0-9@*#]+$/.test(key));
    args.forEach((arg, index) => this.#state.vars.set(String(index + 1), arg));
    for (const name of ["@", "*"]) this.#state.vars.set(name, args.length === 1 ? (args[0] as Text) : { ...UNKNOWN, secret: args.some(({ secret }) => secret) });
    const outcome = this.#sequence(body, { ...context, depth: context.depth + 1, inFunction: name });
    for (const [key, value] of saved) this.#state.vars.set(key, value);
    return outcome;
  }

  #nested(text: string, context: Context): Outcome {
    const script = this.#start.parse(text);
    this.#hasErrors ||= script.hasErrors;
    const outer = this.#state;
    const source = this.#source;
    this.#source = text;
    this.#state = outer.copy();
    this.#state.errexit = false;
    this.#state.pipefail = false;
    const outcome = this.#sequence(script.statements, { ...context, depth: context.depth + 1 });
    this.#source = source;
    outer.files = this.#state.files;
    outer.folders = this.#state.folders;
    this.#state = outer;
    return outcome;
  }

  #resolve(path: Text): Text {
    const start = head(path);
    if (start.startsWith("/") || this.#state.cwd === null || typeof path.parts[0] === "object") return path;
    const base = this.#state.cwd;
    return concat([base, known(display(base).endsWith("/") ? "" : "/"), start.startsWith("./") ? { ...path, parts: [start.slice(2), ...path.parts.slice(1)].filter((part) => part !== "") } : path]);
  }

  /** A word's text, carrying out the command substitutions in it. */
  #text(word: Word, context: Context): Text {
    return concat(word.parts.map((part) => this.#part(part, context)));
  }

  /** A word's text without carrying anything out a second time. */
  #plain(word: Word, context: Context): Text {
    return concat(word.parts.map((part) => (part.kind === "substitution" ? this.#outputOf(part) : part.kind === "process" ? UNKNOWN : this.#part(part, context))));
  }

  /** What a substitution gives out: the same commands the same text. */
  #outputOf(part: Span): Text {
    return gap(this.#source.slice(part.start, part.end));
  }

  /** A name for an interpolation: the same value has the same. */
  #holeName(index: number): string {
    const value = this.#holes[index];
    if (value?.t === "ref") return value.path.join(".");
    return value?.t === "unknown" && value.id !== undefined ? value.id : `interpolation ${value === undefined ? index : this.#holes.indexOf(value)}`;
  }

  #part(part: WordPart, context: Context): Text {
    switch (part.kind) {
      case "text":
        return { ...known(part.text), glob: !part.quoted && /[*?[]/.test(part.text) };
      case "hole":
        return { parts: [{ value: this.#holes[part.index] ?? null, id: this.#holeName(part.index) }], secret: false, glob: false, splits: false };
      case "variable":
        return this.#variable(part, context);
      case "substitution": {
        const outcome = this.#substitution(part.body, context);
        const split = { secret: outcome.secret || outcome.random, splits: !part.quoted };
        // The same commands give the same text as far as paths are concerned (`$(date +%F)`).
        return { ...(outcome.text ?? this.#outputOf(part)), ...split };
      }
      case "process": {
        const outcome = this.#substitution(part.body, context);
        return { ...UNKNOWN, secret: outcome.secret || outcome.random };
      }
      case "opaque":
        return UNKNOWN;
    }
  }

  #substitution(body: readonly Statement[], context: Context): Outcome {
    const outer = this.#state;
    this.#state = outer.copy();
    // In an assignment the status of the substitution is that of the assignment.
    const outcome = this.#sequence(body, { ...context, out: "captured", stdin: NO_INPUT, depth: context.depth + 1, pipedInto: [] });
    outer.files = this.#state.files;
    outer.folders = this.#state.folders;
    this.#state = outer;
    return outcome;
  }

  #variable(part: Extract<WordPart, { kind: "variable" }>, context: Context): Text {
    const value = this.#state.vars.get(part.name);
    const { operator, argument, quoted } = part;
    const read = value ?? gap(`$${part.name}`);
    const split = (text: Text): Text => (quoted || whole(text) !== null ? text : { ...text, splits: text.parts.length === 1 });
    if (operator === null) return split(read);
    // A length, or a few characters as a hint, give nothing away.
    if (operator === "#" && argument === null) return UNKNOWN;
    if (operator === ":" && HINT.test(this.#source.slice(part.start, part.end))) return UNKNOWN;
    if (operator === ":-" || operator === "-" || operator === ":=" || operator === "=") {
      const fallback = argument === null ? known("") : this.#text(argument, context);
      if (value === undefined) return { ...UNKNOWN, secret: fallback.secret };
      return split(whole(value) === "" ? fallback : value.parts.some((piece) => typeof piece === "string") ? value : either(value, fallback));
    }
    if (operator === ":+" || operator === "+") return UNKNOWN;
    if (operator === ":?" || operator === "?") return split(read);
    return { ...UNKNOWN, secret: value?.secret ?? false };
  }
}

function joinOutcomes(a: Outcome, b: Outcome): Outcome {
  const members = [...(a.members ?? []), ...(b.members ?? [])];
  const flags = { secret: a.secret || b.secret, random: a.random || b.random, generates: a.generates || b.generates };
  const text = a === SILENT ? b.text : undefined;
  return { ...flags, ...(members.length === 0 ? {} : { members }), ...(text === undefined ? {} : { text }) };
}

/** `true`, `:`, `exit 0`, `echo …`: whatever failed before, the script goes on as if it had not. */
function isAlwaysTrue(statement: Statement): boolean {
  if (statement.kind === "group" && !statement.subshell) {
    const last = statement.body[statement.body.length - 1];
    return last !== undefined && statement.body.every(isAlwaysTrue);
  }
  if (statement.kind !== "command") return false;
  const words = statement.words.map((word) => (word.parts.length === 1 && word.parts[0]?.kind === "text" ? word.parts[0].text : null));
  return words[0] === "true" || words[0] === ":" || words[0] === "echo" || words[0] === "printf" || (words[0] === "exit" && words[1] === "0");
}

export type { Program };
