/**
 * Tries the extension in a real VS Code: installs what that takes, packages the extension and goes through all that a user
 * does. Pictures of each step are kept in build/vscode-pictures. Arguments are passed on to vitest.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { CACHE, install } from "./install.mjs";

const ROOT = join(import.meta.dirname, "../..");
const VSIX = join(ROOT, "build/tested.vsix");

if (process.platform !== "linux") {
  console.error("This test runs on Linux alone.");
  process.exit(1);
}
const [chromium = ""] = spawnSync("sh", ["-c", "command -v chromium chromium-browser google-chrome"], { encoding: "utf8" }).stdout.split("\n");
if (chromium === "") {
  console.error("There is no Chromium; `apt-get install chromium` brings it.");
  process.exit(1);
}
install();
const packaged = spawnSync(process.execPath, [join(ROOT, "scripts/package-vscode.mjs"), VSIX], { stdio: "inherit" });
if (packaged.status !== 0) process.exit(1);
rmSync(join(ROOT, "build/vscode-pictures"), { recursive: true, force: true });
const env = { ...process.env, LINT_VSCODE_CACHE: CACHE, LINT_VSIX: VSIX, LINT_CHROMIUM: chromium };
const tested = spawnSync(process.execPath, [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--config", join(import.meta.dirname, "vitest.config.ts"), ...process.argv.slice(2)], { cwd: ROOT, stdio: "inherit", env });
process.exit(tested.status ?? 1);
