/** Reads a run of tar: what it does, with which archive, of what, and which program it starts to compress. */
import { type CommandUse, type Text, head, tail, whole } from "../../engine/model/script/index.ts";
import { inFolder } from "./shell-paths.ts";

export interface TarRun {
  readonly mode: "create" | "read" | "other";
  /** The archive; null where none is named, so that it is standard input or output. */
  readonly archive: Text | null;
  /** What goes in, absolute where that can be told; null where it cannot be known. */
  readonly members: readonly Text[] | null;
  /** The program that tar runs for compression, and the words that ask for it. */
  readonly compressor: { readonly program: string; readonly option: string } | null;
}

/** Short options with a value (tar(1), "OPTIONS"). */
const WITH_VALUE = "fCTXIbgKNVLHF";
/** Long options whose value may be the next word. */
const LONG_WITH_VALUE = new Set(
  (
    "--file --directory --files-from --exclude-from --use-compress-program --blocking-factor --listed-incremental --starting-file --newer --after-date --label " +
    "--tape-length --format --info-script --new-volume-script --exclude --transform --xform --owner --group --mode --mtime --strip-components --suffix " +
    "--record-size --rsh-command --rmt-command --to-command --owner-map --group-map --sort --volno-file --index-file --exclude-tag --exclude-ignore"
  ).split(" "),
);
const BY_LETTER: Readonly<Record<string, string>> = { z: "gzip", J: "xz", j: "bzip2", Z: "compress" };
const BY_OPTION: Readonly<Record<string, string>> = {
  "--gzip": "gzip", "--gunzip": "gzip", "--ungzip": "gzip", "--xz": "xz", "--bzip2": "bzip2", "--zstd": "zstd", "--lzma": "lzma", "--lzip": "lzip", "--lzop": "lzop", "--compress": "compress",
};
/** What `--auto-compress` makes of a file's name (GNU tar manual, "Creating and Reading Compressed Archives"). */
const BY_ENDING: readonly (readonly [RegExp, string])[] = [
  [/\.t?gz$|\.taz$/, "gzip"], [/\.t?xz$/, "xz"], [/\.bz2$|\.tz2$|\.tbz2?$/, "bzip2"], [/\.zst$|\.tzst$/, "zstd"], [/\.lzma$|\.tlz$/, "lzma"], [/\.Z$|\.taZ$/, "compress"], [/\.lz$/, "lzip"], [/\.lzo$/, "lzop"],
];

/** Reads the words of a run of GNU tar. */
export function tarRun({ args, cwd }: CommandUse): TarRun {
  let mode: TarRun["mode"] = "other";
  let archive: Text | null = null;
  let folder = cwd;
  let members: Text[] | null = [];
  let compressor: TarRun["compressor"] = null;
  let automatic: string | null = null;
  const add = (text: Text): void => {
    const member = text.splits ? null : inFolder(folder, text);
    members = member === null || members === null ? null : [...members, member];
  };
  const take = (name: string, value: Text | undefined, shown: string): void => {
    if (value === undefined) return;
    if (name === "f" || name === "--file") archive = value;
    else if (name === "C" || name === "--directory") folder = inFolder(folder, value);
    else if (name === "T" || name === "--files-from") members = null;
    else if (name === "I" || name === "--use-compress-program") {
      const program = head(value).trim().split(/\s+/)[0] ?? "";
      compressor = program === "" || program.includes("/") || (whole(value) === null && !/\s/.test(head(value))) ? { program: "", option: shown } : { program, option: `${shown}${shown.startsWith("--") ? "=" : " "}${program}` };
    }
  };
  const flag = (letter: string, shown: string): void => {
    if ("cru".includes(letter)) mode = "create";
    else if ("xtd".includes(letter)) mode = "read";
    else if (letter === "a") automatic = shown;
    const program = BY_LETTER[letter];
    if (program !== undefined) compressor = { program, option: shown };
  };
  let onlyOperands = false;
  for (let i = 0; i < args.length; i++) {
    const text = args[i] as Text;
    const start = head(text);
    if (onlyOperands) add(text);
    else if (whole(text) === "--") onlyOperands = true;
    else if (start.startsWith("--")) {
      const equals = start.indexOf("=");
      const name = equals < 0 ? start : start.slice(0, equals);
      if (equals >= 0) take(name, { ...text, parts: [start.slice(equals + 1), ...text.parts.slice(1)].filter((part) => part !== "") }, name);
      else if (LONG_WITH_VALUE.has(name)) take(name, args[++i], name);
      const letter = { "--create": "c", "--append": "r", "--update": "u", "--extract": "x", "--get": "x", "--list": "t", "--diff": "d", "--auto-compress": "a" }[name];
      if (letter !== undefined) flag(letter, name);
      if (BY_OPTION[name] !== undefined) compressor = { program: BY_OPTION[name] as string, option: name };
    } else if (start.startsWith("-") && start !== "-") {
      for (let j = 1; j < start.length; j++) {
        const letter = start[j] as string;
        if (!WITH_VALUE.includes(letter)) flag(letter, `-${letter}`);
        else {
          const rest = { ...text, parts: [start.slice(j + 1), ...text.parts.slice(1)].filter((part) => part !== "") };
          take(letter, rest.parts.length > 0 ? rest : args[++i], `-${letter}`);
          break;
        }
      }
    } else if (i === 0 && /^[A-Za-z]+$/.test(whole(text) ?? "")) {
      // The old style: a first word of letters without a dash, their values in order behind it.
      for (const letter of start) {
        if (WITH_VALUE.includes(letter)) take(letter, args[++i], letter);
        else flag(letter, start);
      }
    } else add(text);
  }
  if (archive !== null && whole(archive) === "-") archive = null;
  return { mode, archive, members, compressor: compressor ?? byName(mode, archive, automatic) };
}

/** A name's ending decides for `--auto-compress`, and when an archive is read. */
function byName(mode: TarRun["mode"], archive: Text | null, automatic: string | null): TarRun["compressor"] {
  if (archive === null || (automatic === null && mode !== "read")) return null;
  const program = BY_ENDING.find(([pattern]) => pattern.test(tail(archive)))?.[1];
  return program === undefined ? null : { program, option: automatic ?? `on \`…${/\.[A-Za-z0-9]+$/.exec(tail(archive))?.[0] ?? ""}\`` };
}
