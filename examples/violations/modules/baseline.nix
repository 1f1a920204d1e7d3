# What the systems of this folder share: nothing in it is wrong, so that each system shows its own mistakes alone.
{ lib, ... }:

{
  boot.loader.systemd-boot.enable = lib.mkDefault true;
  boot.growPartition = lib.mkDefault true;

  networking.networkmanager = {
    enable = true;
    ensureProfiles.profiles.tappaas-ethernet = {
      connection = {
        id = "tappaas-ethernet";
        type = "ethernet";
      };
      ipv4.method = "auto";
    };
  };
  systemd.network.enable = lib.mkForce false;
  time.timeZone = lib.mkDefault "Europe/Amsterdam";

  services.cloud-init = {
    enable = true;
    network.enable = false;
  };
  services.qemuGuest.enable = true;
  services.openssh = {
    enable = true;
    settings.PasswordAuthentication = false;
    settings.PermitRootLogin = "no";
  };
  systemd.services."serial-getty@ttyS0" = {
    enable = true;
    wantedBy = [ "getty.target" ];
  };

  users.users.tappaas = {
    isNormalUser = true;
    extraGroups = [ "wheel" "networkmanager" ];
  };
  security.sudo.wheelNeedsPassword = false;

  nix.settings.experimental-features = [ "nix-command" "flakes" ];
  nix.settings.trusted-users = [ "root" "@wheel" ];
  nixpkgs.config.allowUnfree = true;

  system.stateVersion = "25.05";
}
