/** The names that an expression can see. */
import type { SourceFile } from "./at.ts";
import type { Thunk } from "./thunk.ts";

/** A chain of scopes. Names bound by `let`, `rec` and functions win over those of `with` (Nix manual, "With-expressions"). */
export class Env {
  readonly file: SourceFile;
  readonly parent: Env | null;
  readonly vars: ReadonlyMap<string, Thunk> | null;
  /** The set of a `with`, for a scope that is one. */
  readonly scope: Thunk | null;

  constructor(file: SourceFile, parent: Env | null, vars: ReadonlyMap<string, Thunk> | null, scope: Thunk | null = null) {
    this.file = file;
    this.parent = parent;
    this.vars = vars;
    this.scope = scope;
  }

  /** The binding of a name that is not from a `with`. */
  lookup(name: string): Thunk | null {
    for (let env: Env | null = this; env !== null; env = env.parent) {
      const thunk = env.vars?.get(name);
      if (thunk !== undefined) return thunk;
    }
    return null;
  }

  /** The sets of the `with`s around, innermost first. */
  *scopes(): Generator<Thunk> {
    for (let env: Env | null = this; env !== null; env = env.parent) if (env.scope !== null) yield env.scope;
  }
}
