export type DeserializationPattern = Readonly<{
    pattern: unknown;
    output: unknown;
}>;
