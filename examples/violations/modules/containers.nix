# Containers that run with another engine, another version and more rights than they should.
{ lib, ... }:

let
  versions = {
    caddy = "2.8.4";
    agent = "latest";
  };
in
{
  imports = [
    /etc/nixos/hardware-configuration.nix
    ./baseline.nix
  ];

  networking.hostName = lib.mkDefault "containers";
  networking.firewall.allowedTCPPorts = [ 22 ];

  virtualisation.podman.enable = true;
  # violates: podman-backend
  virtualisation.oci-containers.backend = "docker";

  virtualisation.oci-containers.containers = {
    caddy = {
      image = "docker.io/library/caddy:${versions.caddy}";
      # violates: container-volume
      volumes = [ "/srv/caddy:/data" ];
    };
    # The tag is a version, but it is not taken from `versions`.
    # violates: versions-block
    whoami.image = "docker.io/traefik/whoami:1.10.3";
    agent = {
      # violates: image-pinned
      image = "docker.io/example/agent:${versions.agent}";
      # violates: container-privileged
      extraOptions = [ "--privileged" ];
    };
  };
}
