# A part that stands where deployment does not copy it.
{ ... }:

{
  services.printing.enable = true;
}
