/** Convention: no secret stands in the text of a module. */
import { holdsSecret, isPlaceholder } from "../../engine/domain/secret-words.ts";
import type { At, Configuration, Script } from "../../engine/model/index.ts";
import { whole } from "../../engine/model/script/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { type Leaf, writtenLeavesOf } from "../vocabulary/leaves.ts";
import { type WrittenSecret, secretsInFile, secretsInText } from "../vocabulary/literal-secrets.ts";
import { firstLine } from "../vocabulary/places.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";

/** Last names of options that name the file of a secret. */
const FILE = /(?:password|pass|token|secret|key|credentials)file$/i;
const PUBLIC = /(?:public|pub|trusted|authorized|verify)[-_]?keyfile$/i;

export default defineRule({
  id: "secrets-literal",
  theme: "secrets",
  severity: "error",
  fix: null,
  security: 8.2,
  marksSecrets: true,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Write no secret into a module",
    convention: "No literal secret stands in Nix text: no option, environment entry or `KEY=value` line whose name ends in a secret word has a real value, and there are no private keys or tokens of a known form. Empty values, placeholders such as `<…>` and `CHANGE_ME`, paths and names of environment variables are no secrets.",
    handbook: "Key Conventions: “Secrets in /etc/secrets/”; security review list: secrets are never hardcoded",
    why: "A module is in git, and what it says is in the Nix store, which every user of the machine can read. A key that was ever committed must be taken for known.",
    bad: [
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.web.environment = {\n    DB_PASSWORD = ⟦"hunter2-hunter2"⟧;\n    LOG_LEVEL = "info";\n  };\n  environment.etc."secrets/web.env".text = \'\'\n    API_TOKEN=⟦b7c1f09d4e6a⟧\n  \'\';\n}\n',
        says: [
          "`DB_PASSWORD` has a literal secret, which is readable in git and in the Nix store: generate it on the machine and read it from a file in `/etc/secrets`",
          "`API_TOKEN` has a literal secret, which is readable in git and in the Nix store: generate it on the machine and read it from a file in `/etc/secrets`",
        ],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.web = {\n    environment.DB_PASSWORD_FILE = "/etc/secrets/web-db";\n    environmentFiles = [ "/etc/secrets/web.env" ];\n  };\n  environment.etc."secrets/web-template.env".text = "API_TOKEN=CHANGE_ME";\n}\n',
      },
    ],
  },
  messages: {
    value: "{name} has a literal secret, which is readable in git and in the Nix store: generate it on the machine and read it from a file in `/etc/secrets`",
    token: "This is {kind}, which is readable in git and in the Nix store: take it out, replace the key, and read it from a file in `/etc/secrets`",
  },
  *check({ config, scripts }) {
    const found = new Map<string, Found>();
    const add = (secret: Found): void => {
      const id = idOf(secret.at);
      if (!found.has(id)) found.set(id, secret);
    };
    for (const leaf of writtenLeavesOf(config)) for (const secret of secretsOf(leaf)) add(secret);
    for (const script of scripts) for (const secret of secretsOfCommands(script)) add(secret);
    // What a name is bound to is told where the name is used, if that is known.
    const origins = [...found.values()].flatMap(({ origin }) => origin ?? []);
    for (const secret of writtenIn(config)) if (!origins.some((origin) => isWithin(origin, secret.at))) add({ ...secret, origin: null });
    for (const secret of found.values()) {
      const { name, kind, at, origin } = secret;
      if (isInsideAnother(secret, found)) continue;
      const related = origin === null ? [] : [{ at: origin, message: "the secret is written here" }];
      if (name !== null) yield { message: "value", at: firstLine(at), data: { name: code(inMessage(name)) }, related };
      else yield { message: "token", at: firstLine(at), data: { kind: withArticle(kind ?? "key") }, related };
    }
  },
});

interface Found extends WrittenSecret {
  /** Where it is written, if that is elsewhere than the place at which it is used. */
  readonly origin: At | null;
}

function idOf({ file, start, end }: At): string {
  return `${file.path}\0${start}\0${end}`;
}

function isWithin(inner: At, outer: At): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}

function withArticle(kind: string): string {
  return `${/^[aeio]|^(?:xAI|npm)/i.test(kind) ? "an" : "a"} ${kind}`;
}

function writtenIn(config: Configuration): readonly WrittenSecret[] {
  return [...new Set(config.modules.map(({ file }) => file))].flatMap(secretsInFile);
}

/** The secrets in a string that an option has. */
function secretsOf({ path, text, isWhole, call }: Leaf): Found[] {
  const name = path[path.length - 1] ?? "";
  const end = text.text.length;
  const isNamed = isWhole && holdsSecret(name, text.text);
  // `passwordFile = pkgs.writeText "x" "…"`: a file in the store.
  const isFile = call?.index === 1 && (call.name === "writeText" || call.name === "toFile") && FILE.test(name) && !PUBLIC.test(name) && !isPlaceholder(text.text);
  if (isNamed || isFile) return text.at === null ? [] : [{ name, kind: null, at: text.at, origin: text.origin(0, end) }];
  return secretsInText(text.text).flatMap((secret) => {
    const at = text.place(secret.start, secret.end);
    return at === null ? [] : [{ name: secret.name, kind: secret.kind, at, origin: text.origin(secret.start, secret.end) }];
  });
}

/** The secrets that commands are given: what `echo` writes, and variables in front of a command. */
function secretsOfCommands(script: Script): Found[] {
  return secretsGiven(script.facts, script.text).flatMap(({ name, start, end }) => {
    const at = script.at({ start, end });
    return at === null ? [] : [{ name, kind: null, at, origin: null }];
  });
}

/** The same in terms of the script. */
const secretsGiven = onceFor(({ commands }: Script["facts"], script: string) => {
  const found: { readonly name: string; readonly start: number; readonly end: number }[] = [];
  const add = (name: string, value: string, from: number, to: number): void => {
    const index = script.slice(from, to).indexOf(value);
    if (index >= 0) found.push({ name, start: from + index, end: from + index + value.length });
  };
  for (const { name, args, argsAt, environment, start, end, nameAt } of commands) {
    if (name === "echo" || name === "printf") {
      for (const [index, arg] of args.entries()) {
        const span = argsAt[index];
        const text = whole(arg);
        if (text === null || span === undefined) continue;
        for (const secret of secretsInText(text)) if (secret.name !== null) add(secret.name, text.slice(secret.start, secret.end), span.start, span.end);
      }
    }
    for (const [variable, value] of environment) {
      const text = whole(value);
      if (text !== null && holdsSecret(variable, text)) add(variable, text, start, Math.min(end, nameAt.start));
    }
  }
  return found;
});

/** Whether another finding covers the place: a token that is the value of a name is told once. */
function isInsideAnother(secret: Found, found: ReadonlyMap<string, Found>): boolean {
  for (const other of found.values()) {
    if (other !== secret && isWithin(secret.at, other.at)) return true;
  }
  return false;
}
