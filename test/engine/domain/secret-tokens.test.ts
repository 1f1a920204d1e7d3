/** Holds the search for keys and tokens of known form; they are put together here, so that no scanner takes this file for a leak. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findKnownTokens } from "../../../src/engine/domain/secret-tokens.ts";

/** Letters and digits without order, so that no form is taken for an example. */
function random(length: number, letters = "k3Zq8WmTb5RxL2vNc7YpJd4Hs9FgEa6U"): string {
  return Array.from({ length }, (_, at) => letters[(at * 7 + (at >> 2)) % letters.length]).join("");
}

const HEX = "a3f09c7e1b5d2864";
const PEM = (kind: string, body = random(64)): string => [`-----BEGIN ${kind}-----`, body, random(40), `-----END ${kind}-----`].join("\n");

const TOKENS: readonly (readonly [kind: string, token: string])[] = [
  ["GitHub token", `${"ghp"}_${random(36)}`],
  ["GitHub token", `${"ghs"}_${random(36)}`],
  ["GitHub token", `${"github"}_pat_${random(82)}`],
  ["GitLab token", `${"glpat"}-${random(20)}`],
  ["GitLab token", `${"glrt"}-${random(20)}`],
  ["AWS access key", `${"AKIA"}${random(16, "QX7ZJ2WK5VTB4YRH")}`],
  ["Slack token", `${"xoxb"}-${random(12, "8402719365")}-${random(12, "8402719365")}-${random(24)}`],
  ["Slack token", `${"xapp"}-1-${random(11, "A7BC3D9")}-${random(13, "8402719365")}-${random(64, HEX)}`],
  ["Slack webhook", `https://hooks.slack.com/${"services"}/T${random(8)}/B${random(10)}/${random(24)}`],
  ["Anthropic key", `${"sk-ant"}-api03-${random(93)}AA`],
  ["OpenAI key", `${"sk-proj"}-${random(74)}`],
  ["API key (sk-…)", `${"sk"}-${random(48)}`],
  ["OpenRouter key", `${"sk-or"}-v1-${random(64, HEX)}`],
  ["Google API key", `${"AIza"}${random(35)}`],
  ["Google client secret", `${"GOCSPX"}-${random(28)}`],
  ["Stripe key", `${"sk"}_live_${random(24)}`],
  ["npm token", `${"npm"}_${random(36)}`],
  ["PyPI token", `${"pypi"}-AgEIcHlwaS5vcmc${random(60)}`],
  ["age key", `${"AGE-SECRET-KEY"}-1${random(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")}`],
  ["Hugging Face token", `${"hf"}_${random(34)}`],
  ["Vault token", `${"hvs"}.${random(95)}`],
  ["Tailscale key", `${"tskey"}-auth-${random(12)}-${random(32)}`],
  ["Grafana token", `${"glsa"}_${random(32)}_${random(8, HEX)}`],
  ["DigitalOcean token", `${"dop"}_v1_${random(64, HEX)}`],
  ["SendGrid key", `${"SG"}.${random(22)}.${random(43)}`],
  ["Telegram bot token", `${random(10, "8402719365")}:${"AA"}${random(33)}`],
  ["Docker Hub token", `${"dckr"}_pat_${random(27)}`],
  ["Discord webhook", `https://discord.com/api/${"webhooks"}/${random(18, "8402719365")}/${random(68)}`],
  ["JSON web token", `${"eyJ"}hbGciOiJIUzI1NiJ9.${"eyJ"}zdWIiOiI${random(20)}.${random(43)}`],
  ["private key", PEM("PRIVATE KEY")],
  ["private key", PEM("RSA PRIVATE KEY")],
  ["private key", PEM("OPENSSH PRIVATE KEY")],
  ["private key", PEM("PGP PRIVATE KEY BLOCK")],
  ["private key", PEM("RSA PRIVATE KEY", `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${random(64)}`)],
];

describe("findKnownTokens", () => {
  it.each(TOKENS)("finds a %s: %s", (kind, token) => {
    for (const [before, after] of [["", ""], ['x = "', '";'], ["TOKEN=", "\n"], ["a ", " b"]] as const) {
      expect(findKnownTokens(`${before}${token}${after}`)).toEqual([{ kind, start: before.length, end: before.length + token.length }]);
    }
  });

  it("finds several in one text", () => {
    const [first, second] = [TOKENS[0]?.[1], TOKENS[3]?.[1]];
    expect(findKnownTokens(`${first} ${second}`).map(({ kind }) => kind)).toEqual(["GitHub token", "GitLab token"]);
  });

  it.each([
    "", "sk-1234", "sk-your_master_key_here", "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "sk-learn-is-a-library-for-machine-learning-in-python",
    `sk-${"a".repeat(48)}`, `${"ghp"}_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`, `${"ghp"}_${random(20)}`, "AKIAIOSFODNN7EXAMPLE", "AKIA", "ghp_", "eyJhbGciOiJIUzI1NiJ9",
    `${"glpat"}-XXXXXXXXXXXXXXXXXXXX`, `a${"npm"}_${random(36)}`, `${"npm"}_${random(37)}`, "xoxb-your-token", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "0123456789abcdef0123456789abcdef01234567", "/nix/store/0c3fq9pxbw1rxp8h4k7vydnlq0b2is3a-openssl-3.0.14", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJbYfQ0Rk3nqv1c9yZ1g2h3j4k5l6m7n8o9p0q1r2s3t", PEM("PUBLIC KEY"), PEM("CERTIFICATE"),
    "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----", "grep -q 'BEGIN RSA PRIVATE KEY' /etc/x",
    "-----BEGIN RSA PRIVATE KEY-----\n$KEY\n-----END RSA PRIVATE KEY-----", "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
  ])("passes over %j", (text) => expect(findKnownTokens(text)).toEqual([]));

  it("is total on any text, also a long one", () => {
    const part = fc.constantFrom("sk-", "ghp_", "eyJ", ".", "-----BEGIN PRIVATE KEY-----", "-----", "AKIA", "x", "7", "\n", "glpat-", "xoxb-", "_", "AA:");
    fc.assert(fc.property(fc.array(part, { maxLength: 60 }).map((parts) => parts.join("")), (text) => {
      for (const { start, end } of findKnownTokens(text)) expect(start < end && end <= text.length).toBe(true);
    }));
    for (const unit of ["eyJ", "eyJa.", "sk-", "-eyJ", "1", "a-", "xoxb-1-", "-----BEGIN PRIVATE KEY-----", "glpat-"]) findKnownTokens(unit.repeat(50_000));
  });
});
