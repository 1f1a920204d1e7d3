/** Walks a script in the order in which the shell would, on all ways through it at once, and collects what it does. */
import type { Command, Redirect, ShellScript, Statement, Word, WordPart } from "../../syntax/shell/index.ts";
import type { Span } from "../../syntax/index.ts";
import type { Value } from "../values.ts";
import type { CommandUse, Fate, FileFact, PrintFact, Program, ScriptFacts } from "./facts.ts";
import { programOf } from "./program-name.ts";
import { type Outcome, type Stdin, isRandomDevice, run, write } from "./programs.ts";
import { type FileState, State, worse } from "./state.ts";
import { concat, display, either, head, keyOf, known, type Text, UNKNOWN, whole } from "./text.ts";
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
  readonly inFunction: string | null;
  /** Nested scripts have no places of their own: all is where the string stands. */
  readonly at: Span | null;
  readonly depth: number;
  readonly wrappers: readonly string[];
  readonly user: Text | null;
  readonly elsewhere: boolean;
}

const NO_INPUT: Stdin = { secret: false, random: false };
const SILENT: Outcome = { secret: false, random: false, generates: false };
const MAX_DEPTH = 30;
const MAX_LOOP_VALUES = 24;
const MAX_COMMANDS = 5_000;

/** Walks a script. `holes` are the Nix values of its interpolations. */
export function interpret(script: ShellScript, holes: readonly Value[], start: ScriptStart): ScriptFacts {
  return new Interpreter(holes, start).run(script);
}

