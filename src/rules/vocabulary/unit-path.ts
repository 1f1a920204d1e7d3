/** Which programs a unit's scripts find by their bare names, as far as it can be known. */
import { type Configuration, type Script, type Value, textOf } from "../../engine/model/index.ts";
import { type CommandUse, type Gap, type Text, packageOf } from "../../engine/model/script/index.ts";
import { isOwnUnit } from "./own-units.ts";
import { DEFAULT_PACKAGES, programsOf } from "./programs.ts";
import { isSurelyOff } from "./units.ts";

/** What stands for the `PATH` that a script is started with. */
const INHERITED = "$PATH";

/** The programs of a path, package by package; null where it may hold any. */
export type Programs = readonly (readonly string[] | ReadonlySet<string>)[] | null;

/** What systemd itself finds when a command line begins with a bare name: only its own programs (nixpkgs sets `DEFAULT_PATH_NORMAL`). */
const SYSTEMD: Programs = [programsOf("systemd") ?? []];
/** What NixOS puts on the path of every unit. */
const DEFAULT: ReadonlySet<string> = new Set(DEFAULT_PACKAGES.flatMap((name) => programsOf(name) ?? []));

/** What a command of a unit's script can be. */
export class UnitPath {
  readonly #own: Programs;
  readonly #isLine: boolean;
  readonly #cache = new Map<Text, Programs>();

  constructor(config: Configuration, script: Script) {
    const { source } = script;
    this.#own = source.unit === null ? null : withInputs(unitPrograms(config, script), source.inputs, source.kind === "application");
    this.#isLine = source.kind === "command-line";
  }

  /** Nothing can be said of any command. */
  get isUnknown(): boolean {
    return this.#own === null;
  }

  /** Whether a program is found where a command runs; null where that cannot be known. */
  has(program: string, command: Pick<CommandUse, "path" | "wrappers">): boolean | null {
    const programs = this.#isLine && command.wrappers.length === 0 ? (this.#own === null ? null : SYSTEMD) : command.path === null ? this.#own : this.#of(command.path);
    if (programs === null) return null;
    return holds(programs, program) || (program.startsWith("systemd-") && holds(programs, "systemctl"));
  }

  /** What a `PATH` of the script's own holds. */
  #of(path: Text): Programs {
    let programs = this.#cache.get(path);
    if (programs === undefined) {
      programs = searched(segmentsOf(path), this.#own);
      this.#cache.set(path, programs);
    }
    return programs;
  }
}

function holds(programs: NonNullable<Programs>, program: string): boolean {
  return programs.some((held) => ("has" in held ? held.has(program) : held.includes(program)));
}

function unitPrograms(config: Configuration, { source }: Script): Programs {
  const root = source.manager === "user" ? ["systemd", "user", "services"] : ["systemd", "services"];
  const unit = [...root, source.unit as string];
  const node = config.node(unit);
  if (config.unfollowed.length > 0 || !isOwnUnit(config, { name: source.unit as string, path: unit, node }) || isSurelyOff(node.child("enable").answer())) return null;
  const setting = (name: string) => config.option([...unit, "serviceConfig", name]);
  // These move the ground: other folders, another root, no default packages.
  if (["ExecSearchPath", "RootDirectory", "RootImage"].some((name) => setting(name).state !== "undefined") || node.child("enableDefaultPath").isDefined || node.child("confinement").isDefined) return null;
  if (config.node("systemd.globalEnvironment").child("PATH").isDefined || config.node("systemd.extraConfig").isDefined || config.node("systemd.settings").isDefined) return null;
  const lines = environmentPath(setting("Environment"));
  if (lines === null || mayHoldPath(setting("EnvironmentFile"))) return null;
  if (lines !== "none") return searched(segmentsOf(lines), []);
  const variable = config.option([...unit, "environment", "PATH"]);
  if (variable.state !== "undefined") {
    const text = variable.state === "known" && variable.value !== null ? asText(variable.value) : null;
    return text === null ? null : searched(segmentsOf(text), []);
  }
  const path = config.option([...unit, "path"]);
  const found = [DEFAULT];
  if (path.state === "undefined") return found;
  if (path.state !== "known" || path.value?.t !== "list" || path.value.open !== null || (path.priority ?? 100) < 100) return null;
  return withPackages(found, path.value.items.map((item) => (item.maybe ? null : item.thunk.force())));
}

function withInputs(programs: Programs, inputs: readonly Value[] | null, isApplication: boolean): Programs {
  if (!isApplication || programs === null) return programs;
  return inputs === null ? null : withPackages(programs, inputs);
}

