/** Asks the Nix that is installed here what it makes of a text. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether `nix-instantiate` can be run. */
export const hasNix: boolean = spawnSync("nix-instantiate", ["--version"]).status === 0;

const folder = hasNix ? mkdtempSync(join(tmpdir(), "nix-judge-")) : "";
const environment = { PATH: process.env["PATH"], HOME: "/homeless", NIX_STORE_DIR: join(folder, "store"), NIX_STATE_DIR: join(folder, "state"), NIX_LOG_DIR: join(folder, "log"), NO_COLOR: "1" };

/** Where a judged text stands, for paths in it. */
export const place = { file: join(folder, "text.nix"), home: environment.HOME };

/** What Nix says of a text. */
export type Verdict =
  | { readonly ok: true; readonly printed: string }
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

function run(text: string | Uint8Array, args: readonly string[]): Verdict {
  mkdirSync(folder, { recursive: true });
  writeFileSync(place.file, text);
  const { status, stdout, stderr } = spawnSync("nix-instantiate", [...args, place.file], { env: environment, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status === 0) return { ok: true, printed: stdout };
  // eslint-disable-next-line no-control-regex
  const plain = stderr.replace(/\u001b\[[0-9;]*m/g, "");
  const message = /error: ([^\n]*)/.exec(plain)?.[1] ?? plain;
  const at = /at [^\n]*?:(\d+):(\d+):?\n/.exec(`${plain}\n`);
  return { ok: false, message, line: Number(at?.[1] ?? 0), column: Number(at?.[2] ?? 0) };
}

/**
 * Parses. Names that are not bound are no fault: all stands inside a `with`, on a line of its own, so that Nix cannot
 * know. Lines are those of the text.
 */
export function judge(text: string): Verdict {
  const verdict = run(`with null;\n${text}`, ["--parse"]);
  if (!verdict.ok) return { ...verdict, line: verdict.line - 1 };
  return { ok: true, printed: verdict.printed.trim().slice("(with null; ".length, -1) };
}

/** Parses bytes as they are. */
export function judgeBytes(bytes: Uint8Array): Verdict {
  return run(bytes, ["--parse"]);
}

/** Evaluates a text that comes to JSON. */
export function evaluate(text: string): unknown {
  const verdict = run(text, ["--eval", "--strict", "--json"]);
  if (!verdict.ok) throw new Error(verdict.message);
  return JSON.parse(verdict.printed);
}
