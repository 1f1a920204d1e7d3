import type { Narrow } from "../type-utils";
export declare const asConst: <INPUT>(input: Narrow<INPUT>) => Narrow<INPUT>;
