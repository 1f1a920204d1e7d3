/** Walks a script in the order in which the shell would, on all ways through it at once, and collects what it does. */
import type { Span } from "../../syntax/index.ts";
import type { Command, Redirect, ShellScript, Statement, Word } from "../../syntax/shell/index.ts";
import type { Value } from "../values.ts";
import { type Context, NO_INPUT, type Sink, SILENT, TOP, isJournal, joinOutcomes } from "./context.ts";
import type { Outcome } from "./effects.ts";
import { Expansion } from "./expansion.ts";
import type { CommandUse, Fate, PrintFact, ScriptFacts } from "./facts.ts";
import { type Judgement, fateBefore, fateInChain, fateInPipe } from "./fates.ts";
import { programOf } from "./program-name.ts";
import { run } from "./programs.ts";
import { forgetOptions, setOptions } from "./shell-options.ts";
import { type Diverted, State, filesAtEnd, foldersAtEnd } from "./state.ts";
import { type Surroundings, diverted, fill, flowOf, streamsBehind, takenBy } from "./streams.ts";
import { concat, display, head, known, SECRET, type Text, UNKNOWN, whole } from "./text.ts";
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

const MAX_DEPTH = 30;
/** Wrappers around a command, each of which goes through the words of all inside it. */
const MAX_WRAPPERS = 30;
const MAX_LOOP_VALUES = 24;
const MAX_COMMANDS = 5_000;
/** Statements carried out, with repetitions, before a script counts as one that cannot be read. */
const MAX_STEPS = 20_000;
const MAX_COST = 400_000;

/** Walks a script. `holes` are the Nix values of its interpolations. */
export function interpret(script: ShellScript, holes: readonly Value[], start: ScriptStart): ScriptFacts {
  return new Interpreter(holes, start).run(script);
}

class Interpreter {
  readonly #start: ScriptStart;
  readonly #words: Expansion;
  readonly #commands: CommandUse[] = [];
  readonly #prints: PrintFact[] = [];
  readonly #endings: State[] = [];
  readonly #functions = new Map<string, readonly Statement[]>();
  readonly #called = new Set<string>();
  #hasErrors = false;
  #steps = 0;
  #looksAtStatus = false;
  #state = new State();

  constructor(holes: readonly Value[], start: ScriptStart) {
    this.#start = start;
    this.#words = new Expansion("", holes, () => this.#state.vars, (body, context) => this.#substitution(body, context));
    this.#state.errexit = start.errexit;
    this.#state.pipefail = start.pipefail;
    this.#state.umask = start.umask;
    for (const [name, value] of start.environment) this.#state.vars.set(name, value);
  }

