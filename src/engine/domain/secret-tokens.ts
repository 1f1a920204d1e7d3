/** Recognises keys and tokens whose makers gave them a form of their own, wherever they stand in a text. */

/** A key or token found in a text, in UTF-16 units from 0, end exclusive. */
export interface KnownToken {
  /** What it is, for messages: `GitHub token`, `private key`. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/**
 * One form: a fixed head, and behind it the characters that make up the rest. The forms are facts that the makers publish
 * (GitHub "token formats", GitLab "token overview", AWS "IAM identifiers", Slack "token types", Stripe "API keys", …) or, where
 * they do not, as the rules of gitleaks (MIT) and secretlint (MIT) record them.
 *
 * The rest must not match from inside a longer run of its own characters: that keeps the search linear.
 */
const FORMS: readonly (readonly [kind: string, head: string, rest: string])[] = [
  ["GitHub token", "gh[pousr]_", "[A-Za-z0-9]{36,255}"],
  ["GitHub token", "github_pat_", "[A-Za-z0-9_]{82}"],
  ["GitLab token", "(?:gl(?:pat|dt|rt|cbt|ptt|ft|imt|ffct|soat|agent|oas)-|GR1348941)", "[A-Za-z0-9_-]{20,300}(?:\\.[0-9a-z]{2,9}){0,2}"],
  ["AWS access key", "A[KS]IA", "[A-Z2-7]{16}"],
  ["Slack token", "(?:xox[abeoprs]|xapp)-", "[A-Za-z0-9]{1,20}-[A-Za-z0-9-]{10,300}"],
  ["Anthropic key", "sk-ant-", "[a-z0-9]{2,12}-[A-Za-z0-9_-]{80,200}"],
  ["OpenAI key", "sk-(?:proj|svcacct|admin)-", "[A-Za-z0-9_-]{40,300}"],
  ["API key (sk-…)", "sk-", "(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{32,200}"],
  ["OpenRouter key", "sk-or-v1-", "[0-9a-f]{64}"],
  ["Groq key", "gsk_", "[A-Za-z0-9]{52}"],
  ["xAI key", "xai-", "[A-Za-z0-9]{80}"],
  ["Perplexity key", "pplx-", "[A-Za-z0-9]{48}"],
  ["Hugging Face token", "hf_", "[A-Za-z0-9]{34}"],
  ["Google API key", "AIza", "[A-Za-z0-9_-]{35}"],
  ["Google client secret", "GOCSPX-", "[A-Za-z0-9_-]{28}"],
  ["Stripe key", "[sr]k_(?:live|test|prod)_", "[A-Za-z0-9]{16,250}"],
  ["Stripe key", "whsec_", "[A-Za-z0-9+/]{32,100}"],
  ["npm token", "npm_", "[A-Za-z0-9]{36}"],
  ["PyPI token", "pypi-AgEIcHlwaS5vcmc", "[A-Za-z0-9_-]{50,1000}"],
  ["RubyGems key", "rubygems_", "[0-9a-f]{48}"],
  ["Docker Hub token", "dckr_(?:pat|oat)_", "[A-Za-z0-9_-]{27,100}"],
  ["age key", "AGE-SECRET-KEY-1", "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"],
  ["Vault token", "hv[bsr]\\.", "[A-Za-z0-9_-]{24,300}"],
  ["Tailscale key", "tskey-(?:auth|api|client|scim|webhook)-", "[A-Za-z0-9]{8,40}-[A-Za-z0-9]{16,80}"],
  ["Grafana token", "glsa_", "[A-Za-z0-9]{32}_[0-9A-Fa-f]{8}"],
  ["Grafana token", "glc_", "[A-Za-z0-9+/]{32,400}"],
  ["DigitalOcean token", "do[opr]_v1_", "[0-9a-f]{64}"],
  ["SendGrid key", "SG\\.", "[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"],
  ["Telegram bot token", "[0-9]{8,10}:AA", "[A-Za-z0-9_-]{33}"],
  ["1Password token", "ops_eyJ", "[A-Za-z0-9+/]{250,2000}"],
  ["Doppler token", "dp\\.(?:pt|st|ct|sa|scim|audit)\\.", "(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}"],
  ["Databricks token", "dapi", "[0-9a-f]{32}(?:-[0-9])?"],
  ["Shopify token", "shp(?:at|ca|pa|ss)_", "[0-9a-fA-F]{32}"],
  ["Supabase token", "sbp_", "[0-9a-f]{40}"],
  ["JSON web token", "eyJ", "[A-Za-z0-9_-]{10,4000}\\.eyJ[A-Za-z0-9_-]{10,8000}\\.[A-Za-z0-9_-]{16,2000}"],
];

/** Addresses that are secrets as a whole. */
const WEBHOOKS: readonly (readonly [kind: string, head: string, rest: string])[] = [
  ["Slack webhook", "https://hooks\\.slack\\.com/", "(?:services|workflows|triggers)/[A-Za-z0-9+/]{43,80}"],
  ["Discord webhook", "https://(?:[a-z]{1,10}\\.)?discord(?:app)?\\.com/", "api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,90}"],
];

/** What no text lacks that holds one of the forms: one look for it is much less work than one for each form. */
const HEADS = new RegExp([...FORMS, ...WEBHOOKS].map(([, head]) => head).join("|"));

let patterns: readonly (readonly [kind: string, pattern: RegExp])[] | null = null;

/** The forms as patterns, made when the first text needs them. */
function allPatterns(): readonly (readonly [kind: string, pattern: RegExp])[] {
  patterns ??= [
    ...FORMS.map(([kind, head, rest]) => [kind, new RegExp(`(?<![A-Za-z0-9_-])${head}${rest}(?![A-Za-z0-9_-])`, "g")] as const),
    ...WEBHOOKS.map(([kind, head, rest]) => [kind, new RegExp(head + rest, "g")] as const),
  ];
  return patterns;
}

/**
 * Finds private keys and tokens of well-known makers.
 *
 * Examples from documentation are passed over: they have `EXAMPLE`, `xxxx`, or few different characters.
 *
 * @param text any text; a private key counts with its body, so that a script that merely looks for one is not found
 * @returns the findings by place, none inside another
 */
export function findKnownTokens(text: string): KnownToken[] {
  const found = privateKeys(text);
  for (const [kind, pattern] of HEADS.test(text) ? allPatterns() : []) {
    for (const match of text.matchAll(pattern)) {
      if (!isExample(match[0])) found.push({ kind, start: match.index, end: match.index + match[0].length });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((token) => {
    const isFirst = token.start >= end;
    if (isFirst) end = token.end;
    return isFirst;
  });
}

/** A token made up for a manual: no maker hands out one with so little in it. */
function isExample(token: string): boolean {
  if (/example|sample|dummy|placeholder|changeme|your|redacted|x{5}|0{8}|\*{3}|\.{3}|123456789|abcdefghij/i.test(token)) return true;
  return new Set(token.slice(-20)).size < 6;
}

/** PEM and OpenPGP private keys (RFC 7468, RFC 9580): a head line and at least a line's worth of Base64 behind it. */
function privateKeys(text: string): KnownToken[] {
  const found: KnownToken[] = [];
  if (!text.includes("-----BEGIN ")) return found;
  for (const match of text.matchAll(/-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g)) {
    const from = match.index + match[0].length;
    const dashes = text.indexOf("-----", from);
    const body = text.slice(from, dashes < 0 ? text.length : dashes);
    // Header lines such as `Proc-Type: 4,ENCRYPTED` stand before the body; a script may write line breaks as \n.
    const letters = body.replace(/\\n/g, "\n").replace(/^[A-Za-z-]+:.*$/gm, "").replace(/\s+/g, "");
    const base64 = /^[A-Za-z0-9+/]*/.exec(letters)?.[0] ?? "";
    if (base64.length < 40 || isExample(base64.slice(0, 40))) continue;
    const close = /^-----END [A-Z0-9 ]{1,60}-----/.exec(dashes < 0 ? "" : text.slice(dashes, dashes + 80))?.[0].length ?? 0;
    found.push({ kind: "private key", start: match.index, end: from + body.length + close });
  }
  return found;
}
