/** Holds the telling of secrets from everything that merely looks like one: more that must pass than must be found. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOLE } from "../../../src/engine/domain/hole.ts";
import { holdsSecret, isPlaceholder, isSecretName, secretAssignments } from "../../../src/engine/domain/secret-words.ts";

describe("isSecretName", () => {
  it.each([
    "password", "Password", "PASSWORD", "POSTGRES_PASSWORD", "dbPassword", "db-password", "dbpassword", "passwd", "rootpasswd", "passphrase",
    "secret", "clientSecret", "CLIENT_SECRET", "client-secret", "clientsecret", "token", "ADMIN_TOKEN", "authToken", "authtoken", "accessToken2",
    "credential", "credentials", "awsCredentials", "apiKey", "APIKey", "API_KEY", "api-key", "apikey", "SECRET_KEY", "secretKey", "MASTER_KEY",
    "LITELLM_MASTER_KEY", "privateKey", "encryption_key", "JWT_SIGNING_KEY", "WORDPRESS_AUTH_KEY", "presharedKey", "OPENAI_API_KEY_1",
    "auth.jwt.secret", "services.x.password", "static-auth-secret", "initialPassword", "somethingKey",
  ])("takes %s", (name) => expect(isSecretName(name)).toBe(true));

  it.each([
    "", "key", "KEY", "public_key", "publicKey", "PUBLIC_KEY", "sshPublicKey", "public-api-key", "pubkey", "key_prefix", "keyFile", "passwordFile",
    "tokenFile", "secretName", "PASSWORD_FILE", "tokens", "keys", "secrets", "trusted-public-keys", "authorizedKeys", "hashedPassword",
    "initialHashedPassword", "passwordHash", "primary_key", "foreignKey", "hostKey", "sortKey", "cache_key", "monkey", "hotkey", "turkey", "settings.key",
    "signingKey", "user.signingkey", "gpgKey", "existingSecret", "LoadCredential", "ImportCredential", "eos_token", "max_token", "unknown-token",
    "PasswordAuthentication", "secretary", "tokenizer", "passwordless", "keyboard", "verify_key", "a".repeat(500),
  ])("refuses %s", (name) => expect(isSecretName(name)).toBe(false));
});

describe("isPlaceholder", () => {
  it.each([
    "", "  ", '""', "<password>", "<from the provider>", "sk-<your key>", "CHANGE_ME", "changeme", "change-this", "Change_It_Now", "your_secret_key_here",
    "sk-your_master_key_here", "your-token", "YOUR_API_KEY", "yourapitoken", "REPLACE_ME", "REPLACE_WITH_TOKEN", "replace-me", "replaceme", "example",
    "example-password", "an.example", "placeholder", "dummy", "token-goes-here", "insert_token", "insert-your-key", "TODO", "xxxx", "sk-xxxxxxxx", "***", "••••",
    "...", "…", "aaaaaaaa", "0000", "none", "null", "true", "false", "disabled", "1", "42", "not-needed", "no-key-required", "not set", "unused", "ollama",
    "os.environ/LITELLM_MASTER_KEY", "env:TOKEN", "$TOKEN", "${TOKEN}", "$1", "$(cat /run/x)", "`cat /run/x`", "prefix-$TOKEN", "Bearer ${TOKEN}",
    "postgres://u:$PASS@h/db", "%s", "%d/token", "sk-%s", "%(password)s", "%TOKEN%", "%env(LDAP_PASSWORD)%", "{{ token }}", "{token}", "{file:/run/secrets/x}",
    "{env:API_KEY}", "@password@", "__TOKEN__", "!secret wifi_password", "!vault", "!pass show x", "ENC[AES256_GCM,data:abc]", "file:/run/secrets/x", "vault:secret/x",
    "op://vault/item/field", "ext:wifi", "$__file{/etc/secrets/grafana}", "DB_PASSWORD", "ADMIN_TOKEN_V2", "PASSWORD", "https://example.org/token", "http://127.0.0.1:8080",
    "/run/secrets/x", "/etc/secrets/x.env", "./secret", "../x", "~/token", "token:/run/secrets/x", "secrets/litellm/master", "secret.age", "key.pem",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAbc", "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=",
    "$6$salt$abc/def", "$2b$12$abcdefgh", "$argon2id$v=19$m=65536", "{SSHA}abc", "SCRAM-SHA-256$4096:x", "md50123456789abcdef0123456789abcdef", "!", "*",
    "-----BEGIN PUBLIC KEY-----\nabc", "-----BEGIN CERTIFICATE-----\nabc", "1 hour", "30d", "::1234:5678:9abc:def0", "10.0.0.1", "The player API key",
    "The password of the admin user", HOLE, `abc${HOLE}def`,
  ])("passes over %j", (value) => expect(isPlaceholder(value)).toBe(true));

  it.each([
    "hunter2", "postgres", "password", "secret", "test", "nixos", "s3cr3t!", "correct horse battery", "my-secret-password", "acme-bootstrap", "123456", "1234",
    "sk-1234", "0123456789abcdef0123456789abcdef", "dGhpc2lzYXNlY3JldA==", "JBSWY3DPEHPK3PXP", "R/k2QpXv9Zt", "postgres://user:hunter2@localhost/db",
    "/u5TkQ2mB7vX9yLwPzRcAa1", "pa:ss", "Tr0ub4dor&3", "550e8400-e29b-41d4-a716-446655440000", "hereafter", "nothing1", "p@ssword", "yourself1",
  ])("takes %j for a secret", (value) => expect(isPlaceholder(value)).toBe(false));
});

describe("holdsSecret", () => {
  it.each([
    ["password", "hunter2"], ["POSTGRES_PASSWORD", "postgres"], ["password", "password"], ["LITELLM_MASTER_KEY", "sk-1234"], ["secretKey", "supersecret"],
    ["ageIdentityKey", "a1b2c3d4e5f6g7h8"], ["token", "abc123"], ["clientSecret", "another"],
  ])("%s = %s does", (name, value) => expect(holdsSecret(name, value)).toBe(true));

  it.each([
    ["pauseKey", "^p"], ["powerKey", "suspend"], ["someKey", "value"], ["fooKey", "short1"], ["oidcSecret", "oidcSecret"], ["mail-hooks-token", "mail-hooks-token"],
    ["API_KEY", "apiKey"], ["user", "hunter2"], ["password", "$PASSWORD"], ["publicKey", "0123456789abcdef0123456789abcdef"],
  ])("%s = %s does not", (name, value) => expect(holdsSecret(name, value)).toBe(false));
});

describe("secretAssignments", () => {
  const found = (text: string): string[] => secretAssignments(text).map(({ name, value, start, end }) => `${name}=${value}@${text.slice(start, end) === value}`);

  it.each([
    "DB_PASSWORD=hunter2", "export DB_PASSWORD=hunter2", "  DB_PASSWORD=hunter2  ", 'DB_PASSWORD="hunter2"', "DB_PASSWORD='hunter2'", "DB_PASSWORD=hunter2; echo done",
    "DB_PASSWORD=hunter2 # why", "readonly DB_PASSWORD=hunter2", "declare -x DB_PASSWORD=hunter2", "env DB_PASSWORD=hunter2 run", "DB_PASSWORD: hunter2", "- DB_PASSWORD: hunter2",
    'DB_PASSWORD: "hunter2"', '  "DB_PASSWORD": "hunter2",', "DB_PASSWORD = hunter2", "DB_PASSWORD = hunter2 ; why", 'DB_PASSWORD = "hunter2";', 'Environment="DB_PASSWORD=hunter2"',
    "Environment=DB_PASSWORD=hunter2", "podman run -e DB_PASSWORD=hunter2 x", "podman run --env DB_PASSWORD=hunter2 x", "podman run --env=DB_PASSWORD=hunter2 x",
    "podman run -e 'DB_PASSWORD=hunter2' x", "DB_PASSWORD=hunter2\r",
  ])("finds %j", (line) => expect(found(`# head\n${line}\ntail`)).toEqual(["DB_PASSWORD=hunter2@true"]));

  it.each([
    "DB_PASSWORD=", 'DB_PASSWORD=""', "DB_PASSWORD=$1", 'DB_PASSWORD="$(openssl rand -hex 32)"', "DB_PASSWORD=`pwgen`", "DB_PASSWORD=%s", "# DB_PASSWORD=hunter2", "; password = hunter2",
    "// password: 'hunter2'", "DB_PASSWORD=/run/secrets/x", "DB_PASSWORD_FILE=/run/x", "password == hunter2", "password => 'hunter2'", "password =~ x1", 'if [ "$PASSWORD" = "x1" ]; then',
    "password = get_password()", "password = self.config.password,", "    token=token,", "password = other_variable", "password: str", "Password: required", "password: the user's password",
    "secret = os.environ['X1']", 'password = f"{x1}"', 'password="abc"$X', "password=abc1\"$X\"", "password=random(16)", "echo PASSWORD=hunter2", "token:abc123", "password", "= hunter2",
    "passwordPolicy = strong1", "public_key = abc123abc123", "master_key: os.environ/LITELLM_MASTER_KEY", "JWT_SECRET=<hex>", `DB_PASSWORD=${HOLE}`, `DB_PASSWORD="x${HOLE}1"`,
    "secret = cloud_access_key.upload-cache.secret", "DB_PASSWORD: |", "DB_PASSWORD: >-", "DB_PASSWORD: !secret db", "DB_PASSWORD: [a1]", "DB_PASSWORD: {a: 1}", 'DB_PASSWORD="unclosed1',
  ])("passes over %j", (line) => expect(found(line)).toEqual([]));

  it("finds all of them, with their places", () => {
    const text = "A_TOKEN=abc123\nB=1\nexport C_SECRET='x y z1'\n\n  d_key: 0123456789ab\n";
    expect(secretAssignments(text)).toEqual([
      { name: "A_TOKEN", value: "abc123", start: 8, end: 14 },
      { name: "C_SECRET", value: "x y z1", start: 36, end: 42 },
      { name: "d_key", value: "0123456789ab", start: 54, end: 66 },
    ]);
  });

  it("is total", () => {
    const part = fc.constantFrom("PASSWORD", "token", "=", ":", " ", '"', "'", "\n", "$", "x1", "-e ", "export ", "#", "\\", "{", HOLE, "/");
    fc.assert(fc.property(fc.array(part, { maxLength: 30 }).map((parts) => parts.join("")), (text) => {
      for (const { value, start, end } of secretAssignments(text)) expect(text.slice(start, end)).toBe(value);
    }), { numRuns: 2000 });
  });
});
