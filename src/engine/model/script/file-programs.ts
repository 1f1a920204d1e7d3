/** What the programs that make, fill, move and restrict files do to them. */
import { trimmedEnd } from "../../domain/trim.ts";
import type { Span } from "../../syntax/index.ts";
import { applyMode, hasOption, option, readArguments } from "./arguments.ts";
import { type Call, NOTHING, type Outcome, isRandomDevice, write } from "./effects.ts";
import { UNIQUE } from "./state.ts";
import { concat, gap, known, tail, type Text, whole } from "./text.ts";

function install({ args, argsAt, span, state, stdin, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, "mogtS", ["--mode", "--owner", "--group", "--target-directory", "--suffix"]);
  const mode = option(given, "-m", "--mode");
  const bits = mode === null ? 0o755 : applyMode(mode.text, 0);
  if (hasOption(given, "-d", "--directory")) {
    for (const { text } of given.operands) if (bits !== null) state.setFolder(resolve(text), bits);
    return NOTHING;
  }
  const into = option(given, "-t", "--target-directory");
  const sources = into === null ? given.operands.slice(0, -1) : given.operands;
  const target = into?.text ?? given.operands[given.operands.length - 1]?.text;
  if (target === undefined || sources.length === 0) return NOTHING;
  for (const { text } of sources) {
    const isInput = whole(text) === "/dev/stdin" || whole(text) === "-";
    const secret = isInput ? stdin.secret || stdin.random : text.secret || isRandomDevice(text) || state.holdsSecret(resolve(text));
    const path = targetPath(resolve(target), text, into !== null || sources.length > 1);
    if (isInput && stdin.members !== undefined) write(state, path, span, "archive", { mode: bits, secret, members: stdin.members });
    else write(state, path, span, "install", { mode: bits, secret, members: [resolve(text)] });
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
    const old = state.fileAt(source);
    const path = targetPath(resolve(target), text, into !== null || sources.length > 1);
    const secret = (old?.secret ?? false) || text.secret || isRandomDevice(text);
    // A copy has the mode of what it was made from, less the umask; of a file that the script did not make that is not known.
    const mode = old?.mode ?? null;
    const how = old?.how === "archive" ? "archive" : "copy";
    const members = old?.how === "archive" ? old.members : [source];
    write(state, path, span, how, { ...(name === "cp" ? { ifNew: mode } : { mode }), secret, members });
    if (name === "mv") state.remove(source);
  }
  return NOTHING;
}

function chmod({ args, argsAt, state, resolve }: Call): Outcome {
  const plain = args.map((text, index) => ({ text, at: argsAt[index] as Span }));
  const isFlag = (text: Text): boolean => /^-(?:[Rvfc]+|-recursive|-verbose|-silent|-quiet|-changes|-)$/.test(whole(text) ?? "");
  const recursive = plain.some(({ text }) => /^-(?:[vfc]*R[vfc]*|-recursive)$/.test(whole(text) ?? ""));
  const [mode, ...targets] = plain.filter(({ text }) => !isFlag(text));
  for (const { text } of targets) state.changeMode(resolve(text), recursive, (old) => applyMode(mode?.text, old));
  // Behind `xargs` the files come from elsewhere: any may be among them.
  if (targets.length === 0) for (const file of state.files.values()) file.mode = null;
  return NOTHING;
}

function mkdir({ args, argsAt, state, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, "m", ["--mode"]);
  const mode = option(given, "-m", "--mode");
  for (const { text } of given.operands) {
    const bits = mode === null ? (state.umask === null ? null : 0o777 & ~state.umask) : applyMode(mode.text, 0o777);
    // `mkdir -p` leaves a folder that is there as it is; only an explicit mode says something.
    if (bits !== null && (mode !== null || (state.umask !== null && (state.umask & 0o077) === 0o077))) state.setFolder(resolve(text), bits);
  }
  return NOTHING;
}

/** A file with a name of its own that only its owner can read, or a folder (mktemp(1)). */
function mktemp({ args, argsAt, span, state, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, "p", ["--suffix"]);
  const template = given.operands[0]?.text ?? known("tmp.XXXXXXXXXX");
  const folder = option(given, "-p", "--tmpdir")?.text ?? known("/tmp");
  const inFolder = tail(template).includes("/") && !hasOption(given, "-p", "-t", "--tmpdir") ? resolve(template) : concat([resolve(whole(folder) === "" ? known("/tmp") : folder), known("/"), template]);
  const last = inFolder.parts[inFolder.parts.length - 1];
  const [start, end] = aroundUnique(typeof last === "string" ? last : "");
  const path = concat([{ ...inFolder, parts: [...inFolder.parts.slice(0, -1), start].filter((part) => part !== "") }, gap(`${UNIQUE}${state.files.size + state.folders.size} ${span.start}`), known(end)]);
  if (hasOption(given, "-d", "--directory")) state.setFolder(path, 0o700);
  else if (!hasOption(given, "-u", "--dry-run")) write(state, path, span, "temporary", { mode: 0o600 });
  return { ...NOTHING, text: path };
}

