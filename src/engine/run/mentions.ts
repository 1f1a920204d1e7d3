/** Finds the files whose texts name a file, all at once: a search for each file of a tree would grow with its square. */
import { type Host, baseName, folderOf, join } from "../model/index.ts";

const ENDING = ".nix";
const DEFAULT = "default.nix";

/** The characters of names that are found all at once; a name with another one is searched for alone. */
const PLAIN = /^[\w.+-]+$/;

/** No file system has longer names, in UTF-16 units. */
const LONGEST = 255;

/** As many names of folders are searched for one by one; more are cheaper to find by taking texts apart into words. */
const FEW = 16;

/** What is found in the texts of a tree: plain data. Files are told by their index in the Host's order. */
export interface NamedFiles {
  /** By the path of a file those whose texts hold a path that leads to it. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** By a name those whose texts hold it in another way, so that it may be part of a path to any file of that name. */
  readonly names: ReadonlyMap<string, readonly number[]>;
}

/** The `.nix` files of a tree by the names that their texts hold. */
export class Mentions {
  readonly #host: Host;
  #found: NamedFiles | null;

  /** @param found what another has found in the same texts */
  constructor(host: Host, found: NamedFiles | null = null) {
    this.#host = host;
    this.#found = found;
  }

  /** All that is found, to be handed to another. */
  all(): NamedFiles {
    this.#found ??= this.#read();
    return this.#found;
  }

  /** The `.nix` files whose texts name a file so that it may be this one, in the order of the Host. */
  of(path: string): readonly string[] {
    const { places, names } = this.all();
    const loose = names.get(nameOf(path));
    if (loose === undefined) return this.#holding(nameOf(path));
    const exact = places.get(path);
    const files = this.#host.nixFiles();
    const indices = exact === undefined ? loose : [...new Set([...exact, ...loose])].sort((a, b) => a - b);
    return indices.map((index) => files[index] as string);
  }

  #holding(name: string): string[] {
    return this.#host.nixFiles().filter((path) => this.#host.read(path)?.includes(name) ?? false);
  }

  #read(): NamedFiles {
    const files = this.#host.nixFiles();
    const known = new Set(files);
    const places = new Map<string, number[]>();
    const names = new Map<string, number[]>();
    for (const path of files) if (PLAIN.test(nameOf(path))) names.set(nameOf(path), []);
    const folders = [...names.keys()].filter((name) => !name.endsWith(ENDING));
    files.forEach((path, index) => {
      const text = this.#host.read(path) ?? "";
      // A link's text counts its paths from where the file really stands.
      const folder = folderOf(this.#host.realPath?.(path) ?? path);
      const add = (found: Map<string, number[]>, key: string): void => {
        const users = found.get(key);
        if (users === undefined) found.set(key, [index]);
        else if (users[users.length - 1] !== index) users.push(index);
      };
      for (const { start, end } of wordsOf(text, folders)) {
        const name = text.slice(start, end);
        if (!names.has(name)) continue;
        const written = pathAround(text, start, end);
        const place = written === null ? null : join(folder, written);
        const file = place === null ? null : known.has(place) ? place : known.has(join(place, DEFAULT)) ? join(place, DEFAULT) : null;
        if (file === null) add(names, name);
        else add(places, file);
      }
    });
    return { places, names };
  }
}

/** The files that may name a file, asked of a Host that keeps count of them where it is one. */
export function mentioning(host: Host, path: string, own: Mentions): readonly string[] {
  return host.mentioning?.(path) ?? own.of(path);
}

/** The name by which others refer to a file: a folder's stands for its `default.nix`. */
export function nameOf(path: string): string {
  return baseName(path) === DEFAULT ? baseName(folderOf(path)) : baseName(path);
}

interface Word {
  readonly start: number;
  readonly end: number;
}

/** The words of a text that may be names: those that end as files of Nix do, and names of folders. */
function* wordsOf(text: string, folders: readonly string[]): Generator<Word> {
  if (folders.length > FEW) {
    for (const { index, 0: word } of text.matchAll(/[\w.+-]+/g)) yield { start: index, end: index + word.length };
    return;
  }
  for (let index = text.indexOf(ENDING); index >= 0; index = text.indexOf(ENDING, index + 1)) {
    const end = index + ENDING.length;
    if (isOfName(text.charCodeAt(end))) continue;
    let start = index;
    while (start > 0 && index - start < LONGEST && isOfName(text.charCodeAt(start - 1))) start--;
    yield { start, end };
  }
  for (const folder of folders) {
    for (let start = text.indexOf(folder); start >= 0; start = text.indexOf(folder, start + folder.length)) yield { start, end: start + folder.length };
  }
}

/**
 * The relative path that ends with a word, where it is written out as one (Nix, "Literals": a path begins with `./` or `../`) and
 * leads where it says; null where it may be a part of another, in a text, behind an interpolation or as a folder on the way.
 */
function pathAround(text: string, from: number, end: number): string | null {
  if (!isBorder(text.charCodeAt(end))) return null;
  let start = from;
  while (start > 0 && (isOfName(text.charCodeAt(start - 1)) || text.charCodeAt(start - 1) === SLASH)) start--;
  let before = start - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
  // A text may begin here, and go behind another path.
  if (before >= 0 && ((before === start - 1 && !isOpening(text.charCodeAt(before))) || isQuote(text.charCodeAt(before)))) return null;
  const path = text.slice(start, end);
  return path.startsWith("./") || path.startsWith("../") ? path : null;
}

const SLASH = 47;

/** Of `[\w.+-]`. */
function isOfName(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95 || unit === 45 || unit === 46 || unit === 43;
}

function isBlank(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13);
}

function isQuote(unit: number): boolean {
  return unit === 34 || unit === 39;
}

/** One of `( [ = : ; ,`, after which an expression begins. */
function isOpening(unit: number): boolean {
  return unit === 40 || unit === 91 || unit === 61 || unit === 58 || unit === 59 || unit === 44;
}

/** What ends a path: the end of the text, a blank or one of `) ] } ; ,`. */
function isBorder(unit: number): boolean {
  return Number.isNaN(unit) || isBlank(unit) || unit === 41 || unit === 93 || unit === 125 || unit === 59 || unit === 44;
}
