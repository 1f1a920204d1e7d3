/** The Redis servers of a configuration, with the settings that NixOS's module would hand to them. */
import type { Answer, Configuration, OptionNode } from "../../engine/model/index.ts";
import { isSurelyOn, nodesAt } from "./units.ts";

/** An enabled Redis server. */
export interface RedisServer {
  /** `services.redis.servers.<name>`, or `services.redis` for the one that has the old spelling (nixpkgs renames it). */
  readonly path: readonly string[];
  /** What messages call it: "the Redis server `cache`". */
  readonly title: string;
  readonly node: OptionNode;
  /** The port that NixOS takes where none is set: the unnamed server's is open, a named one has its socket only. */
  readonly defaultPort: number;
}

/** The servers that surely run. */
export function redisServers(config: Configuration): RedisServer[] {
  const old = config.node("services.redis");
  const servers = nodesAt(config, ["services", "redis", "servers", "*"]).map((node): RedisServer => {
    const name = node.path[node.path.length - 1] as string;
    return { path: node.path, title: name === "" ? "the Redis server" : `the Redis server \`${name}\``, node, defaultPort: name === "" ? 6379 : 0 };
  });
  const all = [...servers, { path: old.path, title: "the Redis server", node: old, defaultPort: 6379 }];
  return all.filter(({ node }) => isSurelyOn(node.child("enable").answer()));
}

/** What a server sets, by its path below the server. */
export function redisOption(config: Configuration, server: RedisServer, ...names: readonly string[]): Answer {
  return config.option([...server.path, ...names]);
}

/** The port a server listens on (0: none, its socket only); null where that cannot be known. */
export function redisPort(config: Configuration, server: RedisServer): number | null {
  const answer = redisOption(config, server, "port");
  if (answer.state === "undefined") return server.defaultPort;
  return answer.state === "known" && answer.value?.t === "int" ? answer.value.v : null;
}
