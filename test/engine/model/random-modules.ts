/** Makes random sets of modules: definitions with conditions, priorities and orders, spread over files that import each other. */
import type { Tape } from "../../support/tape.ts";

/** Conditions that the model can decide, and those that only Nix is told. */
export const FLAGS = ["on", "off"] as const;
export const HIDDEN = ["h1", "h2"] as const;

/** Options that hold a set, as the model knows them. */
export const SET_OPTIONS: readonly (readonly string[])[] = [["environment", "etc"], ["systemd", "services"], ["users", "users"]];

const PLACES: readonly { readonly path: string; readonly kind: "bool" | "int" | "string" | "list" }[] = [
  { path: "boot.enable", kind: "bool" },
  { path: "boot.count", kind: "int" },
  { path: "boot.names", kind: "list" },
  { path: "boot.deep.ports", kind: "list" },
  { path: "boot.deep.flag", kind: "bool" },
  { path: "networking.hostName", kind: "string" },
  { path: "networking.domain", kind: "string" },
  { path: "networking.ports", kind: "list" },
  { path: "environment.etc.a.mode", kind: "int" },
  { path: "environment.etc.b.mode", kind: "int" },
  { path: "systemd.services.unit.after", kind: "list" },
  { path: "systemd.services.unit.enable", kind: "bool" },
  { path: "users.users.me.groups", kind: "list" },
];

/** Options that others may read: no set above them can be replaced as a whole. */
const READABLE = PLACES.filter(({ path }) => /^(?:boot|networking)\./.test(path));
const LEAST = { bool: "false", int: "0", string: '""', list: "[ ]" } as const;

export interface ModuleSet {
  /** Files by path; `main.nix` is the entry. */
  readonly files: Readonly<Record<string, string>>;
  /** Its options read each other. */
  readonly reads: boolean;
}

/** What a set of modules may do. */
interface May {
  /** Have conditions that the model cannot decide. */
  readonly unknown: boolean;
  /** Read options of the same set: then those are set in any case. */
  readonly read: boolean;
}

/** A set of modules. `unknown` allows conditions that the model cannot decide. */
export function randomModules(tape: Tape, unknown: boolean): ModuleSet {
  const may: May = { unknown, read: tape.once(3) };
  const files: Record<string, string> = {};
  const names = ["a.nix", "b.nix", "sub/c.nix"].slice(0, tape.below(4));
  // Imports lead only to later files: nixpkgs refuses circles.
  names.forEach((name, index) => {
    files[name] = file(tape, names.slice(index + 1), name.includes("/") ? "../" : "./", may);
  });
  files["main.nix"] = file(tape, names, "./", may, `flags = { on = true; off = false; };${may.read ? ` ${READABLE.map(({ path, kind }) => `${path} = lib.mkOptionDefault ${LEAST[kind]};`).join(" ")}` : ""}`);
  return { files, reads: may.read };
}

function file(tape: Tape, others: readonly string[], up: string, may: May, more = ""): string {
  const imports = others.filter(() => tape.once(2)).map((name) => `${up}${name}`);
  if (tape.once(4)) imports.push(`({ config, lib, ... }: ${body(tape, [], [], may, "")})`);
  if (tape.once(4)) imports.push(`(${body(tape, [], [], may, "")})`);
  const disabled = others.length > 0 && tape.once(6) ? [`${up}${others[others.length - 1] as string}`] : [];
  return `{ config, lib, ... }: with lib;\n${body(tape, imports, disabled, may, more)}\n`;
}

function body(tape: Tape, imports: readonly string[], disabled: readonly string[], may: May, more: string): string {
  const head = [...(imports.length > 0 ? [`imports = [ ${imports.join(" ")} ];`] : []), ...(disabled.length > 0 ? [`disabledModules = [ ${disabled.join(" ")} ];`] : [])];
  const sets = tape.many(1, 3, () => set(tape, may));
  if (tape.below(3) > 0 || more !== "") {
    const parts = [...(more === "" ? [] : [`{ ${more} }`]), ...sets];
    return `{ ${head.join(" ")} config = ${parts.length === 1 ? (parts[0] as string) : `lib.mkMerge [ ${parts.map((part) => `(${part})`).join(" ")} ]`}; }`;
  }
  return `{ ${head.join(" ")} } // (${plainSet(tape, may)})`;
}

/** A set of definitions, perhaps wrapped as a whole. */
function set(tape: Tape, may: May): string {
  const plain = plainSet(tape, may);
  switch (tape.below(8)) {
    case 5:
      return `lib.mkIf ${condition(tape, may)} (${plain})`;
    case 6:
      // Which options there are must not depend on the configuration.
      return `lib.optionalAttrs ${tape.pick(["true", "false"])} (${plain})`;
    case 7:
      return `lib.mkMerge [ (${plain}) (${set(tape, may)}) ]`;
    default:
      return plain;
  }
}

