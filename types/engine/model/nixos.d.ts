/** What the model must know of NixOS's own options to merge their definitions as NixOS does. */
/** Whether several string definitions of an option are joined; null where it is not known. */
export declare function joinsStrings(path: readonly string[]): boolean | null;
/**
 * Paths that are options holding a set (`types.attrsOf …`): a forced set there replaces the other definitions, while above
 * an option `mkForce` is handed down to each option inside (nixpkgs, `lib/modules.nix`, `pushDownProperties`).
 * `*` stands for any name.
 */
export declare const SET_OPTIONS: readonly (readonly string[])[];
/** What stands outside the tree for something unknown of that name (`unknownNamed`); null where only NixOS could say. */
export declare function outsideOf(id: string): readonly string[] | null;
/** Whether a path is an option that holds a set, or an element of one; null where it may be. */
export declare function holdsSet(path: readonly string[]): boolean | null;
