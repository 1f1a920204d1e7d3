/** Convention: no attribute is defined twice in one set. */
import { type SourceFile, at, showPath } from "../../engine/model/index.ts";
import { ALL_ROLES, defineRule } from "../../engine/run/index.ts";
import { type AttrName, type AttrsExpr, type Expr, type LetExpr, type Span, walk } from "../../engine/syntax/index.ts";
import { code } from "../vocabulary/show.ts";

export default defineRule({
  id: "duplicate-attribute",
  theme: "structure",
  severity: "error",
  fix: null,
  scope: "file",
  roles: ALL_ROLES,
  docs: {
    title: "Define each attribute once",
    convention:
      "No attribute is defined twice in one attribute set or `let`. `a.b` beside `a.c` is fine, and so are literal sets that add to each other (`a = { … }; a.x = …;`): Nix merges them.",
    handbook: "Role & Purpose: “Creates and maintains all NixOS configurations”, which Nix has to read",
    why: "Nix refuses the whole file (“attribute already defined”), so the machine cannot be rebuilt. Until then one of the two definitions is what somebody believes to be in force.",
    bad: [
      {
        code: "{ ... }:\n{\n  networking.firewall.enable = true;\n  ⟦networking.firewall.enable⟧ = false;\n}\n",
        says: ["`networking.firewall.enable` is already defined in this set, in line 3: keep one of the two"],
      },
      {
        code: "let\n  versions.web = \"1.27\";\n  inherit (import ./versions.nix) ⟦versions⟧;\nin\nversions\n",
        says: ["`versions` is already defined in this `let`, in line 2: keep one of the two"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  networking.firewall = {\n    enable = true;\n  };\n  networking.firewall.allowedTCPPorts = [ 22 ];\n}\n" }],
  },
  messages: { twice: "{name} is already defined in this {kind}, in {place}: keep one of the two" },
  *check({ file }) {
    // With a brace missing somewhere, two sets look like one.
    if (file.syntax.errors.length > 0) return;
    for (const { name, kind, first, second } of duplicatesIn(file)) {
      const { line } = file.syntax.source.position(first.start);
      yield { message: "twice", at: at(file, second), data: { name: code(name), kind, place: `line ${line}` }, related: [{ at: at(file, first), message: "It is defined here first" }] };
    }
  },
});

interface Duplicate {
  readonly name: string;
  readonly kind: "set" | "`let`";
  readonly first: Span;
  readonly second: Span;
}

/** What a set holds under one name: where it is written, and what a literal set there holds in turn. */
interface Entry {
  readonly at: Span;
  readonly inside: Entries | null;
}

type Entries = Map<string, Entry>;

/** Follows Nix's parser (`parser.y`, `addAttr` and `binds`), which builds a set before it becomes part of another. */
function duplicatesIn(file: SourceFile): Duplicate[] {
  const found: Duplicate[] = [];
  const built = new Map<Expr, Entries>();
  const sets = [...walk(file.syntax.root)].filter((expr): expr is AttrsExpr | LetExpr => expr.kind === "attrs" || expr.kind === "let");
  // A set stands before what is inside it, so the last ones are the innermost.
  for (const set of sets.reverse()) {
    const entries: Entries = new Map();
    built.set(set, entries);
    const kind = set.kind === "let" ? "`let`" : "set";
    const refuse = (path: readonly AttrName[], first: Span, second: Span): void => {
      found.push({ name: showPath(path.map(({ name }) => name ?? "…")), kind, first, second });
    };
    for (const binding of set.bindings) {
      if (binding.kind === "binding") add(entries, binding.path, binding.value, built, refuse);
      else for (const name of binding.names) add(entries, [name], null, built, refuse);
    }
  }
  return found;
}

/** Adds one definition; `value` is null for an inherited one. What is refused is left out. */
function add(set: Entries, path: readonly AttrName[], value: Expr | null, built: ReadonlyMap<Expr, Entries>, refuse: (path: readonly AttrName[], first: Span, second: Span) => void): void {
  let entries = set;
  const start = path[0]?.start ?? 0;
  for (const [index, { name, end }] of path.entries()) {
    const own = { start, end };
    const isLast = index === path.length - 1;
    const inside = !isLast ? new Map<string, Entry>() : value?.kind === "attrs" ? (built.get(value) ?? null) : null;
    const old = name === null ? undefined : entries.get(name);
    if (old === undefined) {
      // A computed name is compared when it is known, in evaluation.
      if (name !== null) entries.set(name, { at: own, inside });
      if (inside !== null) entries = inside;
      continue;
    }
    if (old.inside === null || inside === null) return refuse(path.slice(0, index + 1), old.at, own);
    if (!isLast) {
      entries = old.inside;
      continue;
    }
    // Two literal sets: Nix moves the names of the second into the first, without looking deeper.
    for (const [inner, entry] of inside) {
      const twin = old.inside.get(inner);
      if (twin === undefined) old.inside.set(inner, entry);
      else refuse([...path, { ...entry.at, name: inner, expr: null }], twin.at, entry.at);
    }
  }
}