  run(script: ShellScript): ScriptFacts {
    this.#hasErrors = script.hasErrors;
    this.#words.source = script.text;
    // `#!/bin/bash -x`; the line stands there as a comment.
    const shebang = /^#![^\n]*[ \t]-[a-wyz]*x[a-z]*[ \t]*(?=\n|$)/.exec(script.text);
    if (shebang !== null) this.#state.xtrace = { start: 0, end: shebang[0].length };
    this.#looksAtStatus = /\$\?|PIPESTATUS|\btrap\b/.test(script.text);
    this.#sequence(script.statements, TOP);
    // A function that is never called here may be called by what sources the script: its commands still count.
    for (const [name, body] of this.#functions) {
      if (this.#called.has(name)) continue;
      const state = this.#state;
      const prints = this.#prints.length;
      this.#state = state.copy();
      this.#state.ended = false;
      this.#sequence(body, { ...TOP, fate: { kind: "handled" }, uncertain: true, inFunction: name });
      this.#state = state;
      // Where its output would go is the caller's matter.
      this.#prints.length = prints;
    }
    this.#endings.push(this.#state);
    return { commands: this.#commands, files: filesAtEnd(this.#endings), folders: foldersAtEnd(this.#endings), prints: this.#prints, functions: new Set(this.#functions.keys()), hasErrors: this.#hasErrors };
  }

  #span(span: Span, context: Context): Span {
    return context.at ?? { start: span.start, end: span.end };
  }

  #judgement(): Judgement {
    return { state: this.#state, looksAtStatus: this.#looksAtStatus, place: (span, context) => this.#span(span, context) };
  }

  /** What redirects and pipes need to know. */
  #surroundings(): Surroundings {
    return { state: this.#state, words: this.#words, resolve: (path) => this.#resolve(path), place: (span, context) => this.#span(span, context) };
  }

  #sequence(statements: readonly Statement[], context: Context): Outcome {
    let outcome = SILENT;
    statements.forEach((statement, index) => {
      if (this.#state.ended) return;
      const next = statements[index + 1];
      const fate = next === undefined ? context.fate : fateBefore(next, context, this.#judgement());
      const own = this.#statement(statement, { ...context, fate });
      outcome = joinOutcomes(outcome, own);
    });
    return outcome;
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
        for (const word of statement.words) this.#words.text(word, context);
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
    return this.#inSubshell(() => this.#sequence(body, context));
  }

  #pipeline(parts: readonly Statement[], stderrToo: boolean, context: Context): Outcome {
    let stdin = context.stdin;
    let outcome = SILENT;
    const names = parts.map((part) => this.#nameOf(part));
    parts.forEach((part, index) => {
      const last = index === parts.length - 1;
      const fate: Fate = last || context.fate.kind !== "counts" ? context.fate : fateInPipe(parts[index + 1] as Statement, context, this.#judgement());
      outcome = this.#statement(part, {
        ...context,
        stdin,
        fate,
        out: last ? context.out : "piped",
        flow: last ? context.flow : parts.slice(index + 1).flatMap((later, offset) => takenBy(later, index + 1 + offset === parts.length - 1, context, this.#surroundings())),
        err: last || !stderrToo ? context.err : "piped",
        pipedInto: last ? context.pipedInto : names.slice(index + 1).filter((name) => name !== null),
      });
      stdin = outcome;
    });
    return outcome;
  }

  #nameOf(statement: Statement): string | null {
    if (statement.kind !== "command" || statement.words[0] === undefined) return null;
    const silent: Context = { ...TOP, out: "null", err: "null", fate: { kind: "handled" }, uncertain: true, inCondition: true, depth: MAX_DEPTH };
    return programOf(this.#words.plain(statement.words[0], silent), new Set()).name;
  }

  #chain(statement: Extract<Statement, { kind: "chain" }>, context: Context): Outcome {
    const left = { ...context, fate: fateInChain(statement, context, this.#judgement()) };
    const old = new Set(this.#state.files.keys());
    const first = this.#statement(statement.left, left);
    const before = this.#state.copy();
    // Where `a && b` stops at `a`, what `a` was to create does not count as made.
    if (statement.operator === "&&") for (const key of before.files.keys()) if (!old.has(key)) before.files.delete(key);
    const second = this.#statement(statement.right, { ...context, uncertain: true, fate: statement.operator === "||" && context.fate.kind === "counts" ? context.fate : context.fate });
    this.#state.join(before);
    return joinOutcomes(first, second);
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
    const values = statement.values.map((value) => this.#words.text(value, context));
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
    if (statement.subject !== null) this.#words.text(statement.subject, context);
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
    const streams = streamsBehind(redirects, context, this.#surroundings());
    const { out } = streams;
    const outcome = body({ ...context, ...streams });
    if (typeof out === "object") fill(this.#state, out.file, outcome);
    return typeof out === "object" || out === "null" ? SILENT : outcome;
  }

  #command(command: Command, context: Context): Outcome {
    const assigned = command.assignments.map((assignment) => ({ assignment, value: assignment.value === null ? UNKNOWN : this.#words.text(assignment.value, { ...context, fate: command.words.length === 0 ? context.fate : { kind: "handled" } }) }));
    const words = command.words.map((word) => ({ text: this.#words.text(word, context), at: this.#span(word, context) }));
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
      const named = (isTaken: (operator: string) => boolean): Text[] => command.redirects.filter(({ operator }) => isTaken(operator)).map(({ target }) => this.#resolve(this.#words.plain(target, inner)));
      const outputs = named((operator) => operator.startsWith(">") || operator.startsWith("&>"));
      return this.#use(words, this.#span(command, context), environment, outputs, named((operator) => operator === "<"), inner);
    });
  }

  /** `exec > file`: from here on the script's own output goes there. */
  #exec(redirects: readonly Redirect[], context: Context): Outcome {
    const { out, err } = streamsBehind(redirects, context, this.#surroundings());
    const kept = (sink: Sink): Diverted | null => (isJournal(sink) ? null : typeof sink === "object" ? sink : "null");
    this.#state.out = kept(out);
    this.#state.err = kept(err);
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
    if (xtrace !== null && isJournal(diverted(context.err, this.#state))) this.#prints.push({ ...xtrace, how: "trace", stream: "err", variable, traced });
  }

  #assign(name: string, value: Text): void {
    if (name === "PATH") this.#state.path = value;
    this.#state.vars.set(name, value);
  }

  /** One command with its words; wrappers lead on to the command inside. */
  #use(words: readonly { text: Text; at: Span }[], span: Span, environment: ReadonlyMap<string, Text>, outputs: readonly Text[], inputs: readonly Text[], context: Context): Outcome {
    if (context.wrappers.length > MAX_WRAPPERS) {
      this.#hasErrors = true;
      return SILENT;
    }
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
      isPrinted: isJournal(context.out),
      flowsInto: flowOf(context),
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
    // An interpolation that stands for a command may be any text: functions, `set -e`, a `PATH`.
    if (program.kind === "unknown" && isNixText(first.text)) forgetOptions(this.#state);
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
      if (wrapped.script !== null && script !== null && script !== "") return this.#nested(script, wrapped.script.options, { ...inside, at: wrapped.script.at });
      if (wrapped.script !== null || wrapped.words === null) return SILENT;
    }
    const outcome = run({ name, args, argsAt: rest.map(({ at }) => at), span, state: this.#state, stdin: context.stdin, environment, resolve: (path) => this.#resolve(path) });
    if (outcome.secret && isJournal(context.out)) {
      const how = name === "echo" || name === "printf" ? "echo" : outcome.generates ? "generator" : "output";
      this.#prints.push({ ...span, how, stream: context.out === "errors" ? "err" : "out", variable: context.holder, traced: null });
    }
    return outcome;
  }

  #builtin(name: string, args: readonly Text[], span: Span, context: Context): void {
    const words = args.map((arg) => whole(arg));
    if (name === "set" || name === "shopt") setOptions(this.#state, words, span);
    else if (name === "exit" || name === "return") {
      if (name === "return" && context.inFunction !== null) return;
      this.#endings.push(this.#state.copy());
      this.#state.ended = true;
    } else if (name === "unset") for (const word of words) if (word !== null) this.#state.vars.delete(word);
    if (name === "read") for (const word of words) if (word !== null && /^[A-Za-z_]\w*$/.test(word)) this.#assign(word, { ...UNKNOWN, secret: context.stdin.secret });
    if (name === "." || name === "source" || name === "eval") forgetOptions(this.#state);
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

  /** A shell of its own with a script in a string, and options that it is started with. */
  #nested(text: string, options: readonly (string | null)[], context: Context): Outcome {
    const script = this.#start.parse(text);
    this.#hasErrors ||= script.hasErrors;
    const { source } = this.#words;
    this.#words.source = text;
    const outcome = this.#inSubshell(() => {
      this.#state.errexit = false;
      this.#state.pipefail = false;
      setOptions(this.#state, options, context.at ?? { start: 0, end: 0 });
      return this.#sequence(script.statements, { ...context, depth: context.depth + 1 });
    });
    this.#words.source = source;
    return outcome;
  }

  #resolve(path: Text): Text {
    const start = head(path);
    if (start.startsWith("/") || this.#state.cwd === null || typeof path.parts[0] === "object") return path;
    const base = this.#state.cwd;
    return concat([base, known(display(base).endsWith("/") ? "" : "/"), start.startsWith("./") ? { ...path, parts: [start.slice(2), ...path.parts.slice(1)].filter((part) => part !== "") } : path]);
  }

  /** In an assignment the status of the substitution is that of the assignment. */
  #substitution(body: readonly Statement[], context: Context): Outcome {
    return this.#inSubshell(() => this.#sequence(body, { ...context, out: "captured", stdin: NO_INPUT, depth: context.depth + 1, pipedInto: [] }));
  }

  /** What a subshell does to files stays; its variables, its folder and its umask do not, and its end is not the script's. */
  #inSubshell(body: () => Outcome): Outcome {
    const outer = this.#state;
    const endings = this.#endings.length;
    this.#state = outer.copy();
    const outcome = body();
    const { files, folders } = this.#state;
    this.#endings.length = endings;
    this.#state = outer;
    outer.files = files;
    outer.folders = folders;
    return outcome;
  }
}

/** Whether a word is one interpolation of whose value nothing is known. */
function isNixText({ parts: [part, ...rest] }: Text): boolean {
  return rest.length === 0 && typeof part === "object" && part.value?.t === "unknown";
}