/** Definitions at some of the places, grouped by a common beginning now and then. */
function plainSet(tape: Tape, may: May): string {
  const chosen = PLACES.filter(() => tape.once(4));
  const groups = new Map<string, string[]>();
  for (const { path, kind } of chosen) {
    const names = path.split(".");
    const cut = 1 + tape.below(names.length);
    const head = names.slice(0, cut).join(".");
    const inner = names.slice(cut).join(".");
    const value = definition(tape, path, kind, may);
    const text = inner === "" ? value : `{ ${inner} = ${value}; }`;
    groups.set(head, [...(groups.get(head) ?? []), inner === "" ? text : tape.once(4) ? `(${wrapper(tape, may)} ${text})` : text]);
  }
  // Two parts of one path are merged, since Nix takes each name once.
  const isNested = (a: string, b: string): boolean => a !== b && b.startsWith(`${a}.`);
  const heads = [...groups.keys()];
  const parts = heads.filter((head) => !heads.some((other) => isNested(other, head)));
  return `{ ${parts.map((head) => `${head} = ${joined(groups.get(head) as string[])};`).join(" ")} }`;
}

function joined(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] as string) : `lib.mkMerge [ ${texts.map((text) => `(${text})`).join(" ")} ]`;
}

/** A value in wrappers, most of the time in an order that the module system takes off. */
function definition(tape: Tape, path: string, kind: string, may: May): string {
  const value = may.read && tape.once(3) ? read(tape, path, kind) : literal(tape, kind);
  switch (tape.below(12)) {
    case 4:
      return `lib.mkIf ${condition(tape, may)} ${value}`;
    case 5:
      return `${priority(tape)} ${value}`;
    case 6:
      return `lib.mkIf ${condition(tape, may)} (${priority(tape)} ${value})`;
    case 7:
      return kind === "list" ? `${order(tape)} ${value}` : `${priority(tape)} ${value}`;
    case 8:
      return kind === "list" ? `${priority(tape)} (${order(tape)} ${value})` : `lib.mkIf ${condition(tape, may)} ${value}`;
    case 9:
      return `lib.mkMerge [ ${value} (lib.mkIf ${condition(tape, may)} ${literal(tape, kind)}) ]`;
    case 10:
      // Not taken off by Nix, as often as not.
      return `${wrapper(tape, may)} (${wrapper(tape, may)} ${value})`;
    case 11:
      return `(if ${condition(tape, may)} then ${value} else ${literal(tape, kind)})`;
    default:
      return value;
  }
}

/** A value made of what other options come to; only those further up are read, so that nothing runs in circles. */
function read(tape: Tape, path: string, kind: string): string {
  const others = PLACES.slice(0, PLACES.findIndex((place) => place.path === path)).filter((place) => place.kind === kind && READABLE.includes(place));
  if (others.length === 0) return literal(tape, kind);
  const other = `config.${tape.pick(others).path}`;
  switch (kind) {
    case "bool":
      return tape.pick([`(!${other})`, other, `(${other} && config.flags.on)`]);
    case "int":
      return tape.pick([`(${other} + 1)`, other, `(if ${other} > 1 then 1 else 2)`]);
    case "string":
      return tape.pick([`"\${${other}}.example"`, other, `(lib.optionalString (${other} == "x") "y")`]);
    default:
      return tape.pick([`(${other} ++ [ 7 ])`, other, `[ (builtins.length ${other}) ]`]);
  }
}

function wrapper(tape: Tape, may: May): string {
  return tape.once(2) ? priority(tape) : `lib.mkIf ${condition(tape, may)}`;
}

function priority(tape: Tape): string {
  return tape.pick(["lib.mkDefault", "lib.mkForce", "lib.mkOverride 70", "lib.mkVMOverride", "lib.mkOptionDefault", "lib.mkOverride 100"]);
}

function order(tape: Tape): string {
  return tape.pick(["lib.mkBefore", "lib.mkAfter", "lib.mkOrder 700"]);
}

function condition(tape: Tape, may: May): string {
  const flags = [...FLAGS, ...(may.unknown ? HIDDEN : [])].map((flag) => `config.flags.${flag}`);
  const flag = tape.pick(flags);
  switch (tape.below(6)) {
    case 1:
      return "true";
    case 2:
      return `(!${flag})`;
    case 3:
      return `(${flag} && ${tape.pick(flags)})`;
    case 4:
      return `(${flag} || !${tape.pick(flags)})`;
    default:
      return flag;
  }
}

function literal(tape: Tape, kind: string): string {
  switch (kind) {
    case "bool":
      return tape.pick(["true", "false"]);
    case "int":
      return tape.pick(["1", "2"]);
    case "string":
      return tape.pick(['"x"', '"y"']);
    default: {
      const items = tape.many(0, 3, () => tape.pick(["1", "2", "3", '"s"', "(lib.mkIf true 4)", "(lib.mkIf false 5)"]));
      const list = `[ ${items.join(" ")} ]`;
      return tape.once(5) ? `(${list} ++ lib.optionals config.flags.${tape.pick(FLAGS)} [ 9 ])` : list;
    }
  }
}
