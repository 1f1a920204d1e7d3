/** Reads what the JSON beside a module says of it: the machine's name and the ports that the module publishes. */
/** A port, or a range with both ends included, that a module publishes. */
export interface PublishedPort {
    readonly from: number;
    readonly to: number;
    readonly protocol: "tcp" | "udp";
    /** Where it stands in the JSON, for messages: `proxyPort`, `ports[0]`, `config."firewall:rules".ports[1]`. */
    readonly source: string;
}
/** What a module's JSON says. */
export interface ModuleJson {
    /** `vmname` at the top level; null where it is missing, empty or no string. */
    readonly vmname: string | null;
    /** Each published port once, in the order of the file. */
    readonly ports: readonly PublishedPort[];
    /** The whole document, for callers that compute with it. */
    readonly value: unknown;
}
/** Either what the JSON says or, as one sentence, why it cannot be read. */
export type ModuleJsonResult = {
    readonly ok: true;
    readonly module: ModuleJson;
} | {
    readonly ok: false;
    readonly message: string;
};
/**
 * Reads a module's JSON. Comments are refused, as `builtins.fromJSON` and the deployment refuse them.
 *
 * @param text the file, without byte order mark
 */
export declare function parseModuleJson(text: string): ModuleJsonResult;
