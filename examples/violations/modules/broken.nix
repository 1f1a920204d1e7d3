# A file that is not Nix.
{ ... }:

{
  # violates: parse-error
  services.fstrim.enable = ;
}
