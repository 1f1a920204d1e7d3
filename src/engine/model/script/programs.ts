/** What the programs that scripts handle files and key material with do: what they create, restrict and give out. */
import type { Span } from "../../syntax/index.ts";
import { type Arguments, applyMode, hasOption, type Operand, option, readArguments } from "./arguments.ts";
import type { FileFact } from "./facts.ts";
import type { State } from "./state.ts";
import { concat, keyOf, known, tail, type Text, whole } from "./text.ts";

/** One run of a program. */
export interface Call {
  readonly name: string;
  readonly args: readonly Text[];
  readonly argsAt: readonly Span[];
  readonly span: Span;
  readonly state: State;
  /** What comes in on standard input. */
  readonly stdin: Stdin;
  /** Makes a path absolute where the folder that the script is in is known. */
  readonly resolve: (path: Text) => Text;
}

export interface Stdin {
  /** Key material that the script generated. */
  readonly secret: boolean;
  /** Bytes of a random device. */
  readonly random: boolean;
}

/** What a program gives out. */
export interface Outcome {
  /** Key material on standard output. */
  readonly secret: boolean;
  readonly random: boolean;
  /** Where key material that is given out comes from: a generator itself, or what was put in. */
  readonly generates: boolean;
}

const NOTHING: Outcome = { secret: false, random: false, generates: false };
const GENERATED: Outcome = { secret: true, random: false, generates: true };

/** Programs that give out what they take in, changed or not. */
const FILTERS = new Set("cat tac tee tr head tail cut sed awk gawk fold base64 base32 xxd od hexdump rev sort uniq paste column tee pv gzip gunzip zcat bzip2 xz zstd basenc envsubst jq yq xargs".split(" "));
/** Programs that print fresh key material when run as such. */
const GENERATORS = new Set("pwgen uuidgen apg makepasswd xkcdpass diceware".split(" "));
const RANDOM_DEVICES = new Set(["/dev/urandom", "/dev/random", "/dev/hwrng", "/proc/sys/kernel/random/uuid"]);

export function isRandomDevice(path: Text): boolean {
  return RANDOM_DEVICES.has(whole(path) ?? "");
}

/** Adds a file or says more about one that is there. */
export function write(state: State, path: Text, span: Span, how: FileFact["how"], more: { mode?: number | null; secret?: boolean; members?: readonly Text[]; keepsMode?: boolean } = {}): void {
  const key = keyOf(path);
  const target = whole(path) ?? "";
  if (target.startsWith("/dev/") || target.startsWith("/proc/")) return;
  const old = state.files.get(key);
  const fresh = state.umask === null ? null : 0o666 & ~state.umask;
  if (old !== undefined) {
    // Writing into a file keeps its mode.
    if (more.mode !== undefined) old.mode = more.mode;
    old.secret ||= more.secret ?? false;
    if (more.members !== undefined) old.members = more.members;
    return;
  }
  state.files.set(key, {
    path,
    start: span.start,
    end: span.end,
    mode: more.mode !== undefined ? more.mode : how === "append" ? null : fresh,
    secret: more.secret ?? false,
    how,
    members: more.members ?? [],
    inClosedFolder: state.isInClosedFolder(path),
  });
}

/** Carries out what a program does to files, and says what it gives out. */
export function run(call: Call): Outcome {
  const { name, stdin } = call;
  const handler = PROGRAMS[name];
  if (handler !== undefined) return handler(call);
  if (GENERATORS.has(name)) return GENERATED;
  if (FILTERS.has(name)) return filter(call);
  return { ...NOTHING, random: false, secret: stdin.secret && FILTERS.has(name) };
}

/** A filter gives out its input and the files that it is given; random bytes are key material once they are text. */
function filter({ name, args, argsAt, stdin, state, resolve }: Call): Outcome {
  const { operands } = readArguments(args, argsAt, "cdnbwse", []);
  const read = name === "tr" || name === "sed" || name === "awk" ? operands.slice(1) : operands;
  const random = stdin.random || read.some(({ text }) => isRandomDevice(text));
  const secret = stdin.secret || read.some(({ text }) => state.files.get(keyOf(resolve(text)))?.secret ?? false);
  return { secret: secret || random, random, generates: random };
}

function openssl({ args, argsAt, span, state, resolve, stdin }: Call): Outcome {
  const [command, ...rest] = args;
  const name = whole(command);
  const words = rest.map((arg) => whole(arg));
  const out = words.indexOf("-out");
  const keyout = words.indexOf("-keyout");
  const at = (index: number): Operand | null => (index >= 0 && rest[index + 1] !== undefined ? { text: rest[index + 1] as Text, at: argsAt[index + 2] ?? span } : null);
  const target = at(out);
  // Private keys are written so that only the owner can read them (openssl, apps/lib, `bio_open_owner`).
  if (keyout >= 0) write(state, resolve((at(keyout) as Operand).text), span, "output", { mode: 0o600, secret: true });
  if (name === "rand" || name === "genrsa" || name === "genpkey" || name === "ecparam" || name === "gendsa") {
    if (name === "ecparam" && !words.includes("-genkey")) return NOTHING;
    if (target === null) return GENERATED;
    write(state, resolve(target.text), span, "output", { secret: true, ...(name === "rand" ? {} : { mode: 0o600 }) });
    return NOTHING;
  }
  if (target !== null) write(state, resolve(target.text), span, "output");
  return { ...NOTHING, secret: stdin.secret && (name === "base64" || name === "enc") && target === null };
}

