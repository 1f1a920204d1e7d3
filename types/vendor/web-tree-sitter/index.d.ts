export type Language = unknown;
export type Tree = unknown;
