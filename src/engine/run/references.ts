/** Finds the files that a file's expressions name: what it imports, calls as a package or reads. */
import { type SourceFile, folderOf, join } from "../model/index.ts";
import { type Expr, type PathExpr, type Span, childrenOf } from "../syntax/index.ts";

/** A relative path that evaluation would follow. */
export interface Reference extends Span {
  readonly kind: "import" | "callPackage" | "readFile";
  /** Relative to the root, normalised; may lead out of it with `..`. */
  readonly path: string;
  /** As written. */
  readonly text: string;
  /** It stands under an `if` that asks whether the path exists. */
  readonly isGuarded: boolean;
}

const CALLS: Readonly<Record<string, Reference["kind"]>> = {
  import: "import",
  scopedImport: "import",
  callPackage: "callPackage",
  callPackages: "callPackage",
  readFile: "readFile",
  importJSON: "readFile",
  importTOML: "readFile",
};

/** The references of a file, in the order in which they stand. `imports` lists are not among them. */
export function referencesOf(file: SourceFile): Reference[] {
  const found: Reference[] = [];
  const stack: { expr: Expr; guards: readonly string[] }[] = [{ expr: file.syntax.root, guards: [] }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { expr, guards } = next;
    if (expr.kind === "apply") {
      const kind = CALLS[nameOf(expr.fn)];
      const text = expr.arg.kind === "path" ? literal(expr.arg) : null;
      if (kind !== undefined && text !== null && text.startsWith(".")) {
        const path = join(folderOf(file.path), text);
        found.push({ kind, path, text, start: expr.arg.start, end: expr.arg.end, isGuarded: guards.includes(path) });
      }
    }
    const asked = expr.kind === "if" ? guardedBy(expr.condition, file) : [];
    for (const child of childrenOf(expr)) stack.push({ expr: child, guards: asked.length > 0 && expr.kind === "if" && child !== expr.condition ? [...guards, ...asked] : guards });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The last name of a function: `readFile` of `builtins.readFile`. */
function nameOf(fn: Expr): string {
  if (fn.kind === "var") return fn.name;
  if (fn.kind === "select") return fn.path[fn.path.length - 1]?.name ?? "";
  return "";
}

function literal(path: PathExpr): string | null {
  const [part] = path.parts;
  return path.parts.length === 1 && part !== undefined && "text" in part ? part.text : null;
}

/** The paths whose existence a condition asks for. */
function guardedBy(condition: Expr, file: SourceFile): string[] {
  const found: string[] = [];
  const stack: Expr[] = [condition];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (expr.kind === "apply" && nameOf(expr.fn) === "pathExists" && expr.arg.kind === "path") {
      const text = literal(expr.arg);
      if (text !== null) found.push(join(folderOf(file.path), text));
    }
    stack.push(...childrenOf(expr));
  }
  return found;
}