function install({ args, argsAt, span, state, stdin, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, "mogtS", ["--mode", "--owner", "--group", "--target-directory", "--suffix"]);
  const mode = option(given, "-m", "--mode");
  const bits = mode === null ? 0o755 : applyMode(mode.text, 0);
  if (hasOption(given, "-d", "--directory")) {
    for (const { text } of given.operands) if (bits !== null) state.folders.set(keyOf(resolve(text)), bits);
    return NOTHING;
  }
  const into = option(given, "-t", "--target-directory");
  const sources = into === null ? given.operands.slice(0, -1) : given.operands;
  const target = into?.text ?? given.operands[given.operands.length - 1]?.text;
  if (target === undefined || sources.length === 0) return NOTHING;
  const secret = sources.some(({ text }) => (whole(text) === "/dev/stdin" || whole(text) === "-" ? stdin.secret : (state.files.get(keyOf(resolve(text)))?.secret ?? false)));
  for (const { text } of sources) {
    const path = targetPath(resolve(target), text, into !== null || sources.length > 1);
    write(state, path, span, "install", { mode: bits, secret, members: [resolve(text)] });
  }
  return NOTHING;
}

/** Where a file goes that is copied to a target: below it, where the target is surely a folder. */
function targetPath(target: Text, source: Text, isFolder: boolean): Text {
  const slash = tail(target).endsWith("/");
  if (!isFolder && !slash) return target;
  const text = tail(source);
  const name = text.includes("/") ? text.slice(text.lastIndexOf("/") + 1) : text;
  return concat([target, known(`${slash ? "" : "/"}${name}`)]);
}

function copy({ name, args, argsAt, span, state, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, "tS", ["--target-directory", "--suffix"]);
  const into = option(given, "-t", "--target-directory");
  const sources = into === null ? given.operands.slice(0, -1) : given.operands;
  const target = into?.text ?? given.operands[given.operands.length - 1]?.text;
  if (target === undefined) return NOTHING;
  for (const { text } of sources) {
    const source = resolve(text);
    const old = state.files.get(keyOf(source));
    const path = targetPath(resolve(target), text, into !== null || sources.length > 1);
    // A copy has the mode of what it was made from, less the umask; of a file that the script did not make that is not known.
    write(state, path, span, "copy", { mode: old?.mode ?? null, secret: old?.secret ?? false, members: [source] });
    if (name === "mv") state.files.delete(keyOf(source));
  }
  return NOTHING;
}

function chmod({ args, argsAt, state, resolve }: Call): Outcome {
  const plain = args.map((text, index) => ({ text, at: argsAt[index] as Span }));
  const isFlag = (text: Text): boolean => /^-(?:[Rvfc]+|-recursive|-verbose|-silent|-quiet|-changes|-)$/.test(whole(text) ?? "");
  const recursive = plain.some(({ text }) => /^-(?:[vfc]*R[vfc]*|-recursive)$/.test(whole(text) ?? ""));
  const [mode, ...targets] = plain.filter(({ text }) => !isFlag(text));
  for (const { text } of targets) {
    const target = resolve(text);
    const files = state.filesMatching(target);
    for (const file of files) file.mode = applyMode(mode?.text, file.mode);
    if (files.length > 0 && !recursive) continue;
    const folder = keyOf(target).replace(/\/$/, "");
    const bits = applyMode(mode?.text, state.folders.get(folder) ?? null);
    if (bits !== null && !target.glob) {
      state.folders.set(folder, bits);
      if ((bits & 0o077) === 0) for (const file of state.files.values()) if (keyOf(file.path).startsWith(`${folder}/`)) file.inClosedFolder = true;
      if (recursive) for (const file of state.files.values()) if (keyOf(file.path).startsWith(`${folder}/`)) file.mode = applyMode(mode?.text, file.mode);
    }
  }
  return NOTHING;
}

function mkdir({ args, argsAt, state, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, "m", ["--mode"]);
  const mode = option(given, "-m", "--mode");
  for (const { text } of given.operands) {
    const bits = mode === null ? (state.umask === null ? null : 0o777 & ~state.umask) : applyMode(mode.text, 0o777);
    // `mkdir -p` leaves a folder that is there as it is; only an explicit mode says something.
    if (bits !== null && (mode !== null || (state.umask !== null && (state.umask & 0o077) === 0o077))) state.folders.set(keyOf(resolve(text)), bits);
  }
  return NOTHING;
}

