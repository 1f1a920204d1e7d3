/** What starts a service: its timers, `startAt`, something else, or nothing. */
import { type Answer, type At, type Configuration, type Value, textOf } from "../../engine/model/index.ts";
import type { RelatedPlace } from "../../engine/run/index.ts";
import { creatingTexts } from "./creating-texts.ts";
import { originOf } from "./options.ts";
import { isOwnUnit } from "./own-units.ts";
import { isSurelyOff, type Unit, unitOption, unitsOf } from "./units.ts";

/** One calendar expression of a schedule; the place is null for a default of NixOS. */
export interface ScheduleEntry {
  readonly text: string;
  readonly at: At | null;
  readonly value: Value;
  /** Where it is written, if that is elsewhere than where it is used. */
  readonly related: readonly RelatedPlace[];
}

/** A timer that starts a service. */
export interface StartingTimer {
  /** The timer of the tree; null for one that NixOS makes from `startAt`. */
  readonly unit: Unit | null;
  /** Its calendar expressions; null where they cannot all be known. */
  readonly entries: readonly ScheduleEntry[] | null;
  /** It has other triggers too (`OnBootSec` and the like), by their names. */
  readonly otherwise: readonly string[];
  /** Where the timer, or `startAt`, is written. */
  readonly at: At | null;
}

export type Start =
  | { readonly kind: "timed"; readonly timers: readonly StartingTimer[] }
  /** Nothing in the configuration starts it. */
  | { readonly kind: "never" }
  /** Something else than a timer does, or may. */
  | { readonly kind: "otherwise" };

/** Settings that let a timer fire without a calendar (systemd.timer(5)). */
const MONOTONIC = ["OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec"];

/** Answers what starts a service of a configuration. */
export function startsOf(config: Configuration): (service: Unit) => Start {
  const timers = unitsOf(config, "timers").filter((timer) => !isSurelyOff(unitOption(config, timer, "enable")));
  const byService = new Map<string, Unit[]>();
  let isOpen = config.unfollowed.length > 0 || config.node("systemd.timers").open !== null;
  for (const timer of timers) {
    const service = startedBy(config, timer);
    if (service === null) isOpen = true;
    else byService.set(service, [...(byService.get(service) ?? []), timer]);
  }
  // A timer that is there only under a condition may start anything of its name.
  const sure = new Set(timers.map(({ name }) => name));
  const doubtful = config.node("systemd.timers").names().filter((name) => !sure.has(name));
  return (service) => {
    const own = byService.get(service.name) ?? [...byService].flatMap(([name, units]) => (service.name.endsWith("@") && name.startsWith(service.name) ? units : []));
    const startAt = unitOption(config, service, "startAt");
    const made = startAt.state === "undefined" || isEmptyList(startAt) ? [] : [madeFrom(startAt, service)];
    const found: StartingTimer[] = own.map((unit) => {
      const answer = unitOption(config, unit, "timerConfig", "OnCalendar");
      const otherwise = MONOTONIC.filter((name) => unitOption(config, unit, "timerConfig", name).state !== "undefined");
      return { unit, entries: entriesOf(answer), otherwise, at: unit.node.keys()[0] ?? null };
    });
    if (found.length + made.length > 0) return { kind: "timed", timers: [...found, ...made] };
    if (isOpen || doubtful.includes(service.name) || startAt.state === "unknown") return { kind: "otherwise" };
    return isStartedOtherwise(config, service) ? { kind: "otherwise" } : { kind: "never" };
  };
}

function madeFrom(startAt: Answer, service: Unit): StartingTimer {
  return { unit: null, entries: entriesOf(startAt), otherwise: [], at: startAt.winners[0]?.key ?? service.node.keys()[0] ?? null };
}

function isEmptyList({ state, value }: Answer): boolean {
  return state === "known" && value?.t === "list" && value.open === null && value.items.length === 0;
}

/** The service that a timer starts (systemd.timer(5), `Unit=`), without suffix; null where that is not known. */
export function startedBy(config: Configuration, timer: Unit): string | null {
  const answer = unitOption(config, timer, "timerConfig", "Unit");
  if (answer.state === "undefined") return timer.name;
  const text = answer.state === "known" && answer.value !== null ? textOf(answer.value) : null;
  return text === null ? null : text.replace(/\.service$/, "");
}

/** The entries of a calendar option, which is one expression or a list of them; null where they cannot all be known. */
export function entriesOf(answer: Answer): ScheduleEntry[] | null {
  if (answer.state === "undefined") return [];
  const { state, value } = answer;
  if (state !== "known" || value === null) return null;
  const last = answer.winners[answer.winners.length - 1];
  if (value.t === "string") return entry(value, last?.valueAt ?? last?.key ?? value.at);
  if (value.t !== "list" || value.open !== null || value.items.some((item) => item.maybe)) return null;
  const entries: ScheduleEntry[] = [];
  for (const item of value.items) {
    const found = entry(item.thunk.force(), item.thunk.at ?? last?.valueAt ?? null);
    if (found === null) return null;
    entries.push(...found);
  }
  return entries;
}

/** An empty expression takes back those before it (systemd.timer(5)), which here would be all that there is. */
function entry(value: Value, at: At | null): ScheduleEntry[] | null {
  const text = textOf(value);
  return text === null ? null : text.trim() === "" ? [] : [{ text, at, value, related: at === null ? [] : originOf(value, at) }];
}

/** Options of a service that make others start it. */
const WANTED = ["wantedBy", "requiredBy", "upheldBy", "aliases"];

/** Whether anything but a timer may start a service: a target, another unit, a path, a script that names it. */
function isStartedOtherwise(config: Configuration, service: Unit): boolean {
  if (WANTED.some((name) => { const answer = unitOption(config, service, name); return answer.state !== "undefined" && !isEmptyList(answer); })) return true;
  // NixOS starts the units that its own modules make, of which the tree only changes something.
  if (!isOwnUnit(config, service)) return true;
  if (["paths", "sockets"].some((kind) => config.node(["systemd", kind]).names().includes(service.name))) return true;
  const texts = creatingTexts(config);
  if (texts === null) return true;
  return texts.some(({ option, text }) => {
    const isOwn = option[0] === "systemd" && option[1] === "services" && option[2] === service.name;
    return !isOwn && option[0] !== "environment" && namesUnit(text, service.name);
  });
}

function namesUnit(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text.slice(at + name.length);
    // A folder of the same name is not the unit.
    if (/[\s"'=]/.test(before) && /^(?:\.service|@|$|[\s"';&|)])/.test(after)) return true;
  }
  return false;
}