/** What stands before and behind the last run of at least three `X`. */
function aroundUnique(template: string): readonly [string, string] {
  const behind = template.lastIndexOf("X") + 1;
  const start = trimmedEnd(template.slice(0, behind), "X");
  return behind - start.length < 3 ? ["", ""] : [start, template.slice(behind)];
}

function tee({ args, argsAt, span, state, stdin, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, "", []);
  const how = stdin.members !== undefined ? "archive" : hasOption(given, "-a", "--append") ? "append" : "output";
  for (const { text } of given.operands) write(state, resolve(text), span, how, { secret: stdin.secret || stdin.random, ...(stdin.members === undefined ? {} : { members: stdin.members }) });
  return stdin;
}

/** `tar` and the like: the archive and what goes into it. */
function tar({ args, argsAt, span, state, resolve }: Call): Outcome {
  const dashed = args.map((arg, index) => (index === 0 && /^[A-Za-z]+$/.test(whole(arg) ?? "") ? known(`-${whole(arg) as string}`) : arg));
  const given = readArguments(dashed, argsAt, "fCTXIbg", ["--file", "--directory", "--exclude", "--files-from", "--exclude-from", "--use-compress-program", "--transform", "--owner", "--group", "--mode"]);
  if (!hasOption(given, "-c", "--create", "-r", "-u")) return NOTHING;
  const file = option(given, "-f", "--file");
  const folder = option(given, "-C", "--directory");
  // What is left out may be the very secrets.
  const isPartial = hasOption(given, "--exclude", "--exclude-from", "-X");
  const members = given.operands.map(({ text }) => concat([folder === null ? resolve(text) : inFolder(folder.text, text), ...(isPartial && !tail(text).includes("secret") ? [gap("less what is excluded")] : [])]));
  const secret = members.some((member) => state.holdsSecret(member));
  if (file === null || whole(file.text) === "-") return { ...NOTHING, secret, members };
  write(state, resolve(file.text), span, "archive", { members, secret });
  return NOTHING;
}

function zip({ args, argsAt, span, state, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, "PtxibnO", ["--password"]);
  const [file, ...members] = given.operands.map(({ text }) => resolve(text));
  if (file === undefined || members.length === 0 || hasOption(given, "-P", "-e", "--password", "--encrypt", "-x")) return NOTHING;
  const target = /\.\w+$/.test(tail(file)) || tail(file) === "" ? file : concat([file, known(".zip")]);
  write(state, target, span, "archive", { members, secret: members.some((member) => state.holdsSecret(member)) });
  return NOTHING;
}

function inFolder(folder: Text, path: Text): Text {
  const first = path.parts[0];
  if (typeof first === "string" && first.startsWith("/")) return path;
  return concat([folder, known(tail(folder).endsWith("/") ? "" : "/"), path]);
}

/** What each program does. */
export const FILE_PROGRAMS: Readonly<Record<string, (call: Call) => Outcome>> = {
  install,
  cp: copy,
  mv: copy,
  rsync: copy,
  chmod,
  mkdir,
  mktemp,
  tee,
  tar,
  bsdtar: tar,
  zip,
  dd: ({ args, span, state, stdin, resolve }) => {
    const value = (name: string): Text | null => {
      const arg = args.find((candidate) => typeof candidate.parts[0] === "string" && candidate.parts[0].startsWith(`${name}=`));
      return arg === undefined ? null : { ...arg, parts: [(arg.parts[0] as string).slice(name.length + 1), ...arg.parts.slice(1)].filter((part) => part !== "") };
    };
    const source = value("if");
    const target = value("of");
    const random = source === null ? stdin.random : isRandomDevice(source);
    const secret = random || (source === null ? stdin.secret : state.holdsSecret(resolve(source)));
    const members = source === null ? stdin.members : undefined;
    if (target === null) return { secret, random, generates: random, ...(members === undefined ? {} : { members }) };
    write(state, resolve(target), span, members === undefined ? "output" : "archive", { secret, ...(members === undefined ? {} : { members }) });
    return NOTHING;
  },
  touch: ({ args, argsAt, span, state, resolve }) => {
    for (const { text } of readArguments(args, argsAt, "drt").operands) write(state, resolve(text), span, "touch");
    return NOTHING;
  },
  truncate: ({ args, argsAt, span, state, resolve }) => {
    for (const { text } of readArguments(args, argsAt, "sr", ["--size", "--reference"]).operands) write(state, resolve(text), span, "touch");
    return NOTHING;
  },
  rm: ({ args, argsAt, state, resolve }) => {
    for (const { text } of readArguments(args, argsAt, "").operands) state.removeAll(resolve(text));
    return NOTHING;
  },
  shred: ({ args, argsAt, state, resolve }) => {
    const given = readArguments(args, argsAt, "ns");
    if (hasOption(given, "-u", "--remove")) for (const { text } of given.operands) state.removeAll(resolve(text));
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
