/** What is known of the reader of standard output: a terminal or not, its width, its colours. */
import { fstatSync } from "node:fs";
import { plainOptions, type ReportOptions } from "../report/index.ts";
import { STDOUT } from "./output.ts";

/** How standard output may look. `color` is what the command line asks for; null leaves it to the environment and the terminal. */
export async function terminalOptions(color: boolean | null): Promise<Pick<ReportOptions, "width" | "colors" | "hyperlinks"> & { readonly isTerminal: boolean }> {
  const isTerminal = await isTerminalStream(STDOUT);
  const { env } = process;
  const columns = isTerminal ? process.stdout.columns : undefined;
  return {
    isTerminal,
    width: columns !== undefined && columns > 0 ? columns : plainOptions.width,
    colors: colorLevel(color, isTerminal, env),
    hyperlinks: isTerminal && color !== false && followsHyperlinks(env),
  };
}

/** Whether a stream is a terminal. Asks the file first: `node:tty` takes time to load, and most runs write into a pipe. */
export async function isTerminalStream(stream: number): Promise<boolean> {
  try {
    if (!fstatSync(stream).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  const { isatty } = await import("node:tty");
  return isatty(stream);
}

/**
 * The command line decides before `FORCE_COLOR`, that before `NO_COLOR` (no-color.org), that before the terminal; the same order as in
 * Node's own `getColorDepth`.
 */
function colorLevel(color: boolean | null, isTerminal: boolean, env: NodeJS.ProcessEnv): ReportOptions["colors"] {
  if (color === false) return 0;
  const { FORCE_COLOR: forced, NO_COLOR: refused } = env;
  if (color === null) {
    if (forced === "0" || forced === "false") return 0;
    if (forced === undefined && ((refused !== undefined && refused !== "") || !isTerminal)) return 0;
  }
  if (forced === "2" || forced === "3") return Number(forced) as 2 | 3;
  const depth = isTerminal ? process.stdout.getColorDepth() : 1;
  return depth >= 24 ? 3 : depth >= 8 ? 2 : depth >= 4 || color === true || forced !== undefined ? 1 : 0;
}

/** Terminals that are known to follow OSC 8; the others would show the address as rubbish. */
function followsHyperlinks(env: NodeJS.ProcessEnv): boolean {
  if (env["CI"] !== undefined || env["TERM"] === "dumb") return false;
  if (Number(env["VTE_VERSION"] ?? 0) >= 5000 || env["KITTY_WINDOW_ID"] !== undefined || env["WT_SESSION"] !== undefined) return true;
  return ["iTerm.app", "WezTerm", "vscode", "ghostty"].includes(env["TERM_PROGRAM"] ?? "");
}
