export type Not<BOOL> = BOOL extends false ? true : BOOL extends true ? false : never;
