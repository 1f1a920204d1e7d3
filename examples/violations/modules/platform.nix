# Every convention of the baseline, violated once.
# violates: grow-partition
# violates: qemu-guest
{ lib, ... }:

{
  imports = [ /etc/nixos/hardware-configuration.nix ];

  # violates: boot-loader
  boot.loader.systemd-boot.enable = false;

  # violates: host-name
  networking.hostName = lib.mkDefault "workbench";
  # violates: networkmanager
  networking.networkmanager.enable = false;
  networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet = {
    connection.id = "tappaas-ethernet";
    # violates: ethernet-profile
    connection.type = "wifi";
    ipv4.method = "auto";
  };
  # violates: networkd-disabled
  systemd.network.enable = false;
  networking.firewall.allowedTCPPorts = [ 22 ];

  # violates: overridable-defaults
  time.timeZone = "Europe/Amsterdam";

  services.cloud-init.enable = true;
  # violates: cloud-init
  services.cloud-init.network.enable = true;

  services.openssh = {
    enable = true;
    settings.PasswordAuthentication = false;
    # violates: ssh-hardening
    settings.PermitRootLogin = "yes";
  };

  # violates: serial-console
  systemd.services."serial-getty@ttyS0" = {
    enable = true;
  };

  users.users.tappaas = {
    isNormalUser = true;
    # violates: admin-user
    extraGroups = [ "wheel" ];
  };
  # violates: passwordless-sudo
  security.sudo.wheelNeedsPassword = true;

  # violates: nix-features
  nix.settings.experimental-features = [ "flakes" ];
  # violates: trusted-users
  nix.settings.trusted-users = [ "root" ];
  # violates: allow-unfree
  nixpkgs.config.allowUnfree = false;

  # violates: state-version
  system.stateVersion = "24.11";
}
