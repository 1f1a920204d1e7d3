/** The sentence that most conventions are: this option has this value. */
import { type ActiveDefinition, type Answer, type At, type Configuration, type ListValue, type SourceFile, type Value, parsePath, priorityName, showPath, textOf } from "../../engine/model/index.ts";
import type { ConfigurationContext, MakeFix, RelatedPlace } from "../../engine/run/index.ts";
import { addDefinitions, addToList, rewriteValues } from "./fixes.ts";
import { formerNames } from "./renamed.ts";
import { code, enumerate, quoted, showValue } from "./show.ts";

/** What a value must be: as Nix text to write, and as a test that may not know. */
export interface Want {
  /** The right value as Nix text (`true`, `lib.mkForce false`). */
  readonly write: string;
  /** Whether a value is right; null where that cannot be known. */
  test(value: Value): boolean | null;
  /** For lists: what is to be added to a wrong value, as Nix text. Other modules may add to a list too. */
  lacks?(value: Value): readonly string[];
}

/** Exactly this boolean or string. */
export function is(wanted: boolean | string): Want {
  return {
    write: typeof wanted === "boolean" ? String(wanted) : quoted(wanted),
    test: (value) => {
      if (isVague(value)) return null;
      if (typeof wanted === "boolean") return value.t === "bool" && value.v === wanted;
      if (value.t !== "string") return false;
      const text = textOf(value);
      return text === null ? null : text === wanted;
    },
  };
}

/** Any string that is not empty. */
export function isText(write: string): Want {
  return { write, test: (value) => (isVague(value) ? null : value.t !== "string" ? false : textOf(value) === null ? null : textOf(value) !== "") };
}

/** A list of strings with at least these elements. */
export function hasAll(wanted: readonly string[]): Want {
  return elements(wanted, (value) => (value.t === "list" ? value.items.filter((item) => !item.maybe).map((item) => textOf(item.thunk.force())) : null));
}

/** The same for a setting that also takes its elements as the words of one string (`nix.settings`, nix.conf(5)). */
export function hasAllWords(wanted: readonly string[]): Want {
  const list = hasAll(wanted);
  const words = elements(wanted, (value) => (value.t === "string" ? (textOf(value)?.split(/\s+/) ?? [null]) : null));
  const fitting = (value: Value): Want => (value.t === "string" ? words : list);
  return { ...list, test: (value) => fitting(value).test(value), lacks: (value) => fitting(value).lacks?.(value) ?? [] };
}

/** `read` gives the elements that are surely there, null for one that is not known; or null for no such value at all. */
function elements(wanted: readonly string[], read: (value: Value) => readonly (string | null)[] | null): Want {
  return {
    write: `[ ${wanted.map(quoted).join(" ")} ]`,
    test: (value) => {
      const found = read(value);
      if (found === null) return isVague(value) ? null : false;
      if (wanted.every((text) => found.includes(text))) return true;
      return found.includes(null) || (value.t === "list" && isOpenList(value)) ? null : false;
    },
    lacks: (value) => {
      const found = read(value);
      return found === null ? [] : wanted.filter((text) => !found.includes(text)).map(quoted);
    },
  };
}

function isOpenList(value: ListValue): boolean {
  return value.open !== null || value.items.some((item) => item.maybe);
}

/** Whether a value tells nothing about itself. */
export function isVague(value: Value): boolean {
  return value.t === "unknown" || value.t === "ref" || value.t === "call";
}

/** One option of a thing with what it must be. */
export interface Part {
  readonly path: string;
  readonly want: Want;
}

/** What was found of a part. */
export type Verdict =
  | { readonly kind: "right" | "unknown" }
  | { readonly kind: "missing"; readonly part: Part }
  | { readonly kind: "wrong"; readonly part: Part; readonly answer: Answer; readonly value: Value; readonly at: At };

/** Judges one option that has to be set. A conflict is another rule's finding. */
export function judge(config: Configuration, part: Part): Verdict {
  const answer = optionByAnyName(config, part.path);
  if (answer.state === "undefined") return { kind: "missing", part };
  const found = judged(answer, part.want);
  if (found === null || found.right === null) return { kind: "unknown" };
  if (found.right) return { kind: "right" };
  // An import that cannot be followed may add to a list, as it may set what is missing.
  if (found.value.t === "list" && config.unfollowed.length > 0) return { kind: "unknown" };
  const at = placeOf(answer);
  return at === null ? { kind: "unknown" } : { kind: "wrong", part, answer, value: found.value, at };
}

/** The value to judge and whether it is right; null where there is no value to judge. */
function judged(answer: Answer, want: Want): { readonly value: Value; readonly right: boolean | null } | null {
  // A list with possible elements still says what is surely in it.
  if (answer.value !== null && (answer.state === "known" || (answer.state === "conditional" && answer.value.t === "list"))) {
    return { value: answer.value, right: want.test(answer.value) };
  }
  const last = decisive(answer);
  if (answer.state !== "conditional" || last === null) return null;
  // Whatever the conditions come to: a wrong value, or none where one has to be.
  return answer.winners.every(({ value }) => want.test(value) === false) ? { value: last.value, right: false } : null;
}

/** What NixOS takes for an option, set by its name or by one that it had before. */
function optionByAnyName(config: Configuration, path: string): Answer {
  const answer = config.option(path);
  if (answer.state !== "undefined") return answer;
  return formerNames(path).map((name) => config.option(name)).find(({ state }) => state !== "undefined") ?? answer;
}

/** Where a wrong value stands: the value of the last definition that counts. */
export function placeOf(answer: Answer): At | null {
  const definition = decisive(answer);
  return definition === null ? null : (definition.valueAt ?? definition.key);
}

