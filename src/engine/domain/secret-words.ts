/** Tells names that promise a secret and values that are one, so that `password = "hunter2"` is told from `passwordFile = "/run/x"`. */

import { trimmedEnd } from "./trim.ts";
import { HOLE } from "./hole.ts";

const LENGTH_MAX = 200;

/** `fooBar_baz-HTTPKey` → foo, bar, baz, http, key; numbers at the end do not count. */
function wordsOf(name: string): string[] {
  // Of a path such as `auth.jwt.secret` only the last part is the name.
  const words = (name.length > LENGTH_MAX ? "" : name)
    .slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("/"), name.lastIndexOf(":")) + 1)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const last = words.pop() ?? "";
  return [...words, trimmedEnd(last, "0123456789")].filter((word) => word !== "");
}

/** Compounds written as one word that end in "key"; others (`monkey`, `hotkey`) are no keys. */
const KEY_COMPOUND = /^(?:api|app|secret|private|access|master|encryption|encrypt|auth|admin|service|client|license|jwt|hmac|shared|preshared|session|cookie|deploy|storage|account|crypto|webui)key$/;

/** What no name lacks that `isSecretName` takes for one of a secret. */
const SECRET_WORD = /passw|passphrase|secret|token|credential|key/i;

/** What stands before "key" where the value is a name, a place, a button, or public by its nature. */
const PLAIN_KEYS = new Set(
  `public pub host primary foreign sort partition cache index hot map group order object unique config option registry lookup dict
  hash row column json yaml toml attr attribute label annotation tag metric log event query header param parameter field translation
  i18n message locale shortcut bind binding keyboard compose mod modifier leader prefix escape function fn enter arrow up down left
  right power trusted authorized known gpg pgp verify verification verifying site publishable anon vapid idempotency routing
  candidate any first last next prev parent child global with without no by of to per repeated attribution item entry path handler
  marker pause some etcd consul redis s3 certificate cert tls ssl ssh store`.split(/\s+/),
);

/** What stands before "key" where the value is a secret whatever it looks like; elsewhere it must look like one. */
const SECRET_KEYS = new Set(
  `api app application secret private priv access master encryption encrypt cipher crypt crypto aes signing sign auth authentication
  admin service client license licence jwt hmac shared preshared psk session cookie deploy storage account bot user webhook salt nonce
  db database root server openai anthropic age wireguard otp totp recovery unseal vault smtp bearer token`.split(/\s+/),
);

/** What stands before "token" where the token is one of a language model, a page, or a colour scheme. */
const PLAIN_TOKENS = new Set("eos bos pad unk unknown mask cls sep stop start end special max min num next page continuation per".split(" "));

/**
 * Whether a name (an option's last part, an environment variable, a key of a file) says that its value is a secret: it ends
 * in password, passwd, passphrase, secret, token, credential(s) or key, in any case and any way of joining words.
 *
 * Not: public and other plain keys (`public_key`, `primary_key`, a bare `key`), and what is hashed or encrypted already.
 */
export function isSecretName(name: string): boolean {
  if (name.length > LENGTH_MAX || !SECRET_WORD.test(name)) return false;
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (words.some((word) => ["hashed", "hash", "encrypted", "sealed", "bcrypt", "public", "pub"].includes(word))) return false;
  if (/(?:password|passwd|passphrase)$/.test(last)) return true;
  if (/secret$/.test(last)) return !["existing", "pull"].includes(before);
  if (/token$/.test(last)) return !PLAIN_TOKENS.has(before);
  if (/credentials?$/.test(last)) return !["load", "import"].includes(before);
  if (last !== "key") return KEY_COMPOUND.test(last);
  if (before === "") return false;
  // A git user's signing key is the number of a key, not the key.
  if (before === "signing" && (words.length === 2 || words.at(-3) === "user")) return false;
  return !PLAIN_KEYS.has(before);
}

/**
 * Whether a name with its literal value makes a secret: the name says so (`isSecretName`), the value is one
 * (not `isPlaceholder`), and it is more than the name over again (`oidcSecret = "oidcSecret"` names a thing elsewhere).
 *
 * A key of unknown use (`pauseKey`, `somethingKey`) must also look like a key: twelve characters or more, with a digit.
 *
 * @param value the whole value, with `HOLE` for what is not known
 */
export function holdsSecret(name: string, value: string): boolean {
  if (!isSecretName(name) || isPlaceholder(value)) return false;
  const words = wordsOf(name);
  if (words.length > 1 && wordsOf(value.trim()).join() === words.join()) return false;
  if (words.at(-1) !== "key" || SECRET_KEYS.has(words.at(-2) ?? "")) return true;
  return /^\S{12,}$/.test(value.trim()) && /[0-9]/.test(value);
}

