/** Sees through commands that run another command: which one, as whom, and where. */
import type { Span } from "../../syntax/index.ts";
import { type Text, concat, head, known, whole } from "./text.ts";

/** The command that a wrapper runs. */
export interface Wrapped {
  /** The inner command's words; null where they are a shell script of their own. */
  readonly words: readonly { readonly text: Text; readonly at: Span }[] | null;
  /** The script of `bash -c` and `su -c`, with the words before it that set options of its shell. */
  readonly script: { readonly text: Text; readonly at: Span; readonly options: readonly (string | null)[] } | null;
  readonly user: Text | null;
  /** It runs in a container or on another machine. */
  readonly elsewhere: boolean;
  readonly environment: readonly (readonly [string, Text])[];
  /** The wrapper always succeeds or looks at the inner status itself. */
  readonly ownStatus: boolean;
}

type Words = readonly { readonly text: Text; readonly at: Span }[];

interface Shape {
  /** Short options with a value. */
  readonly values?: string;
  readonly longValues?: readonly string[];
  /** Operands before the inner command (`timeout 30 cmd`). */
  readonly skip?: number;
  readonly user?: readonly string[];
  readonly script?: boolean;
  readonly elsewhere?: boolean;
  /** The inner command stands behind this subcommand (`podman exec`). */
  readonly subcommands?: readonly string[];
}

const SHAPES: Readonly<Record<string, Shape>> = {
  runuser: { values: "ugGcsw", longValues: ["--user", "--group", "--command", "--shell"], user: ["-u", "--user"], script: true },
  su: { values: "gGcsw", longValues: ["--group", "--command", "--shell"], script: true },
  sudo: { values: "ugCDhpRTUr", longValues: ["--user", "--group", "--chdir"], user: ["-u", "--user"] },
  doas: { values: "uC", user: ["-u"] },
  env: { values: "uCS", longValues: ["--unset", "--chdir"] },
  exec: { values: "a" },
  command: {},
  builtin: {},
  time: { values: "fo" },
  nohup: {},
  setsid: {},
  nice: { values: "n", longValues: ["--adjustment"] },
  ionice: { values: "cnpPu", longValues: ["--class", "--classdata"] },
  chrt: { skip: 1 },
  stdbuf: { values: "ioe", longValues: ["--input", "--output", "--error"] },
  timeout: { values: "ks", longValues: ["--kill-after", "--signal"], skip: 1 },
  flock: { values: "wEc", longValues: ["--wait", "--timeout", "--conflict-exit-code", "--command"], skip: 1 },
  chronic: {},
  unbuffer: {},
  setpriv: { longValues: ["--reuid", "--regid", "--groups"], user: ["--reuid"] },
  xargs: { values: "adEIiLlnPsr", longValues: ["--max-args", "--max-procs", "--replace", "--delimiter", "--max-lines"] },
  "systemd-run": { values: "puMHE", longValues: ["--unit", "--property", "--uid", "--gid", "--setenv", "--description", "--slice"], user: ["--uid"] },
  "systemd-cat": { values: "tp", longValues: ["--identifier", "--priority"] },
  "systemd-inhibit": { longValues: ["--what", "--who", "--why", "--mode"] },
  bash: { values: "oO", script: true },
  sh: { values: "o", script: true },
  dash: { values: "o", script: true },
  zsh: { values: "o", script: true },
  chroot: { longValues: ["--userspec", "--groups"], skip: 1, elsewhere: true },
  ssh: { values: "BbcDEeFIiJLlmOoPpQRSWw", skip: 1, elsewhere: true },
  podman: { subcommands: ["exec", "run"], elsewhere: true },
  docker: { subcommands: ["exec", "run"], elsewhere: true },
};

/** Commands whose first operand is a user, with a shell of whom they run what `-c` says (su(1), runuser(1) without `-u`). */
const SWITCHES = new Set(["su", "runuser"]);

/** The command that a command runs, or null where it runs none. */
export function unwrapCommand(name: string, args: Words): Wrapped | null {
  if (name === "find") return findExec(args);
  const shape = SHAPES[name];
  if (shape === undefined) return null;
  let start = 0;
  if (shape.subcommands !== undefined) {
    start = args.findIndex(({ text }) => shape.subcommands?.includes(whole(text) ?? "") ?? false);
    if (start < 0) return null;
    // Options of `podman run` and the image are not told apart from its command here: rules about containers do that.
    return { words: null, script: null, user: null, elsewhere: true, environment: [], ownStatus: false };
  }
  return read(name, shape, args.slice(start));
}

