/** What rules ask of systemd's units: which there are, what they set, and where. */
import { type Answer, type At, type Configuration, type OptionNode, type Value, textOf } from "../../engine/model/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";

/** A unit that surely exists in a configuration. */
export interface Unit {
  /** Without its suffix (`grafana`, `serial-getty@ttyS0`). */
  readonly name: string;
  readonly path: readonly string[];
  readonly node: OptionNode;
}

/** The units below an option such as `systemd.services`; those that only an undecided condition brings are left out. */
export function unitsOf(config: Configuration, kind: "services" | "timers"): readonly Unit[] {
  return kind === "services" ? services(config) : timers(config);
}

const services = onceFor((config: Configuration) => findUnits(config, "services"));
const timers = onceFor((config: Configuration) => findUnits(config, "timers"));

function findUnits(config: Configuration, kind: "services" | "timers"): Unit[] {
  return nodesAt(config, ["systemd", kind, "*"]).flatMap((node) => {
    const isSure = node.answer().definitions.some(({ undecided }) => undecided.length === 0);
    return isSure ? [{ name: node.path[node.path.length - 1] as string, path: node.path, node }] : [];
  });
}

/** What a unit sets, by its path below the unit (`serviceConfig.Type` as names). */
export function unitOption(config: Configuration, unit: Unit, ...names: readonly string[]): Answer {
  return config.option([...unit.path, ...names]);
}

/** The nodes that a path of names leads to; `*` stands for every name that the tree sets there. */
export function nodesAt(config: Configuration, path: readonly string[]): OptionNode[] {
  return path.reduce<OptionNode[]>((nodes, name) => nodes.flatMap((node) => (name === "*" ? node.names().map((each) => node.child(each)) : [node.child(name)])), [config.root]);
}

/**
 * Whether a value turns a setting of a unit on; null where that cannot be known. Everything but a false boolean does: also
 * `strict` or `read-only` (systemd.syntax(7), systemd.exec(5) "ProtectSystem=").
 */
export function isOn(value: Value): boolean | null {
  if (value.t === "bool") return value.v;
  if (value.t === "null") return false;
  if (value.t === "int") return value.v !== 0;
  const text = textOf(value);
  return text === null ? null : !["", "0", "no", "n", "false", "f", "off"].includes(text.trim().toLowerCase());
}

/** Whether an option is a known `false` or off. */
export function isSurelyOff(answer: Answer): boolean {
  return answer.state === "known" && answer.value !== null && isOn(answer.value) === false;
}

/** Whether an option is a known `true` or on. */
export function isSurelyOn(answer: Answer): boolean {
  return answer.state === "known" && answer.value !== null && isOn(answer.value) === true;
}

/** Where a unit is written: in the file in which something of it stands, else anywhere. */
export function unitPlace(unit: Unit, file: string | null): At | null {
  const keys = unit.node.keys();
  return keys.find((key) => key.file.path === file) ?? keys[0] ?? null;
}

/** Whether a service is NixOS's own and may be enabled: what it brings is not in the tree. */
export function isNixosService(config: Configuration, service: string): boolean {
  if (isSurelyOff(config.node(["services", service, "enable"]).answer())) return false;
  return !config.declared.some((path) => path.length === 3 && path[0] === "services" && path[1] === service && path[2] === "enable");
}

/**
 * Whether NixOS's own module makes the unit: a service of its name is enabled in the tree, or one has an instance of its
 * second part (`redis-x` of `services.redis.servers.x`).
 */
export function isNixosUnit(config: Configuration, unit: Unit): boolean {
  const base = unit.name.split("@")[0] as string;
  return config.node("services").names().some((service) => {
    if (service === base) return isNixosService(config, service);
    if (!base.startsWith(`${service}-`)) return false;
    const node = config.node(["services", service]);
    const instance = base.slice(service.length + 1);
    return node.names().some((group) => node.child(group).names().includes(instance));
  });
}