/** Values that say in words that something else belongs here. */
const STAND_IN = [
  /^(?:true|false|yes|no|on|off|null|none|nil|undefined|default|auto|required|optional|enabled|disabled|empty|n\/a|[0-9]{1,2})$/i,
  /<[^<>]*>/,
  /change[-_ ]?(?:me|this|it)/i,
  /(?:^|[^a-z])your(?:[-_ ]|[a-z]{0,40}(?:key|token|password|secret|here)|$)/i,
  /(?:^|[^a-z])replace(?:[-_ ]|me|with|$)/i,
  /(?:^|[^a-z])(?:insert[-_ ]|(?:enter|put|fill|set|paste|add)[-_ ](?:me|in|your|here|this|a|the)(?:[^a-z]|$))/i,
  /(?:^|[^a-z])(?:example|placeholder|dummy|fake|redacted|censored|removed|todo|fixme|tbd|unset|unused|setme|here)(?:[^a-z]|$)/i,
  /(?:^|[^a-z])(?:not?|without)[-_ ]?(?:set|needed|required|used|key|token|password|secret)(?:[^a-z]|$)/i,
  /^(?:ollama|lm-?studio|vllm|local)$/i,
  // A length of time, an address, the name of the thing in words.
  /^[0-9]+ ?(?:s|m|h|d|w|y|(?:second|minute|hour|day|week|month|year)s?)$/i,
  /^[0-9a-f:]{0,30}::[0-9a-f:]{0,30}$/i, /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/,
  /^(?:[\w.]+\s+){1,3}(?:key|token|secret|password|passphrase|credentials?)$/i,
  /x{4}|\*{3}|\.{3}|…|•{3}|-{4}(?!-BEGIN)|_{4}/i,
  /^(.)\1*$/,
  // Prose.
  /^\S+(?:\s+\S+){4,}$/,
];

