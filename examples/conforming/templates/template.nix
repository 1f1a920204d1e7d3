# The image: the baseline without a host name and without hardware, which the image format brings.
{ lib, ... }:

{
  boot = {
    loader.systemd-boot.enable = lib.mkDefault true;
    growPartition = lib.mkDefault true;
  };

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
  networking.firewall.enable = true;
  networking.firewall.allowedTCPPorts = [ 22 ];
  time.timeZone = lib.mkDefault "Europe/Amsterdam";

  services = {
    cloud-init = {
      enable = true;
      network.enable = false;
    };
    qemuGuest.enable = true;
    openssh = {
      enable = true;
      settings.PasswordAuthentication = false;
      settings.PermitRootLogin = "no";
    };
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

  nix.settings = {
    experimental-features = [ "nix-command" "flakes" ];
    trusted-users = [ "root" "@wheel" ];
  };
  nixpkgs.config.allowUnfree = true;

  system.stateVersion = "25.05";
}
