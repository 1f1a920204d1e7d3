export declare type IsNever<TYPE> = [TYPE] extends [never] ? true : false;