/** Values that point to where the secret is, or that a program fills in. */
const REFERENCE = [
  // Shell, Nix, Make, PHP, Grafana; also in the midst of a value.
  /\$[A-Za-z_{(]/, /^\$[0-9@*#?!-]/, /^`/,
  // printf, Python, Windows, systemd's credentials folder.
  /%[sdvqr](?![A-Za-z0-9])/, /%\([A-Za-z_]+\)s/, /^%[A-Za-z_]+(?:\([^()]*\))?%$/, /^%[a-zA-Z]\//,
  // Templates.
  /\{\{/, /^\{(?:[a-z]+:[^{}]*|[A-Za-z0-9_.]*)\}$/, /^@[A-Za-z0-9_.-]+@$/, /^__[A-Za-z0-9_]+__$/, /^!(?:secret|vault|env|file|[a-z]+\s)/i, /^ENC\[/, /#\{/,
  /^(?:os\.environ|os\.getenv|process\.env|env[:/[]|environ\/|file:|ext:|vault:|op:\/\/|ssm:|sops:|keyring:|credential:|secretref:|secrets?:\/\/)/i,
  // Names of environment variables.
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/, /^[A-Z]{2,20}$/,
  // Addresses without a password in them.
  /^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/i,
  // Files, and LoadCredential's `name:/path`.
  /^(?:\.{1,2}|~[\w-]*)\/[^\s=]*$/, /^(?:[\w.@-]+:)?\/(?:[\w@%.,:~-]+\/)*[\w@%.,:~-]*$/, /^[a-z0-9_.@-]+(?:\/[a-z0-9_.@-]+)+$/,
  /^[\w.-]+\.(?:pem|key|txt|json|ya?ml|env|age|gpg|crt|cer|pub|conf|ini|toml|p12|jks|cred)$/i,
];

/** Values that anyone may read: public keys, certificates, hashes, a locked password. */
const PUBLIC = [
  /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-|sk-ssh-|sk-ecdsa-|age1[a-z0-9]{50})/,
  /^-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}(?:PUBLIC KEY|CERTIFICATE)/,
  /^[\w.-]+-[0-9]+:[A-Za-z0-9+/]{43}=$/,
  /^\$(?:[0-9][abxy]?|y|gy|argon2[a-z]*|scrypt|pbkdf2[a-z0-9-]*|7)\$/, /^\{[A-Z0-9-]+\}/, /^SCRAM-SHA-256\$/, /^md5[0-9a-f]{32}$/, /^[!*]+$/,
];

/**
 * Whether a value is no secret itself: empty, a stand-in (`<…>`, `CHANGE_ME`, `your_…_here`, `example`, `***`), a reference
 * (`$X`, `os.environ/X`, `%s`, a path, the name of an environment variable), something public, or unknown (`HOLE`).
 */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().replace(/^(["'])(.*)\1$/s, "$2").trim();
  if (text === "" || text.includes(HOLE)) return true;
  if (PUBLIC.some((pattern) => pattern.test(text)) || STAND_IN.some((pattern) => pattern.test(text))) return true;
  return REFERENCE.some((pattern) => pattern.test(text)) && !looksRandom(text);
}

/** A Base64 text may start with `/` and look like a path of one part. */
function looksRandom(text: string): boolean {
  return /^\/?[A-Za-z0-9+/]{20,}$/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text) && !/^\/(?:etc|run|var|nix|home|root|srv|opt|usr|mnt|data|tmp)\//.test(text);
}

/** A line that sets a secret: the name, the value without quotes, and the value's place in UTF-16 units from 0. */
export interface SecretAssignment {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const ASSIGNMENT =
  /^[ \t]*(?:-[ \t]+)?(?:(?:export|readonly|local|declare|typeset|env|set|setenv)(?:[ \t]+-[A-Za-z]+)*[ \t]+|Environment[ \t]*=[ \t]*["']?)?(["']?)([A-Za-z_][A-Za-z0-9_.-]{0,127})\1([ \t]*)([=:])([ \t]*)/;
/** `podman run -e NAME=value`. */
const FLAG = /(?<=[ \t])(?:-e|--env)[ \t=]["']?([A-Za-z_][A-Za-z0-9_]{0,127})=/g;

/**
 * Finds the lines of a text (an environment file, a script, YAML, JSON, INI) that set a secret to a literal value:
 * `KEY=value`, `export KEY=value`, `KEY: value`, `"key": "value"`, `-e KEY=value`. Comments are passed over.
 *
 * @param text the text, with `HOLE` for what is not known
 */
export function secretAssignments(text: string): SecretAssignment[] {
  const found: SecretAssignment[] = [];
  if (!SECRET_WORD.test(text)) return found;
  for (let at = 0; at <= text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    readAssignments(text.slice(at, end), at, found);
    at = end + 1;
  }
  return found;
}

function readAssignments(line: string, offset: number, found: SecretAssignment[]): void {
  const add = (name: string, value: { text: string; start: number } | null): void => {
    if (value === null || !holdsSecret(name, value.text)) return;
    const start = offset + value.start;
    found.push({ name, value: value.text, start, end: start + value.text.length });
  };
  const match = ASSIGNMENT.exec(line);
  if (match !== null) {
    const [whole, , name = "", before = "", sign = "", behind = ""] = match;
    const isTight = sign === "=" && before === "" && behind === "";
    const isYaml = sign === ":" && (behind !== "" || /^["']/.test(line.slice(whole.length)));
    if (sign === "=" || isYaml) add(name, readValue(line, whole.length, isTight));
  }
  for (const flag of line.matchAll(FLAG)) add(flag[1] as string, readValue(line, flag.index + flag[0].length, true));
}

/**
 * Reads the value behind `=` or `:`.
 *
 * @param isTight whether no blank stands around the sign: a shell's word, where elsewhere the rest of the line is the value
 * @returns null where the value goes on in a way that makes it more than a literal (an expression, a comparison)
 */
function readValue(line: string, start: number, isTight: boolean): { text: string; start: number } | null {
  const quote = line[start];
  if (quote === '"' || quote === "'") {
    const close = line.indexOf(quote, start + 1);
    if (close < 0) return null;
    return /^(?:$|[\s;,)\]}&|"'#])/.test(line.slice(close + 1)) ? { text: line.slice(start + 1, close), start: start + 1 } : null;
  }
  if (/[=~>:<([{|&*!]/.test(line[start] ?? "")) return null;
  if (isTight) {
    const text = /^[^\s;&|<>()"'`\\]*/.exec(line.slice(start))?.[0] ?? "";
    // More of the word behind it, or a comma, is an expression; a closing quote alone is of the whole assignment.
    return text.endsWith(",") || /^(?:["'](?!$|[\s;\]])|[`(\\])/.test(line.slice(start + text.length)) ? null : { text, start };
  }
  const rest = line.slice(start);
  const comment = rest.search(/\s[#;]/);
  const text = (comment < 0 ? rest : rest.slice(0, comment)).trim().replace(/[,;]$/, "");
  // One word of letters is as likely a variable or a word of prose as a secret.
  const isCode = /[\s()[\]{}"'`]/.test(text) || /^[A-Za-z_.:-]*$/.test(text) || /^[a-z_][a-z0-9_-]*(?:\.[a-z_][a-z0-9_-]*)+$/.test(text);
  return isCode ? null : { text, start };
}