function tee({ args, argsAt, span, state, stdin, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, "", []);
  const how = hasOption(given, "-a", "--append") ? "append" : "output";
  for (const { text } of given.operands) write(state, resolve(text), span, how, { secret: stdin.secret });
  return { secret: stdin.secret, random: false, generates: false };
}

/** `tar` and the like: the archive and what goes into it. */
function tar({ args, argsAt, span, state, resolve }: Call): Outcome {
  const dashed = args.map((arg, index) => (index === 0 && /^[A-Za-z]+$/.test(whole(arg) ?? "") ? known(`-${whole(arg) as string}`) : arg));
  const given = readArguments(dashed, argsAt, "fCTXIbg", ["--file", "--directory", "--exclude", "--files-from", "--exclude-from", "--use-compress-program", "--transform", "--owner", "--group", "--mode"]);
  const file = option(given, "-f", "--file");
  if (file === null || !hasOption(given, "-c", "--create", "-r", "-u")) return NOTHING;
  const folder = option(given, "-C", "--directory");
  const members = given.operands.map(({ text }) => (folder === null ? resolve(text) : inFolder(folder.text, text)));
  if (whole(file.text) !== "-") write(state, resolve(file.text), span, "archive", { members, secret: members.some((member) => state.files.get(keyOf(member))?.secret ?? false) });
  return NOTHING;
}

function inFolder(folder: Text, path: Text): Text {
  const first = path.parts[0];
  if (typeof first === "string" && first.startsWith("/")) return path;
  return concat([folder, known(tail(folder).endsWith("/") ? "" : "/"), path]);
}

const PROGRAMS: Readonly<Record<string, (call: Call) => Outcome>> = {
  openssl,
  install,
  cp: copy,
  mv: copy,
  rsync: copy,
  chmod,
  mkdir,
  tee,
  tar,
  bsdtar: tar,
  echo: ({ args }) => ({ secret: args.some(({ secret }) => secret), random: false, generates: false }),
  printf: (call) => {
    const [first, name] = call.args;
    if (whole(first) === "-v" && whole(name) !== null) {
      call.state.vars.set(whole(name) as string, concat(call.args.slice(2)));
      return NOTHING;
    }
    return { secret: call.args.some(({ secret }) => secret), random: false, generates: false };
  },
  wg: ({ args }) => (/^gen(?:key|psk)$/.test(whole(args[0]) ?? "") ? GENERATED : NOTHING),
  "ssh-keygen": ({ args, argsAt, span, state, resolve }) => {
    const file = option(readArguments(args, argsAt, "fNtbCmPO"), "-f");
    if (file !== null) write(state, resolve(file.text), span, "output", { mode: 0o600, secret: true });
    return NOTHING;
  },
  "age-keygen": ({ args, argsAt, span, state, resolve }) => {
    const given: Arguments = readArguments(args, argsAt, "o", ["--output"]);
    const file = option(given, "-o", "--output");
    if (file === null) return hasOption(given, "-y") ? NOTHING : GENERATED;
    write(state, resolve(file.text), span, "output", { mode: 0o600, secret: true });
    return NOTHING;
  },
  dd: ({ args, span, state, stdin, resolve }) => {
    const value = (name: string): Text | null => {
      const arg = args.find((candidate) => typeof candidate.parts[0] === "string" && candidate.parts[0].startsWith(`${name}=`));
      return arg === undefined ? null : { ...arg, parts: [(arg.parts[0] as string).slice(name.length + 1), ...arg.parts.slice(1)].filter((part) => part !== "") };
    };
    const source = value("if");
    const target = value("of");
    const random = stdin.random || (source !== null && isRandomDevice(source));
    if (target === null) return { secret: random || stdin.secret, random, generates: random };
    write(state, resolve(target), span, "output", { secret: random || stdin.secret });
    return NOTHING;
  },
  touch: ({ args, argsAt, span, state, resolve }) => {
    for (const { text } of readArguments(args, argsAt, "drt").operands) write(state, resolve(text), span, "touch");
    return NOTHING;
  },
  rm: ({ args, argsAt, state, resolve }) => {
    for (const { text } of readArguments(args, argsAt, "").operands) {
      for (const file of state.filesMatching(resolve(text))) state.files.delete(keyOf(file.path));
    }
    return NOTHING;
  },
  umask: ({ args, state }) => {
    const [mask] = args.filter((arg) => !/^-/.test(whole(arg) ?? ""));
    if (mask === undefined) return NOTHING;
    const text = whole(mask);
    const symbolic = text === null || /^[0-7]+$/.test(text) ? null : applyMode(mask, state.umask === null ? null : 0o777 & ~state.umask);
    state.umask = text !== null && /^[0-7]{1,4}$/.test(text) ? Number.parseInt(text, 8) : symbolic === null ? null : 0o777 & ~symbolic;
    return NOTHING;
  },
  cd: ({ args, argsAt, state, resolve }) => {
    const [target] = readArguments(args, argsAt, "").operands;
    state.cwd = target === undefined ? null : resolve(target.text);
    return NOTHING;
  },
};
