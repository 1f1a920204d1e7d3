/** Starts the language server on standard input and output. */
import type { Platform } from "./platform.ts";
import { Server } from "./server.ts";

/**
 * Serves one client until it says `exit`, closes its end or is gone itself, each of which the protocol's library answers by
 * ending the process: with 0 after a `shutdown`, else with 1 (LSP 3.17, "Exit Notification").
 */
export async function serve(platform: Platform): Promise<never> {
  const { ResponseError, createConnection } = await import("./library.ts");
  const connection = createConnection(process.stdin, process.stdout);
  const log = (error: unknown) => connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  // One request that fails must not take down what all the others wait for.
  process.on("uncaughtException", log);
  process.on("unhandledRejection", log);
  new Server(connection, platform, (code, message) => new ResponseError(code, message)).listen();
  return new Promise<never>(() => undefined);
}
