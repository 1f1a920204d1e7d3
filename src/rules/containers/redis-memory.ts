/** Convention: Redis has a limit to its memory, and says what goes when it is reached. */
import type { Configuration } from "../../engine/model/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { addDefinitions } from "../vocabulary/fixes.ts";
import { thingAt } from "../vocabulary/options.ts";
import { type RedisServer, redisOption, redisServers } from "../vocabulary/redis.ts";
import { code, enumerate } from "../vocabulary/show.ts";
import { isWhollyKnown, sureTexts } from "../vocabulary/text.ts";

const SETTINGS = [
  { name: "maxmemory", write: '"256mb"' },
  { name: "maxmemory-policy", write: '"allkeys-lru"' },
] as const;

export default defineRule({
  id: "redis-memory",
  theme: "containers",
  severity: "warning",
  fix: "proposed",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Limit the memory of Redis",
    convention: "A Redis server sets `maxmemory` and `maxmemory-policy`.",
    handbook: "Service Patterns, “Redis”: `settings = { maxmemory = \"256mb\"; maxmemory-policy = \"allkeys-lru\"; };`",
    why: "Redis keeps everything in memory and has no limit by default. A cache grows until the kernel kills something on the machine, as often as not the database beside it.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦services.redis.servers.cache⟧ = {\n    enable = true;\n    port = 6379;\n    settings.appendonly = "yes";\n  };\n}\n',
        says: ['The Redis server `cache` lacks `settings.maxmemory` and `settings.maxmemory-policy`, so it takes memory without limit: write for example `settings = { maxmemory = "256mb"; maxmemory-policy = "allkeys-lru"; };`'],
      },
      {
        code: '{ ... }:\n{\n  ⟦services.redis.servers.cache⟧.enable = true;\n  services.redis.servers.cache.settings.maxmemory = "256mb";\n}\n',
        says: ['The Redis server `cache` lacks `settings.maxmemory-policy`, so it refuses to write once the limit is reached: write for example `settings.maxmemory-policy = "allkeys-lru";`'],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  services.redis.servers.cache = {\n    enable = true;\n    settings = { maxmemory = "256mb"; maxmemory-policy = "allkeys-lru"; };\n  };\n}\n',
      },
    ],
  },
  messages: {
    lacking: "{server} lacks {what}, so it {consequence}: write for example {write}",
  },
  *check({ config }) {
    for (const server of redisServers(config)) {
      const missing = missingSettings(config, server);
      const near = thingAt(config, server.path);
      if (missing.length === 0 || near === null) continue;
      const [first] = missing as [(typeof SETTINGS)[number]];
      const write = missing.length > 1 ? `settings = { ${missing.map(({ name, write }) => `${name} = ${write};`).join(" ")} };` : `settings.${first.name} = ${first.write};`;
      yield {
        message: "lacking",
        missing: missing.map(({ name }) => [...server.path, name].join(" ")),
        near,
        data: {
          server: server.title.replace(/^t/, "T"),
          what: enumerate(missing.map(({ name }) => code(`settings.${name}`))),
          consequence: first.name === "maxmemory" ? "takes memory without limit" : "refuses to write once the limit is reached",
          write: code(write),
        },
        fix: addDefinitions(server.path, missing.map(({ name, write: value }) => ({ path: [...server.path, "settings", name], value })), near),
      };
    }
  },
});

/** The settings that surely nothing sets: neither `settings`, whose names Redis reads in any case, nor the command line. */
function missingSettings(config: Configuration, server: RedisServer): (typeof SETTINGS)[number][] {
  const { names, open } = config.names([...server.path, "settings"]);
  const parameters = redisOption(config, server, "extraParams");
  if (open || !isWhollyKnown(parameters)) return [];
  const given = new Set([...names.map((name) => name.toLowerCase()), ...sureTexts(parameters).map(({ text }) => (text.split(/[ =]/)[0] as string).replace(/^--/, "").toLowerCase())]);
  return SETTINGS.filter(({ name }) => !given.has(name));
}
