/** Ports of databases and caches: what listens there trusts whoever reaches it. */

/** By port, the service that usually listens there. */
export const PRIVATE_PORTS: Readonly<Record<number, string>> = {
  5432: "PostgreSQL",
  6379: "Redis",
  3306: "MySQL",
  27017: "MongoDB",
  11211: "memcached",
};

/** `5432 (PostgreSQL)`. */
export function showPrivatePort(port: number): string {
  const name = PRIVATE_PORTS[port];
  return name === undefined ? String(port) : `${port} (${name})`;
}
