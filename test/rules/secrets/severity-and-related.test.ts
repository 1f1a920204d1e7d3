/** What fixtures do not show of findings about secrets: how much they weigh, and the places that they refer to. */
import { describe, expect, it } from "vitest";
import type { Finding, Rule } from "../../../src/engine/run/index.ts";
import secretsGenerator from "../../../src/rules/secrets/secrets-generator.ts";
import secretsLiteral from "../../../src/rules/secrets/secrets-literal.ts";
import secretsLogged from "../../../src/rules/secrets/secrets-logged.ts";
import secretsMode from "../../../src/rules/secrets/secrets-mode.ts";
import { lintTree } from "../../support/lint.ts";

function findings(rule: Rule, code: string): readonly Finding[] {
  const result = lintTree({ "vm.nix": code }, [rule], { roles: { "vm.nix": "system" } });
  return result.files[0]?.findings ?? [];
}

/** Related places as `line: message`. */
function related([finding]: readonly Finding[]): string[] {
  return (finding?.related ?? []).map(({ start, message }) => `${start.line}: ${message}`);
}

const unit = (more: string): string => `{ pkgs, ... }:
{
  systemd.services.web-init-secrets = {
    wantedBy = [ "multi-user.target" ];
    unitConfig.ConditionPathExists = "!/etc/secrets/web.key";
    serviceConfig = { Type = "oneshot"; RemainAfterExit = true; };
    script = "umask 077; \${pkgs.openssl}/bin/openssl rand -hex 32 > /etc/secrets/web.key";
    ${more}
  };
  systemd.services.web.serviceConfig.LoadCredential = "key:/etc/secrets/web.key";
}
`;

describe("secrets-generator", () => {
  it("warns where only the order behind the file systems is missing", () => {
    expect(findings(secretsGenerator, unit('before = [ "web.service" ];')).map(({ severity }) => severity)).toEqual(["warning"]);
    expect(findings(secretsGenerator, unit("")).map(({ severity }) => severity)).toEqual(["error"]);
  });

  it("shows where the file is read", () => {
    expect(related(findings(secretsGenerator, unit("")))).toEqual(["10: `web.service` reads it here"]);
  });
});

it("secrets-literal shows where a secret is written that is used elsewhere", () => {
  const code = '{ ... }:\nlet\n  shared = "w9Xk2mPq7vLs";\nin\n{\n  services.web.password = shared;\n}\n';
  expect(related(findings(secretsLiteral, code))).toEqual(["3: the secret is written here"]);
});

it("secrets-logged shows what a trace prints", () => {
  const code = "{ ... }:\n{\n  systemd.services.web.script = ''\n    set -x\n    KEY=$(uuidgen)\n    echo \"$KEY\" > /etc/secrets/web.key\n  '';\n}\n";
  expect(related(findings(secretsLogged, code))).toEqual(["5: this is what it prints"]);
});

it("secrets-mode shows the folder that could be closed", () => {
  const code = '{ ... }:\n{\n  systemd.services.web-backup.script = "tar -cf /var/backup/web/a.tar /etc/secrets";\n  systemd.tmpfiles.rules = [\n    "d /var/backup/web 0750 root root -"\n  ];\n}\n';
  expect(related(findings(secretsMode, code))).toEqual(["5: the folder is open to others"]);
});
