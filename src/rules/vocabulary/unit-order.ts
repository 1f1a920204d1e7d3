/** In which order systemd starts the units of a configuration (systemd.unit(5), "Before=, After="). */
import { type Answer, type Configuration, textOf } from "../../engine/model/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { isSurelyOff, nodesAt } from "./units.ts";

const KINDS = ["services", "timers", "sockets", "targets", "mounts", "paths"] as const;
/** What every service comes behind without saying so (systemd.service(5), "Default Dependencies"). */
const EARLY = ["sysinit.target", "basic.target"] as const;

/** Whether a unit starts before another one; null where a part of the order cannot be known. */
export type IsBefore = (first: string, second: string) => boolean | null;

/** The order of units, by their full names (`web.service`), also by way of others. */
export const orderOf: (config: Configuration) => IsBefore = onceFor(readOrder);

function readOrder(config: Configuration): IsBefore {
  const later = new Map<string, Set<string>>();
  /** Units of which not all that they say of their order can be read. */
  const open = new Set<string>();
  const link = (first: string, second: string): void => {
    const units = later.get(first);
    if (units === undefined) later.set(first, new Set([second]));
    else units.add(second);
  };
  link(EARLY[0], EARLY[1]);
  for (const kind of KINDS) {
    for (const node of nodesAt(config, ["systemd", kind, "*"])) {
      const unit = `${node.path[2] as string}.${kind.slice(0, -1)}`;
      for (const [option, setting, isBefore] of [["before", "Before", true], ["after", "After", false]] as const) {
        for (const { names, isWhole } of [node.child(option).answer(), node.child("unitConfig").child(setting).answer()].map(namesIn)) {
          if (!isWhole) open.add(unit);
          for (const name of names) {
            if (isBefore) link(unit, name);
            else link(name, unit);
          }
        }
      }
      if (kind === "services" && !isSurelyOff(node.child("unitConfig").child("DefaultDependencies").answer())) for (const target of EARLY) link(target, unit);
    }
  }
  return (first, second) => {
    const seen = new Set([first]);
    const queue = [first];
    for (let unit = queue.pop(); unit !== undefined; unit = queue.pop()) {
      for (const next of later.get(unit) ?? []) {
        if (next === second) return true;
        if (!seen.has(next)) queue.push(next);
        seen.add(next);
      }
    }
    return open.has(first) || open.has(second) || config.unfollowed.length > 0 ? null : false;
  };
}

/** The names in a list of units, also in one string, with those that may be there; and whether these are surely all. */
export function namesIn({ state, value, definitions }: Answer): { readonly names: readonly string[]; readonly isWhole: boolean } {
  if (state === "undefined") return { names: [], isWhole: true };
  const values = value?.t === "list" || state === "known" ? [value] : definitions.map((definition) => definition.value);
  let isWhole = state === "known";
  const names = values.flatMap((each) => {
    if (each?.t === "string") return (textOf(each) ?? "").split(/\s+/);
    if (each?.t !== "list") {
      isWhole = false;
      return [];
    }
    if (each.open !== null) isWhole = false;
    return each.items.flatMap((item) => {
      const text = textOf(item.thunk.force());
      if (text === null) isWhole = false;
      return text === null ? [] : [text];
    });
  });
  return { names: names.filter((name) => name !== ""), isWhole };
}
