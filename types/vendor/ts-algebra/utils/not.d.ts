export declare type Not<BOOL extends boolean> = BOOL extends false ? true : BOOL extends true ? false : never;