/** The definition to look at first: one that NixOS takes. */
export function decisive(answer: Answer): ActiveDefinition | null {
  return answer.winners[answer.winners.length - 1] ?? answer.definitions[answer.definitions.length - 1] ?? null;
}

/**
 * Of the definitions that count, the one that a system's author would edit: in the judged file itself, else in a part of
 * it, else in the baseline.
 */
export function ownDefinition({ config, entry }: ConfigurationContext<unknown>, answer: Answer): ActiveDefinition | null {
  const written = answer.winners.filter(({ key, valueAt }) => key !== null || valueAt !== null);
  return (
    written.findLast(({ file }) => file === entry) ?? written.findLast(({ file }) => !isBaselineOf(config, entry, file)) ?? written[written.length - 1] ?? null
  );
}

/** Whether a file of the configuration is a baseline rather than a part of the judged one: it sets the state version. */
export function isBaselineOf(config: Configuration, entry: SourceFile, file: SourceFile): boolean {
  return file !== entry && config.node("system.stateVersion").definitions.some((definition) => definition.file === file);
}

/** Messages for rules made of `requireOptions`; `reason` says what goes wrong otherwise. */
export function optionMessages<const Reason extends string>(reason: Reason) {
  return {
    missing: `{thing} is not set: write {write} ({reason})`,
    incomplete: `{thing} lacks {what}: write {write} ({reason})`,
    wrong: `{option} is {found}: write {write} ({reason})`,
    lacking: `{option} lacks {what}: add {it} ({reason})`,
    reason,
  } as const;
}

type OptionMessages = ReturnType<typeof optionMessages>;

/** A problem that `requireOptions` finds. */
export type OptionProblem = { readonly fix?: MakeFix } & (
  | { readonly message: "missing"; readonly missing: readonly string[]; readonly data: { readonly thing: string; readonly write: string; readonly reason: string } }
  | { readonly message: "incomplete"; readonly missing: readonly string[]; readonly near: At; readonly data: { readonly thing: string; readonly what: string; readonly write: string; readonly reason: string } }
  | { readonly message: "lacking"; readonly missing: readonly string[]; readonly near: At; readonly data: { readonly option: string; readonly what: string; readonly it: string; readonly reason: string } }
  | { readonly message: "wrong"; readonly at: At; readonly data: { readonly option: string; readonly found: string; readonly write: string; readonly reason: string }; readonly related: readonly RelatedPlace[] }
);

/**
 * All parts of a thing hold. A wrong value is a problem at the value, a list without some elements a lack of the list;
 * missing parts are one lack: of the thing where a part of it exists, else of the module.
 */
export function* requireOptions(context: ConfigurationContext<unknown>, messages: OptionMessages, thing: string, parts: readonly Part[]): Generator<OptionProblem> {
  const { config } = context;
  const { reason } = messages;
  const former = (path: string): boolean => config.option(path).state === "undefined";
  const inner = ({ path }: Part): string => showPath(parsePath(path).slice(parsePath(thing).length));
  const missing: Part[] = [];
  for (const part of parts) {
    const verdict = judge(config, part);
    if (verdict.kind === "missing") missing.push(part);
    if (verdict.kind === "wrong") {
      const { at, value, answer } = verdict;
      const lacks = part.want.lacks?.(value) ?? [];
      if (lacks.length > 0) {
        const own = ownDefinition(context, answer);
        const near = own?.key ?? own?.valueAt ?? at;
        const what = enumerate(lacks.map(code));
        yield { message: "lacking", missing: lacks.map((lack) => `${part.path} ${lack}`), near, data: { option: code(part.path), what, it: lacks.length === 1 ? "it" : "them", reason }, fix: addToList(own, near, part.path, lacks) };
      } else yield { message: "wrong", at, data: { option: code(part.path), found: code(showValue(value)), write: code(`${part.path} = ${part.want.write};`), reason }, related: originOf(value, at), fix: () => (former(part.path) ? null : rewriteValues(answer.winners, part.want.write)) };
    }
  }
  if (missing.length === 0) return;
  const write = enumerate(missing.map((part) => code(`${part.path} = ${part.want.write};`)));
  const lack = missing.map(({ path }) => path);
  const lines = missing.map(({ path, want }) => ({ path, value: want.write }));
  const near = [thing, ...formerNames(thing)].map((name) => thingAt(config, name)).find((place) => place !== null) ?? null;
  if (near === null) {
    const whole = missing.length === 1 ? write : code(`${thing} = { ${missing.map((part) => `${inner(part)} = ${part.want.write};`).join(" ")} };`);
    yield { message: "missing", missing: lack, data: { thing: code(thing), write: whole, reason }, fix: addDefinitions(thing, lines) };
    return;
  }
  const what = enumerate(missing.map((part) => code(inner(part))));
  yield { message: "incomplete", missing: lack, near, data: { thing: code(thing), what, write, reason }, fix: addDefinitions(thing, lines, near) };
}

/** Where a value was written, if that is elsewhere than the place at which it is used (a name bound by `let`). */
export function originOf(value: Value, use: At): RelatedPlace[] {
  const { at } = value;
  if (at === null || (at.file === use.file && at.start >= use.start && at.end <= use.end)) return [];
  return [{ at, message: "the value is written here" }];
}

/** Where a thing is written, if any part of it counts; the first place in the order of the modules. */
export function thingAt(config: Configuration, thing: string | readonly string[]): At | null {
  return config.node(thing).answer().definitions.find(({ key }) => key !== null)?.key ?? null;
}

/** What a sentence calls a definition of a priority: by what gives it (`mkDefault`), or a plain one. */
export function priorityText(priority: number): string {
  return priorityName(priority) || "a plain definition";
}
