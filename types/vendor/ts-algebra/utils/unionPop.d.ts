import type { UnionLast } from "./unionLast";
export declare type UnionPop<UNION> = Exclude<UNION, UnionLast<UNION>>;
