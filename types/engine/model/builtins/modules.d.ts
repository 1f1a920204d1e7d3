import { type Table } from "./define.js";
/** Priorities by function name (nixpkgs, `lib/modules.nix`); a plain definition has 100. */
export declare const PRIORITIES: {
    readonly mkOptionDefault: 1500;
    readonly mkDefault: 1000;
    readonly mkImageMediaOverride: 60;
    readonly mkForce: 50;
    readonly mkVMOverride: 10;
};
/** The priority of a definition without any wrapper. */
export declare const PLAIN_PRIORITY = 100;
/** The table of module functions. */
export declare function moduleFunctions(): Table;
