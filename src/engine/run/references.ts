/** Finds the files that a file's expressions name: what it imports, calls as a package or reads. */
import { type SourceFile, join } from "../model/index.ts";
import { type AttrName, type Binding, type Expr, type Inherit, type PathExpr, type Span, childrenOf, onceFor, walk } from "../syntax/index.ts";

/** A relative path that evaluation would follow. The span is the path's, also where it was given a name first. */
export interface Reference extends Span {
  readonly kind: "import" | "callPackage" | "readFile";
  /** Relative to the root, normalised; may lead out of it with `..`. */
  readonly path: string;
  /** As written. */
  readonly text: string;
  /** It is followed only where `pathExists` has found it. */
  readonly isGuarded: boolean;
}

const CALLS: ReadonlyMap<string, Reference["kind"]> = new Map([
  ["import", "import"],
  ["callPackage", "callPackage"],
  ["callPackages", "callPackage"],
  ["readFile", "readFile"],
  ["fileContents", "readFile"],
  ["importJSON", "readFile"],
  ["importTOML", "readFile"],
]);

/** Functions whose second argument counts only where the first one holds (nixpkgs, `lib`). */
const CONDITIONAL = new Set(["optional", "optionals", "optionalString", "optionalAttrs", "mkIf"]);

/** Names that are bound to expressions of the file; null for one that is bound to something else. */
interface Scope {
  readonly names: Map<string, Expr | null>;
  readonly parent: Scope | null;
}

interface Visit {
  readonly expr: Expr;
  readonly scope: Scope | null;
  /** Paths that are known to exist where the expression is evaluated. */
  readonly guards: readonly string[];
  /** It has a name, so that whoever uses the name decides when it is evaluated. */
  readonly isNamed: boolean;
}

/** The references of a file, in the order in which they stand. `imports` lists are not among them. */
export function referencesOf(file: SourceFile): readonly Reference[] {
  return search(file).references;
}

/** The paths of which a file asks with `pathExists` whether they exist, relative to the root and normalised. */
export function pathsAskedFor(file: SourceFile): ReadonlySet<string> {
  return search(file).asked;
}

interface Found {
  readonly references: readonly Reference[];
  readonly asked: ReadonlySet<string>;
}

const NOTHING_FOUND: Found = { references: [], asked: new Set() };

// Most files call nothing of the kind; looking for such a call is cheap, following all names is not.
const search = onceFor((file: SourceFile): Found => (walk(file.syntax.root).some((expr) => expr.kind === "apply" && isCall(nameOf(expr.fn))) ? new Search(file).run() : NOTHING_FOUND));

function isCall(name: string): boolean {
  return CALLS.has(name) || name === "pathExists";
}

class Search {
  readonly #folder: string;
  readonly #root: Expr;
  readonly #found: (Reference & { readonly isNamed: boolean })[] = [];
  /** Every path that the file asks for. */
  readonly #asked = new Set<string>();

  constructor(file: SourceFile) {
    this.#folder = file.folder;
    this.#root = file.syntax.root;
  }

