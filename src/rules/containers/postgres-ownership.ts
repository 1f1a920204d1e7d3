/** Convention: every user of PostgreSQL owns the database of its name. */
import { type At, type Attr, type Item, type Value, parsePath, textOf } from "../../engine/model/index.ts";
import { type Fix, MODULES, type MakeFix, type Withheld, defineRule, enclosing, indentAt, isFirstOnLine, isSoleUse } from "../../engine/run/index.ts";
import { allOf, fixOf, growList, rewriteValue } from "../vocabulary/fixes.ts";
import { hasAll } from "../vocabulary/options.ts";
import { code, enumerate, quoted } from "../vocabulary/show.ts";
import { sureDefinitions } from "../vocabulary/text.ts";
import { isSurelyOff } from "../vocabulary/units.ts";

const USERS = "services.postgresql.ensureUsers";
const DATABASES = "services.postgresql.ensureDatabases";

export default defineRule({
  id: "postgres-ownership",
  theme: "containers",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Let PostgreSQL users own their databases",
    convention: "Each of `services.postgresql.ensureUsers` has `ensureDBOwnership = true` and a database of its name in `ensureDatabases`.",
    handbook: "Service Patterns, “PostgreSQL”: `ensureUsers = [{ name = \"<user>\"; ensureDBOwnership = true; }];`",
    why: "Since PostgreSQL 15 only the owner of a database may create tables in its `public` schema: the service starts and fails at its first migration. An owner without a database of its name does not evaluate.",
    bad: [
      {
        code: '{ ... }:\n{\n  services.postgresql = {\n    ensureDatabases = [ "wiki" ];\n    ensureUsers = [ { name = ⟦"wiki"⟧; } ];\n  };\n}\n',
        says: ["The PostgreSQL user `wiki` does not own its database: write `ensureDBOwnership = true;`"],
      },
      {
        code: '{ ... }:\n{\n  services.postgresql.ensureUsers = [\n    { name = ⟦"wiki"⟧; ensureDBOwnership = true; }\n  ];\n}\n',
        says: ['The PostgreSQL user `wiki` does not own its database: add `"wiki"` to `services.postgresql.ensureDatabases`'],
      },
    ],
    good: [
      { code: '{ ... }:\n{\n  services.postgresql = {\n    ensureDatabases = [ "wiki" ];\n    ensureUsers = [ { name = "wiki"; ensureDBOwnership = true; } ];\n  };\n}\n' },
    ],
  },
  messages: {
    unowned: "The PostgreSQL user {user} does not own its database: {what}",
  },
  *check({ config }) {
    if (isSurelyOff(config.option("services.postgresql.enable"))) return;
    const databases = config.option(DATABASES);
    for (const item of sureDefinitions(config.option(USERS)).flatMap(({ value }) => (value.t === "list" ? value.items : []))) {
      const user = readUser(item);
      if (user === null) continue;
      const { name, at, ownership } = user;
      const lacksDatabase = databases.state === "undefined" || (databases.value !== null && hasAll([name]).test(databases.value) === false);
      const what = enumerate([
        ...(ownership.isOwner === false ? [`write ${code("ensureDBOwnership = true;")}`] : []),
        ...(lacksDatabase ? [`add ${code(quoted(name))} to ${code(DATABASES)}`] : []),
      ]);
      const data = { user: code(name), what };
      const database = growList(config, parsePath(DATABASES), [quoted(name)]);
      const fix: MakeFix = (place) => allOf(`Let ${code(name)} own its database`, ...(ownership.isOwner === false ? [own(user)] : []), ...(lacksDatabase ? [database(place)] : []));
      if (ownership.isOwner === false) yield { message: "unowned", at: ownership.at ?? at, data, fix };
      else if (lacksDatabase) yield { message: "unowned", missing: `${DATABASES} ${name}`, near: at, data, fix };
    }
  },
});

interface User {
  readonly name: string;
  readonly at: At;
  /** Null where it cannot be known; `at` where it is written. */
  readonly ownership: { readonly isOwner: boolean | null; readonly at: At | null; readonly value: Value | null };
}

/** Writes that a user owns its database: `false` becomes `true`, or the line stands behind the name. */
function own({ at, ownership }: User): Fix | Withheld | null {
  if (ownership.at !== null && ownership.value !== null) return rewriteValue(ownership.at, ownership.value, "true");
  const set = enclosing(at.file.syntax.root, at).findLast((expr) => expr.kind === "attrs");
  const last = set?.kind === "attrs" && !set.broken ? set.bindings.at(-1) : undefined;
  if (set === undefined || last === undefined || !isSoleUse(at)) return null;
  const { text } = at.file.syntax.source;
  const between = isFirstOnLine(text, last.start) ? `\n${indentAt(text, last.start)}` : " ";
  return fixOf("Write `ensureDBOwnership = true;`", { do: "replace", at: { file: at.file, start: last.end, end: last.end }, text: `${between}ensureDBOwnership = true;` });
}

/** An element of the list; null where it cannot be read. */
function readUser(item: Item): User | null {
  const value = item.maybe ? null : item.thunk.force();
  if (value?.t !== "attrs") return null;
  const named = value.attrs.get("name");
  const written = plain(named);
  const name = written === null ? null : textOf(written);
  const [whole, inner] = [item.thunk.at, named?.thunk.at ?? null];
  // An element has no name to mark but the one it gives; an element that a function makes has only its place in the list.
  const at = whole === null || (inner !== null && inner.file === whole.file && inner.start >= whole.start && inner.end <= whole.end) ? inner : whole;
  if (name === null || at === null) return null;
  const attr = value.attrs.get("ensureDBOwnership");
  if (attr === undefined) return { name, at, ownership: { isOwner: value.open === null ? false : null, at: null, value: null } };
  const owned = plain(attr);
  return { name, at, ownership: { isOwner: owned?.t === "bool" ? owned.v : null, at: owned?.t === "bool" ? (attr.thunk.at ?? owned.at) : null, value: owned } };
}

/** The value of an attribute without the wrapper of a priority; null where it is there only under a condition. */
function plain(attr: Attr | undefined): Value | null {
  const value = attr === undefined || attr.conditions.length > 0 ? null : attr.thunk.force();
  return value?.t === "wrap" && value.kind === "override" ? value.content.force() : value;
}
