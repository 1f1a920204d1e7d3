# Secrets that others can read, that stand in the wrong place, in the store or in the journal.
{ lib, pkgs, ... }:

{
  imports = [
    /etc/nixos/hardware-configuration.nix
    ./baseline.nix
    ./housekeeping.nix
  ];

  networking.hostName = lib.mkDefault "secrets";
  networking.firewall.allowedTCPPorts = [ 22 ];

  # The file stays readable for everybody.
  systemd.services.vault-open-secret = {
    wantedBy = [ "multi-user.target" ];
    after = [ "local-fs.target" ];
    before = [ "vault.service" ];
    unitConfig.ConditionPathExists = "!/etc/secrets/vault-open.env";
    serviceConfig = {
      Type = "oneshot";
      RemainAfterExit = true;
    };
    script = ''
      KEY=$(${pkgs.openssl}/bin/openssl rand -hex 32)
      # violates: secrets-mode
      echo "VAULT_KEY=$KEY" > /etc/secrets/vault-open.env
    '';
  };

  # Nothing says that the secret exists already: it would be made anew at each start.
  # violates: secrets-generator
  systemd.services.vault-new-secret = {
    wantedBy = [ "multi-user.target" ];
    after = [ "local-fs.target" ];
    before = [ "vault.service" ];
    serviceConfig = {
      Type = "oneshot";
      RemainAfterExit = true;
    };
    script = ''
      umask 077
      ${pkgs.openssl}/bin/openssl rand -hex 32 > /etc/secrets/vault-new.key
      chmod 600 /etc/secrets/vault-new.key
    '';
  };

  # The secret goes to the journal, and from there to the log server.
  systemd.services.vault-told-secret = {
    wantedBy = [ "multi-user.target" ];
    after = [ "local-fs.target" ];
    before = [ "vault.service" ];
    unitConfig.ConditionPathExists = "!/etc/secrets/vault-told.key";
    serviceConfig = {
      Type = "oneshot";
      RemainAfterExit = true;
    };
    script = ''
      umask 077
      KEY=$(${pkgs.openssl}/bin/openssl rand -hex 32)
      printf '%s' "$KEY" > /etc/secrets/vault-told.key
      chmod 600 /etc/secrets/vault-told.key
      # violates: secrets-logged
      echo "The new key is $KEY"
    '';
  };

  systemd.services.vault = {
    wantedBy = [ "multi-user.target" ];
    # violates: secrets-literal
    environment.VAULT_ADMIN_PASSWORD = "tulip-Harbour29-lantern";
    serviceConfig = {
      ExecStart = "${pkgs.vault}/bin/vault server";
      # violates: secrets-location
      EnvironmentFile = "/var/lib/vault/vault.env";
      DynamicUser = true;
      StateDirectory = "vault";
    };
  };
}
