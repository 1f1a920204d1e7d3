# A flake whose packages are older than the systems that it builds.
{
  # violates: flake-release
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.05";

  outputs = { nixpkgs, ... }: {
    nixosConfigurations.release = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [ ../modules/baseline.nix { networking.firewall.allowedTCPPorts = [ 22 ]; } ];
    };
  };
}
