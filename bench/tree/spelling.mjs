/** Writes definitions as different people write them: flat or nested, names quoted or bare, values in `let`, behind `with`, in `mkMerge`. */

/** How one author writes. */
export function styleFrom(random) {
  return {
    /** How likely a set is opened where a longer attribute path would do. */
    nesting: random.pick([0.05, 0.3, 0.6, 0.95]),
    quotes: random.pick([0, 0, 0, 0.1, 0.4]),
    usesLet: random.happens(0.5),
    usesWith: random.happens(0.2),
    /** All definitions in one tree of sets, rather than a group behind the other. */
    isWhole: random.happens(0.25),
    merges: random.happens(0.15),
    comments: random.pick([0.2, 0.6, 0.95]),
  };
}

const BARE = /^[A-Za-z_][A-Za-z0-9_'-]*$/;

/** Writes the body of a set. */
export class Writer {
  #random;
  #style;

  constructor(random, style) {
    this.#random = random;
    this.#style = style;
  }

  /**
   * Lines of bindings.
   * @param definitions each an attribute path (names) and an expression of Nix, its lines without indentation
   * @param least how deep a path is before a set may be opened
   */
  bindings(definitions, indent, least = 0) {
    const root = new Map();
    for (const [path, value] of definitions) {
      let node = root;
      for (const name of path.slice(0, -1)) {
        if (!node.has(name)) node.set(name, new Map());
        node = node.get(name);
      }
      node.set(path.at(-1), value);
    }
    return this.#lines(root, "", indent, least);
  }

  #lines(node, prefix, indent, least) {
    return [...node].flatMap(([name, value]) => {
      const path = prefix + this.#name(name);
      if (typeof value === "string") return [`${indent}${path} = ${value.replaceAll("\n", `\n${indent}`)};`];
      if (least > 0 || !this.#random.happens(this.#style.nesting)) return this.#lines(value, `${path}.`, indent, least - 1);
      return [`${indent}${path} = {`, ...this.#lines(value, "", `${indent}  `, 0), `${indent}};`];
    });
  }

  #name(name) {
    return !BARE.test(name) || this.#random.happens(this.#style.quotes) ? `"${name}"` : name;
  }
}
