/** Makes a rule of an option that a configuration requires: a convention of the project's own, judged as the others are. */
import { PLAIN_PRIORITY, type Value, priorityName } from "../engine/model/index.ts";
import { type Requirement, type Rule, defineRule } from "../engine/run/index.ts";
import { type Want, decisive, hasAll, is, isVague, judge, optionMessages, priorityText, requireOptions } from "./vocabulary/options.ts";
import { code, enumerate, quoted, showValue } from "./vocabulary/show.ts";

const DOCS = "https://github.com/TAPPaaS/tappaas-lint/blob/main/README.md#conventions-of-your-own";

/** The rule, which is off for every file whose configuration does not ask for it. */
export function requiredOption(requirement: Requirement): Rule {
  const { id, option, value, severity, roles, message, priority, path, url } = requirement;
  const want = wanted(requirement);
  const write = code(`${option} = ${want.write};`);
  const messages = { ...optionMessages("{reason}"), reason: message, priority: "{option} is {found}, but only as {priority}: write {write} ({reason})" } as const;
  return defineRule({
    id,
    theme: "own",
    severity,
    // Whether the option takes such a value is not known here.
    fix: "proposed",
    scope: "configuration",
    roles,
    isRequirement: true,
    url: url ?? DOCS,
    docs: {
      title: `Set ${code(option)}`,
      convention: `${code(option)} ${convention(value)}${priority === null ? "" : `, with the priority of ${wrapperName(priority)} or a ${priority > PLAIN_PRIORITY ? "weaker" : "stronger"} one`}.`,
      handbook: `Required by ${code(path)}`,
      why: message,
      bad: [{ code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n", says: [`${code(option)} is not set: write ${write} (${message})`] }],
      good: [{ code: `{ ${want.write.startsWith("lib.") ? "lib, " : ""}... }:\n{\n  ${option} = ${want.write};\n}\n` }],
    },
    messages,
    *check(context) {
      const part = { path: option, want };
      for (const problem of requireOptions(context, messages, option, [part])) {
        // What is there would be wrapped a second time.
        const isMendable = priority === null || problem.message === "missing";
        yield isMendable ? problem : { ...problem, fix: () => null };
      }
      const answer = context.config.option(option);
      if (priority === null || answer.priority === null || judge(context.config, part).kind !== "right") return;
      if (priority > PLAIN_PRIORITY ? answer.priority >= priority : answer.priority <= priority) return;
      const definition = decisive(answer);
      // The wrapper is what is wrong, so it is part of the place.
      const at = definition?.wholeAt ?? definition?.valueAt ?? definition?.key ?? null;
      const found = answer.value === null ? "set" : code(showValue(answer.value));
      if (at !== null) yield { message: "priority", at, data: { option: code(option), found, priority: wrapperName(answer.priority), write, reason: message } };
    },
  });
}

function convention(value: Requirement["value"]): string {
  return Array.isArray(value) ? `has ${enumerate(value.map((item) => code(written(item))))}` : `is ${code(written(value as string))}`;
}

function wanted({ value, priority }: Requirement): Want {
  const want = typeof value === "object" ? hasEach(value) : typeof value === "number" ? isNumber(value) : is(value);
  const wrapper = priority === null || priority === PLAIN_PRIORITY ? "" : `${wrapperText(priority)} `;
  return { ...want, write: `${wrapper}${want.write}` };
}

function isNumber(wanted: number): Want {
  return { write: String(wanted), test: (value) => (isVague(value) ? null : isEqualNumber(value, wanted)) };
}

function isEqualNumber(value: Value, wanted: number): boolean {
  return (value.t === "int" || value.t === "float") && value.v === wanted;
}

/** A list with at least these elements. */
function hasEach(wanted: readonly (number | string)[]): Want {
  const texts = wanted.filter((item) => typeof item === "string");
  if (texts.length === wanted.length) return hasAll(texts);
  return {
    write: `[ ${wanted.map(written).join(" ")} ]`,
    test: (value) => {
      if (value.t !== "list") return isVague(value) ? null : false;
      const missing = missingIn(value, wanted);
      const isSure = value.open === null && value.items.every((item) => !item.maybe && !isVague(item.thunk.force()));
      return missing.length === 0 ? true : isSure ? false : null;
    },
    lacks: (value) => (value.t === "list" ? missingIn(value, wanted).map(written) : []),
  };
}

function missingIn(list: Extract<Value, { t: "list" }>, wanted: readonly (number | string)[]): (number | string)[] {
  const items = list.items.filter((item) => !item.maybe).map((item) => item.thunk.force());
  return wanted.filter((one) => !items.some((value) => (typeof one === "number" ? isEqualNumber(value, one) : is(one).test(value) === true)));
}

/** A value as Nix writes it. */
function written(value: boolean | number | string): string {
  return typeof value === "string" ? quoted(value) : String(value);
}

/** What gives a definition a priority. */
function wrapperText(priority: number): string {
  return `lib.${priorityName(priority)}`;
}

function wrapperName(priority: number): string {
  return priority === PLAIN_PRIORITY ? priorityText(priority) : code(wrapperText(priority));
}
