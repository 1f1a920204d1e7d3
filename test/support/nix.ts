/** Asks Nix itself what expressions come to, where it is installed. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Whether `nix-instantiate` can be run. */
export const hasNix: boolean = spawnSync("nix-instantiate", ["--version"]).status === 0;

/** What one expression comes to; null where Nix refuses it. */
export type NixResult = { readonly value: unknown } | null;

/**
 * Evaluates expressions strictly and gives their JSON. They stand in files of one temporary folder, beside `files`, which
 * they can import by relative paths. Nothing is built, and no store of the machine is touched.
 */
export function evaluateNix(expressions: readonly string[], files: Readonly<Record<string, string>> = {}): NixResult[] {
  const folder = mkdtempSync(join(tmpdir(), "model-nix-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return evaluateIn(folder, expressions);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function evaluateIn(folder: string, expressions: readonly string[]): NixResult[] {
  if (expressions.length === 0) return [];
  const guarded = expressions.map((expression) => `(try (\n${expression}\n))`);
  const text = `let try = value: let result = builtins.tryEval (builtins.deepSeq value value); in if result.success then { inherit (result) value; } else null; in [\n${guarded.join("\n")}\n]\n`;
  writeFileSync(join(folder, "all-expressions.nix"), text);
  const { status, stdout, stderr } = spawnSync("nix-instantiate", ["--eval", "--strict", "--json", "all-expressions.nix"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, NIX_STORE_DIR: join(folder, "store"), NIX_STATE_DIR: join(folder, "state"), NIX_LOG_DIR: join(folder, "log") },
  });
  if (status === 0) return JSON.parse(stdout) as NixResult[];
  if (expressions.length > 1) {
    // Errors that `tryEval` does not catch end the whole run: halve until they stand alone.
    const half = expressions.length >> 1;
    return [...evaluateIn(folder, expressions.slice(0, half)), ...evaluateIn(folder, expressions.slice(half))];
  }
  if (!stderr.includes("error:")) throw new Error(`nix-instantiate failed: ${stderr}`);
  return [null];
}
