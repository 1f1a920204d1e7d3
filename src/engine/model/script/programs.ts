/** What programs do with key material, and by which program of ours each command is carried out. */
import { type Operand, hasOption, option, readArguments } from "./arguments.ts";
import { type Call, GENERATED, NOTHING, type Outcome, isRandomDevice, write } from "./effects.ts";
import { FILE_PROGRAMS } from "./file-programs.ts";
import { concat, type Text, whole } from "./text.ts";

export { type Outcome, type Stdin, isRandomDevice, write } from "./effects.ts";

/** Programs that give out what they take in, changed or not, with their options that take a value. */
const FILTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cat: "", tac: "", rev: "", uniq: "fsw", tr: "", head: "cn", tail: "cn", cut: "bcdf", sed: "efl", awk: "Ffv", gawk: "Ffv", fold: "w", paste: "d", column: "stc",
    sort: "kStTo", base64: "w", base32: "w", basenc: "w", xxd: "clsog", od: "AjNtwS", hexdump: "enfs", grep: "efmABC", gzip: "S", gunzip: "S", zcat: "", bzip2: "", xz: "T", zstd: "T",
    pigz: "p", pv: "L", envsubst: "", jq: "", yq: "", iconv: "ft", dos2unix: "", expand: "t", nl: "bsw", fmt: "w", sponge: "",
  }),
);
/** Filters whose first operand is a script or a pattern, not a file. */
const WITH_SCRIPT = new Set(["tr", "sed", "awk", "gawk", "grep", "jq", "yq"]);
/** Hashes: of random bytes, or of what a generator gives out, they make a key; of a key a fingerprint. */
const HASHES = new Set("sha1sum sha224sum sha256sum sha384sum sha512sum b2sum b3sum md5sum shasum cksum".split(" "));
/** Programs that print fresh key material when run as such. */
const GENERATORS = new Set("pwgen uuidgen apg makepasswd xkcdpass diceware mcookie pwmake".split(" "));
/** Languages, and what in a program given on the command line makes key material. */
const LANGUAGES = /^(?:python[\d.]*|node|php|ruby|perl)$/;
const GENERATING_CODE = /\bsecrets\.|\btoken_(?:hex|urlsafe|bytes)\b|\burandom\b|\brandomBytes\b|\brandom_bytes\b|\bSecureRandom\b|\brandomUUID\b|\buuid4\b/;

/** Carries out what a program does to files, and says what it gives out. */
export function run(call: Call): Outcome {
  const { name, stdin } = call;
  const handler = PROGRAMS[name];
  if (handler !== undefined) return handler(call);
  if (FILTERS.has(name)) return filter(call);
  if (GENERATORS.has(name)) return GENERATED;
  if (HASHES.has(name)) return { ...NOTHING, secret: stdin.random || stdin.generates, generates: stdin.random || stdin.generates };
  if (LANGUAGES.test(name) && call.args.some((arg) => GENERATING_CODE.test(whole(arg) ?? ""))) return GENERATED;
  return NOTHING;
}

/** A filter gives out its input and the files that it is given; random bytes are key material once they are text. */
function filter(call: Call): Outcome {
  const { name, args, argsAt, stdin, state, resolve, span } = call;
  const given = readArguments(args, argsAt, FILTERS.get(name) ?? "");
  if ((name === "sed" && [...given.options.keys()].some((flag) => /^(?:-i|--in-place)/.test(flag))) || name === "sponge") return inPlace(call);
  if (name === "grep" && hasOption(given, "-q", "-c", "-l", "-L", "--quiet", "--silent", "--count", "--files-with-matches")) return NOTHING;
  const packed = compressInPlace(call);
  if (packed !== null) return packed;
  const script = WITH_SCRIPT.has(name) && !hasOption(given, "-e", "-f", "--expression", "--file", "--regexp") ? 1 : 0;
  const read = given.operands.slice(script);
  const random = stdin.random || read.some(({ text }) => isRandomDevice(text));
  // What stands in a script or a variable that is filled in comes out, too.
  const filledIn = (WITH_SCRIPT.has(name) && name !== "grep" && args.some(({ secret }) => secret)) || (name === "envsubst" && [...state.vars.values(), ...call.environment.values()].some(({ secret }) => secret));
  const secret = stdin.secret || filledIn || read.some(({ text }) => text.secret || state.holdsSecret(resolve(text)));
  void span;
  return { secret: secret || random, random, generates: random || stdin.generates, ...(stdin.members === undefined ? {} : { members: stdin.members }) };
}