class Interpreter {
  readonly #holes: readonly Value[];
  readonly #start: ScriptStart;
  readonly #commands: CommandUse[] = [];
  readonly #prints: PrintFact[] = [];
  readonly #endings: State[] = [];
  readonly #functions = new Map<string, readonly Statement[]>();
  readonly #called = new Set<string>();
  #hasErrors = false;
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
    this.#looksAtStatus = /\$\?|PIPESTATUS|\btrap\b/.test(script.text);
    const context: Context = { out: "journal", err: "journal", stdin: NO_INPUT, fate: { kind: "counts" }, uncertain: false, inCondition: false, pipedInto: [], inFunction: null, at: null, depth: 0, wrappers: [], user: null, elsewhere: false };
    this.#sequence(script.statements, context);
    // A function that is never called here may be called by what sources the script: its commands still count.
    for (const [name, body] of this.#functions) {
      if (this.#called.has(name)) continue;
      const state = this.#state;
      this.#state = state.copy();
      this.#state.ended = false;
      this.#sequence(body, { ...context, fate: { kind: "handled" }, uncertain: true, inFunction: name });
      this.#state = state;
    }
    this.#endings.push(this.#state);
    return { commands: this.#commands, files: this.#files(), prints: this.#prints, functions: new Set(this.#functions.keys()), hasErrors: this.#hasErrors };
  }

  #files(): FileFact[] {
    const all = new Map<string, FileState>();
    for (const state of this.#endings) {
      for (const [key, file] of state.files) {
        file.inClosedFolder ||= state.isInClosedFolder(file.path);
        const other = all.get(key);
        all.set(key, other === undefined ? file : worse(other, file));
      }
    }
    return [...all.values()].sort((a, b) => a.start - b.start);
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
    if (context.depth > MAX_DEPTH || this.#commands.length > MAX_COMMANDS) {
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

  #nameOf(statement: Statement): string | null {
    if (statement.kind !== "command" || statement.words[0] === undefined) return null;
    const silent: Context = { out: "null", err: "null", stdin: NO_INPUT, fate: { kind: "handled" }, uncertain: true, inCondition: true, pipedInto: [], inFunction: null, at: null, depth: MAX_DEPTH, wrappers: [], user: null, elsewhere: false };
    return programOf(this.#plain(statement.words[0], silent), new Set()).name;
  }

  #chain(statement: Extract<Statement, { kind: "chain" }>, context: Context): Outcome {
    const left = { ...context, fate: this.#leftFate(statement, context) };
    const first = this.#statement(statement.left, left);
    const before = this.#state.copy();
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
    let { out, err, stdin } = context;
    for (const redirect of redirects) {
      const { operator, descriptor } = redirect;
      const target = this.#text(redirect.target, context);
      if (operator.startsWith("<<")) stdin = { secret: target.secret, random: false };
      else if (operator === "<") stdin = isRandomDevice(target) ? { secret: false, random: true } : { secret: this.#state.files.get(keyOf(this.#resolve(target)))?.secret ?? false, random: false };
      else if (operator === ">&" && /^[0-9]$/.test(whole(target) ?? "")) {
        const to = whole(target) === "2" ? err : whole(target) === "1" ? out : "null";
        if ((descriptor ?? 1) === 1) out = to;
        else if (descriptor === 2) err = to;
      } else if (operator.startsWith(">") || operator.startsWith("&>")) {
        const path = this.#resolve(target);
        const name = whole(path);
        const sink: Sink = name === "/dev/null" || name === "/dev/tty" || name === "/dev/console" ? "null" : name === "/dev/stderr" ? err : name === "/dev/stdout" ? out : { file: path };
        if (typeof sink === "object") write(this.#state, path, this.#span(redirect, context), operator.includes(">>") ? "append" : "redirect");
        if (descriptor === 2) err = sink;
        else out = sink;
        if (operator.startsWith("&>") || (operator === ">&" && descriptor === null)) err = sink;
      }
    }
    const outcome = body({ ...context, out, err, stdin });
    if (typeof out === "object" && (outcome.secret || outcome.random)) {
      const file = this.#state.files.get(keyOf(out.file));
      if (file !== undefined) file.secret = true;
    }
    return typeof out === "object" || out === "null" ? SILENT : outcome;
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
        if (this.#state.xtrace && final.secret) this.#prints.push({ ...this.#span(assignment, context), how: "trace", variable: assignment.name });
      } else environment.set(assignment.name, final);
    }
    return this.#redirected(command.redirects, context, (inner) => {
      if (first === undefined) return SILENT;
      const outputs = command.redirects.filter(({ operator }) => operator.startsWith(">") || operator.startsWith("&>")).map(({ target }) => this.#resolve(this.#plain(target, inner)));
      return this.#use(words, this.#span(command, context), environment, outputs, inner);
    });
  }

  #assign(name: string, value: Text): void {
    if (name === "PATH") this.#state.path = value;
    this.#state.vars.set(name, value);
  }

  /** One command with its words; wrappers lead on to the command inside. */
  #use(words: readonly { text: Text; at: Span }[], span: Span, environment: ReadonlyMap<string, Text>, outputs: readonly Text[], context: Context): Outcome {
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
    if (this.#state.xtrace && traced !== undefined) this.#prints.push({ ...traced.at, how: "trace", variable: null });
    if (name === null || context.elsewhere) return SILENT;
    if (program.kind === "function") return this.#callFunction(name, args, context);
    if (program.kind === "builtin") this.#builtin(name, args, context);
    const wrapped = unwrapCommand(name, rest);
    if (wrapped !== null) {
      const inside: Context = {
        ...context,
        wrappers: [...context.wrappers, name],
        user: wrapped.user ?? context.user,
        elsewhere: wrapped.elsewhere,
        fate: wrapped.ownStatus ? { kind: "handled" } : context.fate,
      };
      if (wrapped.words !== null && wrapped.words.length > 0) return this.#use(wrapped.words, span, new Map([...environment, ...wrapped.environment]), outputs, inside);
      const script = whole(wrapped.script?.text);
      if (wrapped.script !== null && script !== null && script !== "") return this.#nested(script, { ...inside, at: wrapped.script.at });
      if (wrapped.script !== null || wrapped.words === null) return SILENT;
    }
    const outcome = run({ name, args, argsAt: rest.map(({ at }) => at), span, state: this.#state, stdin: context.stdin, resolve: (path) => this.#resolve(path) });
    if (outcome.secret && context.out === "journal") this.#printed(outcome, name, rest, first.at, span, context);
    return outcome;
  }

  #printed(outcome: Outcome, name: string, rest: readonly { text: Text; at: Span }[], nameAt: Span, span: Span, context: Context): void {
    const secret = rest.find(({ text }) => text.secret);
    const echoes = name === "echo" || name === "printf";
    const how = echoes ? "echo" : outcome.generates ? "generator" : "output";
    this.#prints.push({ ...(context.at ?? (echoes && secret !== undefined ? span : span)), how, variable: null });
    void nameAt;
  }

  #builtin(name: string, args: readonly Text[], context: Context): void {
    const words = args.map((arg) => whole(arg));
    if (name === "set" || name === "shopt") this.#set(words);
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

  #set(words: readonly (string | null)[]): void {
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      if (word === null || word === undefined) return this.#forget();
      const on = word.startsWith("-");
      if (!on && !word.startsWith("+")) break;
      if (word.includes("e")) this.#state.errexit = on;
      if (word.includes("x") && !word.includes("o")) this.#state.xtrace = on;
      if (word.endsWith("o")) {
        const option = words[++i];
        if (option === "errexit") this.#state.errexit = on;
        if (option === "pipefail") this.#state.pipefail = on;
        if (option === "xtrace") this.#state.xtrace = on;
      }
    }
  }