function withPackages(programs: NonNullable<Programs>, packages: readonly (Value | null)[]): Programs {
  const found = [...programs];
  for (const value of packages) {
    const name = packageOf(value);
    const held = name === null ? madeProgram(value) : programsOf(name);
    if (held === null) return null;
    found.push(held);
  }
  return found;
}

/** The one program of a package that is written in place: `pkgs.writeShellScriptBin "name" "…"`. */
function madeProgram(value: Value | null): readonly string[] | null {
  if (value?.t !== "call" || value.fn.t !== "ref" || value.select.length > 0) return null;
  const maker = value.fn.path[value.fn.path.length - 1] ?? "";
  const first = value.args[0]?.force();
  const name = maker === "writeShellApplication" && first?.t === "attrs" ? first.attrs.get("name")?.thunk.force() : /^write(?:Shell)?ScriptBin$/.test(maker) ? first : undefined;
  const text = name === undefined ? null : textOf(name);
  return text === null ? null : [text];
}

/** A part of a search path: a text, or values put together. */
type Segment = readonly (string | Gap)[];

/** The folders of a search path. */
function segmentsOf(text: Text): Segment[] {
  const segments: (string | Gap)[][] = [[]];
  for (const part of text.parts) {
    if (typeof part !== "string") {
      segments[segments.length - 1]?.push(part);
      continue;
    }
    part.split(":").forEach((piece, index) => {
      if (index > 0) segments.push([]);
      if (piece !== "") segments[segments.length - 1]?.push(piece);
    });
  }
  return segments;
}

function searched(segments: readonly Segment[], inherited: Programs): Programs {
  const found: NonNullable<Programs>[number][] = [];
  for (const segment of segments) {
    const [first, second] = segment;
    if (first === undefined) continue;
    if (typeof first !== "string" && first.id === INHERITED && segment.length === 1) {
      if (inherited === null) return null;
      found.push(...inherited);
      continue;
    }
    const name = typeof first === "string" ? null : packageOf(first.value);
    const held = name !== null && segment.length === 2 && typeof second === "string" && /^\/s?bin\/?$/.test(second) ? programsOf(name) : null;
    if (held === null) return null;
    found.push(held);
  }
  return found;
}

function asText(value: Value): Text | null {
  if (value.t !== "string") return null;
  return { parts: value.pieces.map((piece) => ("text" in piece ? piece.text : { value: piece.hole })), secret: false, glob: false, splits: false };
}

/** `PATH` in `Environment=` (systemd.exec(5)): its text, `none` where there is none, null where that cannot be known. */
function environmentPath(answer: ReturnType<Configuration["option"]>): Text | "none" | null {
  if (answer.state === "undefined") return "none";
  const { state, value } = answer;
  if (state !== "known" || value === null) return null;
  const values = value.t === "list" ? (value.open === null && value.items.every((item) => !item.maybe) ? value.items.map((item) => item.thunk.force()) : null) : [value];
  if (values === null) return null;
  let found: Text | "none" = "none";
  for (const each of values) {
    const text = asText(each);
    if (text === null) return null;
    const start = text.parts.findIndex((part) => typeof part === "string" && /(?:^|[\s"'])PATH=/.test(part));
    if (start < 0) {
      if (typeof text.parts[0] !== "string" && text.parts.length > 0) return null;
      continue;
    }
    const [before, ...rest] = text.parts.slice(start) as [string, ...(string | Gap)[]];
    const own = before.slice(before.search(/(?:^|[\s"'])PATH=/)).replace(/^[\s"']*PATH=/, "");
    const parts: (string | Gap)[] = [];
    for (const part of [own, ...rest]) {
      const end = typeof part === "string" ? part.search(/[\s"']/) : -1;
      parts.push(end < 0 || typeof part !== "string" ? part : part.slice(0, end));
      if (end >= 0) break;
    }
    found = { ...text, parts: parts.filter((part) => part !== "") };
  }
  return found;
}

/** A file of variables may set `PATH`, unless its name says that it holds secrets. */
function mayHoldPath({ state, value }: ReturnType<Configuration["option"]>): boolean {
  if (state === "undefined") return false;
  const values = value?.t === "list" ? value.items.map((item) => textOf(item.thunk.force())) : [value === null ? null : textOf(value)];
  return state !== "known" || values.some((text) => text === null || !/^-?\/etc\/secrets\/|\.env$|secret|credential|token|pass/i.test(text));
}
