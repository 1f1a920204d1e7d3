/** Matches paths against globs in bounded time: globs come with the tree, and those of a regular expression can hang a run. */
import { trimmedEnd } from "../../domain/trim.ts";

/** One place of a segment: any run of characters, or one character of a kind. */
type Token = "any" | ((character: string) => boolean);

/** A compiled segment of a glob: any run of folders, or a name. */
type Segment = "folders" | ((name: string) => boolean);

/** Alternatives of braces beyond this many are taken literally; nobody writes them by hand. */
const MOST_ALTERNATIVES = 256;

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  digit: /[0-9]/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

/**
 * Compiles a glob to a test of whole paths with `/`. `*` and `?` stay within a name, `**` as a whole segment stands for
 * any number of folders, `[a-z]` and `[!a-z]` for one character, `\` takes the next character literally; `{a,b}` is
 * expanded where `braces` is set. The time is at most the product of both lengths, for any glob and path.
 */
export function compileGlob(glob: string, braces: boolean): (path: string) => boolean {
  // Most globs are plain names and endings; trees have thousands of paths to test.
  if (!/[*?[\\{]/.test(glob)) return (path) => path === glob;
  const alternatives = (braces ? expandBraces(glob) : [glob]).map((alternative) => alternative.split("/").map(compileSegment));
  return (path) => {
    const names = path.split("/");
    return alternatives.some((segments) => matchesAll(segments, names));
  };
}

/** Greedy matching that goes back to the last `**` only: earlier ones never need to give way. */
function matchesAll(segments: readonly Segment[], names: readonly string[]): boolean {
  let segment = 0;
  let name = 0;
  let retrySegment = -1;
  let retryName = 0;
  while (name < names.length) {
    const current = segments[segment];
    if (current === "folders") {
      // At the end of a glob `**` is what is inside a folder, not the folder itself (gitignore, "Pattern format").
      if (segment === segments.length - 1) return true;
      retrySegment = segment++;
      retryName = name;
    } else if (current !== undefined && current(names[name] as string)) {
      segment++;
      name++;
    } else if (retrySegment >= 0) {
      segment = retrySegment + 1;
      name = ++retryName;
    } else {
      return false;
    }
  }
  return segment === segments.length;
}

function compileSegment(text: string): Segment {
  if (text === "**") return "folders";
  if (!/[*?[\\]/.test(text)) return (name) => name === text;
  if (/^\*[^*?[\\]+$/.test(text)) return (name) => name.endsWith(text.slice(1));
  const tokens = tokensOf(text);
  return (name) => matchesName(tokens, name);
}

/** As `matchesAll`, for the characters of one name. */
function matchesName(tokens: readonly Token[], name: string): boolean {
  let token = 0;
  let at = 0;
  let retryToken = -1;
  let retryAt = 0;
  while (at < name.length) {
    const current = tokens[token];
    if (current === "any") {
      retryToken = token++;
      retryAt = at;
    } else if (current !== undefined && current(name[at] as string)) {
      token++;
      at++;
    } else if (retryToken >= 0) {
      token = retryToken + 1;
      at = ++retryAt;
    } else {
      return false;
    }
  }
  while (tokens[token] === "any") token++;
  return token === tokens.length;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === "*") {
      if (tokens[tokens.length - 1] !== "any") tokens.push("any");
    } else if (character === "?") {
      tokens.push(() => true);
    } else if (character === "[") {
      const set = characterSet(text, i);
      tokens.push(set?.test ?? ((other) => other === "["));
      i = set?.last ?? i;
    } else {
      const literal = character === "\\" && i + 1 < text.length ? (text[++i] as string) : character;
      tokens.push((other) => other === literal);
    }
  }
  return tokens;
}

/** A set in brackets that opens at an index; null where it is not closed. */
function characterSet(text: string, open: number): { readonly test: (character: string) => boolean; readonly last: number } | null {
  let i = open + 1;
  const isNegated = text[i] === "!" || text[i] === "^";
  if (isNegated) i++;
  const tests: ((character: string) => boolean)[] = [];
  for (let isFirst = true; i < text.length; i++, isFirst = false) {
    if (text[i] === "]" && !isFirst) return { test: (character) => tests.some((test) => test(character)) !== isNegated, last: i };
    const named = /^\[:([a-z]+):\]/.exec(text.slice(i, i + 12));
    const kind = CLASSES[named?.[1] ?? ""];
    if (named !== null && kind !== undefined) {
      tests.push((character) => kind.test(character));
      i += named[0].length - 1;
      continue;
    }
    if (text[i] === "\\" && i + 1 < text.length) i++;
    const from = text[i] as string;
    if (text[i + 1] === "-" && i + 2 < text.length && text[i + 2] !== "]") {
      i += text[i + 2] === "\\" && i + 3 < text.length ? 3 : 2;
      const to = text[i] as string;
      tests.push((character) => character >= from && character <= to);
    } else {
      tests.push((character) => character === from);
    }
  }
  return null;
}

/** Every text that `{a,b}` stands for; a brace without comma or partner is a character like any other. */
function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const pending = [glob];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const group = firstGroup(next);
    if (group === null) done.push(next);
    else for (const choice of group.choices) pending.push(next.slice(0, group.start) + choice + next.slice(group.end));
    if (done.length + pending.length > MOST_ALTERNATIVES) return [glob];
  }
  return done;
}

/** The first innermost group, so that every step leaves fewer braces. */
function firstGroup(text: string): { readonly start: number; readonly end: number; readonly choices: readonly string[] } | null {
  let start = -1;
  let commas: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "{") {
      start = i;
      commas = [];
    } else if (text[i] === "," && start >= 0) commas.push(i);
    else if (text[i] === "}" && start >= 0) {
      if (commas.length > 0) {
        const cuts = [start, ...commas, i];
        return { start, end: i + 1, choices: cuts.slice(1).map((cut, index) => text.slice((cuts[index] as number) + 1, cut)) };
      }
      start = -1;
    }
  }
  return null;
}

interface ListedGlob {
  readonly test: (path: string) => boolean;
  readonly takesBack: boolean;
}

/** Globs of a configuration in their order: the last one that fits a path decides, `!` takes back. */
export class GlobList {
  readonly #globs: readonly ListedGlob[];

  constructor(globs: readonly string[]) {
    this.#globs = globs.map((glob) => {
      const takesBack = glob.startsWith("!");
      return { test: pathTest(takesBack ? glob.slice(1) : glob), takesBack };
    });
  }

  /** Whether a path (relative to where the globs count from) is meant; null where no glob says anything about it. */
  verdict(path: string): boolean | null {
    for (let i = this.#globs.length - 1; i >= 0; i--) {
      const glob = this.#globs[i] as ListedGlob;
      if (glob.test(path)) return !glob.takesBack;
    }
    return null;
  }
}

/** A glob without `/` is a name at any depth; one that names a folder stands for everything in it. */
function pathTest(glob: string): (path: string) => boolean {
  const trimmed = trimmedEnd(glob.replace(/^\.?\/+/, ""), "/");
  const whole = trimmed.includes("/") || trimmed === "" ? trimmed : `**/${trimmed}`;
  const last = trimmed.slice(trimmed.lastIndexOf("/") + 1);
  const tests = glob.endsWith("/") ? [] : [compileGlob(whole, true)];
  if (glob.endsWith("/") || !/[*?[{]/.test(last)) tests.push(compileGlob(trimmed === "" ? "**" : `${whole}/**`, true));
  return (path) => tests.some((test) => test(path));
}
