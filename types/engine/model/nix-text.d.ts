import type { Json } from "./view.js";
/** A value in Nix's notation in at most `room` characters; longer ones end in `…`. */
export declare function nixText(value: Json, room: number): string;
/** The function that gives a priority (`mkForce`), or `mkOverride` with its number; empty for a plain definition. */
export declare function priorityName(priority: number): string;
