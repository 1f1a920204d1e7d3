/** Convention: Redis answers this machine only. */
import { HOLE } from "../../engine/domain/hole.ts";
import { isLoopbackIPv6 } from "../../engine/domain/ports.ts";
import type { Answer, Configuration } from "../../engine/model/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { rewriteValues } from "../vocabulary/fixes.ts";
import { placeOf } from "../vocabulary/options.ts";
import { type RedisServer, redisOption, redisPort, redisServers } from "../vocabulary/redis.ts";
import { code, showValue } from "../vocabulary/show.ts";
import { sourcedText, wordsOf } from "../vocabulary/text.ts";

export default defineRule({
  id: "redis-bind",
  theme: "containers",
  severity: "error",
  fix: "safe",
  security: 8.1,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Bind Redis to loopback",
    convention: "A Redis server binds 127.0.0.1 or ::1 (127.0.0.1 is NixOS's default), or has `port = 0` and is reached by its Unix socket.",
    handbook: "Service Patterns, “Redis”: `bind = \"127.0.0.1\";`; security review list: databases are bound to loopback",
    why: "Redis asks nobody for a password by default. Whoever reaches its port reads and writes all of it, and can make it write files of the machine.",
    bad: [
      {
        code: '{ ... }:\n{\n  services.redis.servers.cache = {\n    enable = true;\n    port = 6379;\n    bind = ⟦"0.0.0.0"⟧;\n  };\n}\n',
        says: ["The Redis server `cache` listens beyond this machine (`bind` is `\"0.0.0.0\"`): write `bind = \"127.0.0.1\";`, or `port = 0;` and use its Unix socket"],
      },
      {
        code: '{ ... }:\n{\n  services.redis.servers."".enable = true;\n  services.redis.servers."".bind = ⟦null⟧;\n}\n',
        says: ["The Redis server listens beyond this machine (`bind` is `null`, all interfaces): write `bind = \"127.0.0.1\";`, or `port = 0;` and use its Unix socket"],
      },
    ],
    good: [
      { code: '{ ... }:\n{\n  services.redis.servers.cache = {\n    enable = true;\n    port = 6379;\n    bind = "127.0.0.1 ::1";\n  };\n}\n' },
      { code: '{ ... }:\n{\n  services.redis.servers.cache = {\n    enable = true;\n    port = 0;\n    unixSocket = "/run/redis-cache/redis.sock";\n  };\n}\n' },
    ],
  },
  messages: {
    open: '{server} listens beyond this machine (`bind` is {found}): write `bind = "127.0.0.1";`, or `port = 0;` and use its Unix socket',
  },
  *check({ config }) {
    for (const server of redisServers(config)) {
      const port = redisPort(config, server);
      if (port === null || port === 0) continue;
      const bind = boundTo(config, server);
      const found = bind === null ? null : openness(bind);
      const at = bind === null ? null : placeOf(bind);
      if (bind === null || found === null || at === null) continue;
      yield { message: "open", at, data: { server: server.title.replace(/^t/, "T"), found }, fix: () => rewriteValues(bind.winners, '"127.0.0.1"') };
    }
  },
});

/** What decides which addresses are bound: `bind`, unless `settings.bind` overrides what the module makes of it. */
function boundTo(config: Configuration, server: RedisServer): Answer | null {
  const bind = redisOption(config, server, "bind");
  const setting = redisOption(config, server, "settings", "bind");
  if (setting.state === "undefined") return bind;
  const isUnbound = bind.state === "known" && bind.value?.t === "null";
  return setting.state === "known" && (isUnbound || (setting.priority ?? 100) < 100) ? setting : null;
}

/** How an answer that surely opens the server is shown; null for one that does not, or may not. */
function openness({ state, value }: Answer): string | null {
  if (state !== "known" || value === null) return null;
  if (value.t === "null") return `${code("null")}, all interfaces`;
  if (value.t !== "string") return null;
  const addresses = wordsOf(sourcedText(value, null).text).map(({ text }) => text);
  // A minus lets Redis start where the address does not exist.
  return addresses.some((address) => !address.includes(HOLE) && !isLoopback(address.replace(/^-/, ""))) ? code(showValue(value)) : null;
}

function isLoopback(address: string): boolean {
  return /^127(?:\.[0-9]{1,3}){3}$/.test(address) || isLoopbackIPv6(address) || address === "localhost";
}
