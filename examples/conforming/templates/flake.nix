{
  description = "The image that virtual machines are cloned from";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.05";

  outputs =
    { self, nixpkgs, ... }:
    {
      nixosConfigurations.template = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [ ./template.nix ];
      };
    };
}