  run(): Found {
    const stack: Visit[] = [{ expr: this.#root, scope: null, guards: [], isNamed: false }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      this.#collect(next);
      stack.push(...this.#inside(next));
    }
    const references = this.#found
      .map(({ isNamed, isGuarded, ...reference }) => ({ ...reference, isGuarded: isGuarded || (isNamed && this.#asked.has(reference.path)) }))
      .sort((a, b) => a.start - b.start || a.end - b.end);
    return { references, asked: this.#asked };
  }

  #collect({ expr, scope, guards, isNamed }: Visit): void {
    if (expr.kind !== "apply") return;
    const name = nameOf(expr.fn);
    const kind = CALLS.get(name);
    if (kind === undefined && name !== "pathExists") return;
    const path = pathOf(expr.arg, scope);
    if (path === null) return;
    const target = join(this.#folder, path.text);
    if (kind === undefined) this.#asked.add(target);
    else this.#found.push({ kind, path: target, text: path.text, start: path.start, end: path.end, isGuarded: guards.includes(target), isNamed });
  }

  /** What is inside an expression, each with what is known there. */
  #inside({ expr, scope, guards, isNamed }: Visit): Visit[] {
    const visit = (inner: Expr, more: readonly string[] = [], at = scope): Visit => ({ expr: inner, scope: at, guards: more.length === 0 ? guards : [...guards, ...more], isNamed });
    switch (expr.kind) {
      case "if": {
        const { holds, fails } = this.#exist(expr.condition, scope);
        return [visit(expr.condition), visit(expr.then, holds), visit(expr.otherwise, fails)];
      }
      case "binary": {
        const { holds, fails } = expr.operator === "&&" || expr.operator === "||" || expr.operator === "->" ? this.#exist(expr.left, scope) : NOTHING;
        return [visit(expr.left), visit(expr.right, expr.operator === "||" ? fails : holds)];
      }
      case "apply": {
        const isConditional = expr.fn.kind === "apply" && CONDITIONAL.has(nameOf(expr.fn.fn));
        return [visit(expr.fn), visit(expr.arg, isConditional ? this.#exist(expr.fn.arg, scope).holds : [])];
      }
      case "let": {
        const inner = scopeOf(expr.bindings, scope);
        return [...ofBindings(expr.bindings).map((value) => ({ ...visit(value, [], inner), isNamed: true })), visit(expr.body, [], inner)];
      }
      case "attrs": {
        const inner = expr.recursive ? scopeOf(expr.bindings, scope) : scope;
        return ofBindings(expr.bindings).map((value) => visit(value, [], inner));
      }
      case "lambda": {
        const names = [...(expr.param === null ? [] : [expr.param]), ...(expr.formals?.list.map(({ name }) => name) ?? [])];
        const inner = { names: new Map(names.map((name) => [name, null])), parent: scope };
        return childrenOf(expr).map((child) => visit(child, [], inner));
      }
      default:
        return childrenOf(expr).map((child) => visit(child));
    }
  }

  /** Which paths certainly exist where a condition holds, and where it does not. */
  #exist(condition: Expr, scope: Scope | null, depth = 0): Exist {
    if (depth > MAX_DEPTH) return NOTHING;
    switch (condition.kind) {
      case "apply": {
        const path = nameOf(condition.fn) === "pathExists" ? pathOf(condition.arg, scope) : null;
        return path === null ? NOTHING : { holds: [join(this.#folder, path.text)], fails: [] };
      }
      case "unary": {
        const { holds, fails } = this.#exist(condition.arg, scope, depth + 1);
        return { holds: fails, fails: holds };
      }
      case "binary": {
        const left = this.#exist(condition.left, scope, depth + 1);
        const right = this.#exist(condition.right, scope, depth + 1);
        if (condition.operator === "&&") return { holds: [...left.holds, ...right.holds], fails: [] };
        return condition.operator === "||" ? { holds: [], fails: [...left.fails, ...right.fails] } : NOTHING;
      }
      case "var": {
        const bound = lookup(condition.name, scope);
        return bound === null ? NOTHING : this.#exist(bound.expr, bound.scope, depth + NAME_DEPTH);
      }
      default:
        return NOTHING;
    }
  }
}

interface Exist {
  readonly holds: readonly string[];
  readonly fails: readonly string[];
}

const NOTHING: Exist = { holds: [], fails: [] };
const MAX_DEPTH = 20;
/** Names may be used many times over, so that a few of them in a row are all that is looked through. */
const NAME_DEPTH = 6;

/** The last name of a function: `readFile` of `builtins.readFile`. */
function nameOf(fn: Expr): string {
  if (fn.kind === "var") return fn.name;
  if (fn.kind === "select") return fn.path[fn.path.length - 1]?.name ?? "";
  return "";
}

/** The relative path that an expression is, written there or bound to the name that stands there. */
function pathOf(expr: Expr, scope: Scope | null): (Span & { readonly text: string }) | null {
  let at: { readonly expr: Expr; readonly scope: Scope | null } | null = { expr, scope };
  for (let depth = 0; at !== null && at.expr.kind === "var" && depth < MAX_DEPTH; depth++) at = lookup(at.expr.name, at.scope);
  const text = at !== null && at.expr.kind === "path" ? literal(at.expr) : null;
  return text === null || at === null || /^[/~]/.test(text) ? null : { text, start: at.expr.start, end: at.expr.end };
}

function literal(path: PathExpr): string | null {
  const [part] = path.parts;
  return path.parts.length === 1 && part !== undefined && "text" in part ? part.text : null;
}

/** What a name is bound to, with the scope in which that is read; null where it is not an expression of the file. */
function lookup(name: string, scope: Scope | null): { readonly expr: Expr; readonly scope: Scope } | null {
  for (let at = scope; at !== null; at = at.parent) {
    const expr = at.names.get(name);
    if (expr !== undefined) return expr === null ? null : { expr, scope: at };
  }
  return null;
}

function scopeOf(bindings: readonly (Binding | Inherit)[], parent: Scope | null): Scope {
  const names = new Map<string, Expr | null>();
  for (const binding of bindings) {
    const [first]: readonly (AttrName | undefined)[] = binding.kind === "binding" ? binding.path : [];
    if (binding.kind === "binding") {
      if (first?.name != null) names.set(first.name, binding.path.length === 1 ? binding.value : null);
      continue;
    }
    // What is inherited as it is keeps its meaning from outside.
    for (const { name } of binding.names) if (name !== null && binding.from !== null) names.set(name, null);
  }
  return { names, parent };
}

function ofBindings(bindings: readonly (Binding | Inherit)[]): Expr[] {
  return bindings.flatMap((binding) => {
    const names = binding.kind === "binding" ? binding.path : binding.names;
    const values = binding.kind === "binding" ? [binding.value] : binding.from === null ? [] : [binding.from];
    return [...names.flatMap(({ expr }) => (expr === null ? [] : [expr])), ...values];
  });
}
