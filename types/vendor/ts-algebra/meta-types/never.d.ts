export declare type NeverTypeId = "never";
export declare type Never = {
    type: NeverTypeId;
};
export declare type NeverType = Never;
export declare type ResolveNever = never;