function read(name: string, shape: Shape, args: Words): Wrapped | null {
  const environment: [string, Text][] = [];
  let user: Text | null = null;
  let isLogin = false;
  let script: Wrapped["script"] = null;
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i] as Words[number];
    const start = head(arg.text);
    const text = whole(arg.text);
    if (text === "--") {
      i++;
      break;
    }
    if (name === "env" && /^[A-Za-z_]\w*=/.test(start)) {
      const equals = start.indexOf("=");
      environment.push([start.slice(0, equals), { ...arg.text, parts: [start.slice(equals + 1), ...arg.text.parts.slice(1)].filter((part) => part !== "") }]);
      continue;
    }
    if (!start.startsWith("-") || start === "-") {
      if (arg.text.splits) return null;
      if (start !== "-" && (!SWITCHES.has(name) || user !== null)) break;
      if (start !== "-") {
        user = arg.text;
        isLogin = true;
      }
      continue;
    }
    const option = start.startsWith("--") ? (start.split("=")[0] as string) : start.slice(0, 2);
    const inline = start.startsWith("--") ? (start.includes("=") ? start.slice(option.length + 1) : null) : start.length > 2 ? start.slice(2) : null;
    // A shell takes bundles, and what belongs to one stands behind it: `bash -euo pipefail -c 'script'`.
    const isShell = shape.script === true && !SWITCHES.has(name);
    const bundled = start.slice(-1);
    if (isShell && !start.startsWith("--")) {
      if (start.includes("c")) {
        const value = args[i + (shape.values?.includes(bundled) === true ? 2 : 1)];
        return value === undefined ? null : { words: null, script: { ...value, options: args.slice(0, i + 1).flatMap((word) => (head(word.text).startsWith("--") ? [] : [whole(word.text)])) }, user: null, elsewhere: false, environment, ownStatus: false };
      }
      if (shape.values?.includes(bundled) === true) i++;
      continue;
    }
    const takes = start.startsWith("--") ? inline === null && (shape.longValues?.includes(option) ?? false) : (shape.values?.includes(start[1] as string) ?? false);
    if (SWITCHES.has(name) && ((!start.startsWith("--") && bundled === "c") || option === "--command")) {
      const value = option === "--command" && inline !== null ? { text: known(inline), at: arg.at } : args[i + 1];
      if (value === undefined) return null;
      script = { ...value, options: [] };
      if (option !== "--command" || inline === null) i++;
      continue;
    }
    if (!takes && !(inline !== null && start.startsWith("--") && (shape.user?.includes(option) ?? false))) continue;
    const value = inline !== null ? { text: { ...arg.text, parts: [inline, ...arg.text.parts.slice(1)] }, at: arg.at } : args[i + 1];
    if (inline === null) i++;
    if (value !== undefined && (shape.user?.includes(option) ?? false)) user = value.text;
  }
  const skip = shape.skip ?? 0;
  if (script !== null) return { words: null, script, user, elsewhere: shape.elsewhere ?? false, environment, ownStatus: false };
  const words = args.slice(i + skip);
  // A script file, or what a login shell is given.
  if (shape.script === true && (isLogin || !SWITCHES.has(name))) return null;
  if (words.length === 0) return environment.length > 0 ? null : user === null ? null : { words: null, script: null, user, elsewhere: false, environment, ownStatus: false };
  return { words, script: null, user, elsewhere: shape.elsewhere ?? false, environment, ownStatus: name === "xargs" };
}

function findExec(args: Words): Wrapped | null {
  const at = args.findIndex(({ text }) => /^-(?:exec|execdir|ok)$/.test(whole(text) ?? ""));
  if (at < 0) return null;
  const end = args.findIndex(({ text }, index) => index > at && (whole(text) === ";" || whole(text) === "+"));
  const found = foundBy(args.slice(0, at));
  const words = args.slice(at + 1, end < 0 ? undefined : end).map((word) => (found !== null && whole(word.text) === "{}" ? { ...word, text: found } : word));
  return { words, script: null, user: null, elsewhere: false, environment: [], ownStatus: true };
}

/** What `{}` stands for: anything below the folder that is looked through; null where that is not one plain folder. */
function foundBy(args: Words): Text | null {
  const value = (name: string): Text | undefined => args[args.findIndex(({ text }) => whole(text) === name) + 1]?.text;
  const [folder, second] = args;
  if (folder === undefined || /^[-(!]/.test(head(folder.text)) || (second !== undefined && !/^[-(!]/.test(head(second.text)))) return null;
  const has = (name: string): boolean => args.some(({ text }) => whole(text) === name);
  if (has("-type") && whole(value("-type")) === "d") return folder.text;
  const name = has("-name") ? value("-name") : known("");
  return name === undefined ? null : { ...concat([folder.text, known("/*"), name]), glob: true };
}
