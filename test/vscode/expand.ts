/** Expands a snippet as an editor does when its user takes every default. */

/** What an editor knows when it inserts. */
export interface Circumstances {
  /** The variables that there are, by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** What is typed instead of a tab stop's default, by its number. */
  readonly typed?: Readonly<Record<string, string>>;
}

/**
 * The text of a snippet (VS Code's documentation, "Snippet syntax"): tab stops with and without defaults, choices, variables
 * and escapes; not transformations, of which there are none here.
 * @throws Error for what it does not know
 */
export function expand(body: readonly string[], { variables, typed = {} }: Circumstances): string {
  const text = body.join("\n");
  const values = new Map(Object.entries(typed));
  let at = 0;

  function piece(closing: string): string {
    let out = "";
    while (at < text.length && !(closing !== "" && text.startsWith(closing, at))) {
      const char = text[at] as string;
      if (char === "\\" && /[\\$}]/.test(text[at + 1] ?? "")) {
        out += text[at + 1];
        at += 2;
      } else if (char === "$") out += hole();
      else {
        out += char;
        at++;
      }
    }
    at += closing.length;
    return out;
  }

  function hole(): string {
    const [whole, brace = "", name = ""] = /^\$(\{?)(\w+)/.exec(text.slice(at)) ?? [];
    if (whole === undefined) throw new Error(`A dollar sign that stands for nothing must be escaped: ${text.slice(at, at + 20)}`);
    at += whole.length;
    let own: string | null = null;
    if (brace !== "") {
      const next = text[at++];
      if (next === ":") own = piece("}");
      else if (next === "|") {
        const end = text.indexOf("|}", at);
        own = text.slice(at, end).split(",")[0] as string;
        at = end + 2;
      } else if (next !== "}") throw new Error(`Not known: ${whole}${next}`);
    }
    if (!/^\d+$/.test(name)) {
      if (!(name in variables) && own === null) throw new Error(`There is no variable ${name}`);
      return variables[name] ?? (own as string);
    }
    const value = values.get(name) ?? own ?? "";
    // The first default holds for all places of the same number.
    if (own !== null || typed[name] !== undefined) values.set(name, value);
    return value;
  }

  return piece("");
}
