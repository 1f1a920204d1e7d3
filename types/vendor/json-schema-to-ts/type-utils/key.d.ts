export type Key = string | number | symbol;