/** `sed -i` and `sponge` write back into files, which keep their modes. */
function inPlace({ name, args, argsAt, stdin, span, state, resolve }: Call): Outcome {
  const given = readArguments(args, argsAt, name === "sed" ? "efl" : "");
  const files = given.operands.slice(name === "sed" && !hasOption(given, "-e", "-f", "--expression", "--file") ? 1 : 0);
  for (const { text } of files) write(state, resolve(text), span, name === "sponge" ? "output" : "append", { secret: stdin.secret || (name === "sed" && args.some(({ secret }) => secret)) });
  return NOTHING;
}

/** `gzip FILE` puts `FILE.gz` in the place of the file, with its mode. */
function compressInPlace({ name, args, argsAt, state, resolve }: Call): Outcome | null {
  const ending = { gzip: ".gz", pigz: ".gz", bzip2: ".bz2", xz: ".xz" }[name];
  const given = readArguments(args, argsAt, FILTERS.get(name) ?? "");
  if (ending === undefined || given.operands.length === 0 || hasOption(given, "-c", "-d", "-l", "-t", "--stdout", "--to-stdout", "--decompress")) return null;
  for (const { text } of given.operands) {
    for (const file of state.filesMatching(resolve(text))) {
      const path = concat([file.path, { parts: [ending], secret: false, glob: false, splits: false }]);
      if (!hasOption(given, "-k", "--keep")) state.remove(file.path);
      state.add({ ...file, path });
    }
  }
  return NOTHING;
}

function openssl({ args, argsAt, span, state, resolve, stdin }: Call): Outcome {
  const [command, ...rest] = args;
  const name = whole(command);
  const words = rest.map((arg) => whole(arg));
  const at = (index: number): Operand | null => (index >= 0 && rest[index + 1] !== undefined ? { text: rest[index + 1] as Text, at: argsAt[index + 2] ?? span } : null);
  const target = at(words.indexOf("-out"));
  const key = at(words.indexOf("-keyout"));
  // Private keys are written so that only the owner can read them (openssl, apps/lib, `bio_open_owner`).
  if (key !== null) write(state, resolve(key.text), span, "output", { mode: 0o600, secret: true });
  if (name === "rand" || name === "genrsa" || name === "genpkey" || name === "ecparam" || name === "gendsa") {
    if (name === "ecparam" && !words.includes("-genkey")) return NOTHING;
    if (target === null) return GENERATED;
    write(state, resolve(target.text), span, "output", { secret: true, ...(name === "rand" ? {} : { mode: 0o600 }) });
    return NOTHING;
  }
  const isKey = /^(?:rsa|ec|pkey|pkcs8|pkcs12)$/.test(name ?? "") && !words.includes("-pubout");
  if (target !== null) write(state, resolve(target.text), span, "output", isKey ? { mode: 0o600 } : {});
  // Encoding is no encryption.
  const encodes = name === "base64" || (name === "enc" && (words.includes("-base64") || words.includes("-a")) && !words.some((word) => /^-(?:aes|camellia|chacha|des)/.test(word ?? "")));
  return encodes && target === null ? stdin : NOTHING;
}

/** Flags of `ssh-keygen` with which it makes no key (ssh-keygen(1)). */
const NOT_MAKING = ["-l", "-y", "-R", "-F", "-H", "-r", "-p", "-c", "-e", "-i", "-B", "-D", "-L", "-k", "-Q", "-s", "-Y"];

const PROGRAMS: Readonly<Record<string, (call: Call) => Outcome>> = {
  ...FILE_PROGRAMS,
  openssl,
  echo: ({ args }) => ({ ...NOTHING, secret: args.some(({ secret }) => secret) }),
  printf: (call) => {
    const [first, name] = call.args;
    if (whole(first) === "-v" && whole(name) !== null) {
      call.state.vars.set(whole(name) as string, concat(call.args.slice(2)));
      return NOTHING;
    }
    return { ...NOTHING, secret: call.args.some(({ secret }) => secret) };
  },
  wg: ({ args }) => (/^gen(?:key|psk)$/.test(whole(args[0]) ?? "") ? GENERATED : NOTHING),
  gpg: ({ args }) => (args.some((arg) => whole(arg) === "--gen-random") ? GENERATED : NOTHING),
  "ssh-keygen": ({ args, argsAt, span, state, resolve }) => {
    const given = readArguments(args, argsAt, "fNtbCmPOaZIVzn");
    const file = option(given, "-f");
    if (file !== null && !hasOption(given, ...NOT_MAKING)) write(state, resolve(file.text), span, "output", { mode: 0o600, secret: true });
    return NOTHING;
  },
  "age-keygen": ({ args, argsAt, span, state, resolve }) => {
    const given = readArguments(args, argsAt, "o", ["--output"]);
    if (hasOption(given, "-y")) return NOTHING;
    const file = option(given, "-o", "--output");
    if (file === null) return GENERATED;
    write(state, resolve(file.text), span, "output", { mode: 0o600, secret: true });
    return NOTHING;
  },
};
