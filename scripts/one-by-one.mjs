/**
 * Holds that a hook says of a file what a run over everything says: lints a tree as a whole, then each of its files by itself as the
 * commit hook does, and compares role and findings.
 *
 *     node scripts/one-by-one.mjs TREE
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { resolve } from "node:path";

const program = resolve(import.meta.dirname, "../dist/tappaas-lint.js");
const { positionals } = parseArgs({ allowPositionals: true });
const tree = resolve(positionals[0] ?? ".");

/** The files of a JSON report by path, each as text. */
function linted(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "--format", "json", "--fail-on", "never", ...args], { cwd: tree, encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`tappaas-lint ${args.join(" ")} ended with ${status}: ${stderr}`);
  return new Map(JSON.parse(stdout).files.map((file) => [file.path, { findings: file.findings.length, text: JSON.stringify(file, null, 2) }]));
}

const whole = linted(["."]);
const differing = [];
for (const [path, { text }] of whole) {
  const alone = linted(["--dependents", "--", path]).get(path);
  if (alone?.text !== text) differing.push(`${path}\n  in a run over everything: ${text}\n  by itself: ${alone?.text ?? "not linted"}`);
}
for (const difference of differing) console.log(difference);
const findings = [...whole.values()].reduce((sum, file) => sum + file.findings, 0);
console.log(`${whole.size} files with ${findings} findings in all; ${differing.length === 0 ? "each by itself gives the same" : `${differing.length} differ by themselves`}`);
process.exitCode = differing.length === 0 && whole.size > 0 ? 0 : 1;