  #callFunction(name: string, args: readonly Text[], context: Context): Outcome {
    const body = this.#functions.get(name);
    if (body === undefined || context.depth > MAX_DEPTH - 2) return SILENT;
    this.#called.add(name);
    const saved = [...this.#state.vars].filter(([key]) => /^[0-9@*#]+$/.test(key));
    args.forEach((arg, index) => this.#state.vars.set(String(index + 1), arg));
    this.#state.vars.set("@", args.length === 1 ? (args[0] as Text) : { ...UNKNOWN, secret: args.some(({ secret }) => secret) });
    const outcome = this.#sequence(body, { ...context, depth: context.depth + 1, inFunction: name });
    for (const [key, value] of saved) this.#state.vars.set(key, value);
    return outcome;
  }

  #nested(text: string, context: Context): Outcome {
    const script = this.#start.parse(text);
    this.#hasErrors ||= script.hasErrors;
    const outer = this.#state;
    this.#state = outer.copy();
    this.#state.errexit = false;
    this.#state.pipefail = false;
    const outcome = this.#sequence(script.statements, { ...context, depth: context.depth + 1 });
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
    return concat(word.parts.map((part) => (part.kind === "substitution" || part.kind === "process" ? UNKNOWN : this.#part(part, context))));
  }

  #part(part: WordPart, context: Context): Text {
    switch (part.kind) {
      case "text":
        return { ...known(part.text), glob: !part.quoted && /[*?[]/.test(part.text) };
      case "hole":
        return { parts: [{ value: this.#holes[part.index] ?? null }], secret: false, glob: false, splits: false };
      case "variable":
        return this.#variable(part, context);
      case "substitution": {
        const outcome = this.#substitution(part.body, context);
        return { ...UNKNOWN, secret: outcome.secret || outcome.random, splits: !part.quoted };
      }
      case "process":
        this.#substitution(part.body, context);
        return UNKNOWN;
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
    const split = (text: Text): Text => (quoted || whole(text) !== null ? text : { ...text, splits: text.parts.length === 1 });
    if (operator === null) return split(value ?? UNKNOWN);
    if (operator === "#") return UNKNOWN;
    if (operator === ":-" || operator === "-" || operator === ":=" || operator === "=") {
      const fallback = argument === null ? known("") : this.#text(argument, context);
      if (value === undefined) return { ...UNKNOWN, secret: fallback.secret };
      return split(whole(value) === "" ? fallback : value.parts.some((piece) => typeof piece === "string") ? value : either(value, fallback));
    }
    if (operator === ":+" || operator === "+") return UNKNOWN;
    if (operator === ":?" || operator === "?") return split(value ?? UNKNOWN);
    return { ...UNKNOWN, secret: value?.secret ?? false };
  }
}

function joinOutcomes(a: Outcome, b: Outcome): Outcome {
  return { secret: a.secret || b.secret, random: a.random || b.random, generates: a.generates || b.generates };
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
