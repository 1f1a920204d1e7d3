/** Finds the files whose texts name a file, all at once: a search for each file of a tree would grow with its square. */
import { type Host, baseName, folderOf } from "../model/index.ts";

const ENDING = ".nix";

/** The characters of names that are found all at once; a name with another one is searched for alone. */
const PLAIN = /^[\w.+-]+$/;
const CHARACTER = /[\w.+-]/;

/** No file system has longer names, in UTF-16 units. */
const LONGEST = 255;

/** As many names of folders are searched for one by one; more are cheaper to find by taking texts apart into words. */
const FEW = 16;

/** Paths by the name that their texts hold. */
export type NamedFiles = ReadonlyMap<string, readonly string[]>;

/** The `.nix` files of a tree by the names that their texts hold. */
export class Mentions {
  readonly #host: Host;
  #paths: NamedFiles | null;

  /** @param found what another has found in the same texts */
  constructor(host: Host, found: NamedFiles | null = null) {
    this.#host = host;
    this.#paths = found;
  }

  /** All that is found, to be handed to another. */
  all(): NamedFiles {
    this.#paths ??= this.#read();
    return this.#paths;
  }

  /** The `.nix` files whose texts hold a name, in the order of the Host. */
  of(name: string): readonly string[] {
    return this.all().get(name) ?? this.#holding(name);
  }

  #holding(name: string): string[] {
    return this.#host.nixFiles().filter((path) => this.#host.read(path)?.includes(name) ?? false);
  }

  #read(): Map<string, readonly string[]> {
    const files = this.#host.nixFiles();
    const names = [...new Set(files.map(nameOf))].filter((name) => PLAIN.test(name));
    const folders = names.filter((name) => !name.endsWith(ENDING));
    const wordsOf = folders.length > FEW ? allWords : namesOfFiles;
    const paths = new Map<string, string[]>(names.map((name) => [name, []]));
    for (const path of files) {
      for (const name of new Set(wordsOf(this.#host.read(path) ?? ""))) paths.get(name)?.push(path);
    }
    return wordsOf === allWords ? paths : new Map([...paths, ...folders.map((name) => [name, this.#holding(name)] as const)]);
  }
}

/** The files that name a file, asked of a Host that keeps count of them where it is one. */
export function mentioning(host: Host, path: string, own: Mentions): readonly string[] {
  const name = nameOf(path);
  return host.mentioning?.(name) ?? own.of(name);
}

/** The name by which others refer to a file: a folder's stands for its `default.nix`. */
function nameOf(path: string): string {
  return baseName(path) === "default.nix" ? baseName(folderOf(path)) : baseName(path);
}

function allWords(text: string): Iterable<string> {
  return text.match(/[\w.+-]+/g) ?? [];
}

/** The words that end as files of Nix do: nothing else is looked at. */
function* namesOfFiles(text: string): Generator<string> {
  for (let index = text.indexOf(ENDING); index >= 0; index = text.indexOf(ENDING, index + 1)) {
    const end = index + ENDING.length;
    if (end < text.length && CHARACTER.test(text[end] as string)) continue;
    let start = index;
    while (start > 0 && index - start < LONGEST && CHARACTER.test(text[start - 1] as string)) start--;
    yield text.slice(start, end);
  }
}
