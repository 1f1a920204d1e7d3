/** Brings a VS Code that runs without a screen, and what drives a browser, into a cache folder, from npm. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** code-server wants this Node and no other, whatever runs the tests. */
const NODE = `node-linux-${process.arch}`;
const WANTED = { [NODE]: "24.21.0", "code-server": "4.139.1", "playwright-core": "1.65.1" };

/** What of VS Code is compiled here: what it cannot start without. Its other compiled parts are for terminals, proxies and the like. */
const COMPILED = ["@parcel/watcher", "@vscode/native-watchdog", "@vscode/spdlog"];

/** Where it is kept. */
export const CACHE = process.env.LINT_VSCODE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tappaas-lint-vscode");

/** Installs what is not there yet. */
export function install() {
  const stamp = join(CACHE, "installed.json");
  const said = JSON.stringify({ ...WANTED, compiled: COMPILED });
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === said) return;
  console.log(`Installing code-server ${WANTED["code-server"]} into ${CACHE}; this takes some minutes.`);
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, "package.json"), JSON.stringify({ private: true, dependencies: WANTED, allowScripts: { argon2: true } }));
  const node = join(CACHE, "node_modules", NODE);
  const vscode = join(CACHE, "node_modules/code-server/lib/vscode");
  const env = { ...process.env, PATH: `${join(node, "bin")}${delimiter}${process.env.PATH}`, npm_config_nodedir: node, npm_config_update_notifier: "false" };
  const run = (folder, ...words) => {
    const { status } = spawnSync(words[0], words.slice(1), { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
    if (status !== 0) throw new Error(`\`${words.join(" ")}\` has failed; what it says stands above.`);
  };
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  // Without the scripts of packages: what they do is done below, as far as it is needed.
  run(CACHE, "npm", "install", "--ignore-scripts", ...quiet);
  run(CACHE, "npm", "rebuild", "argon2", ...quiet);
  run(vscode, "npm", "install", "--omit=dev", "--ignore-scripts", ...quiet);
  run(join(vscode, "extensions"), "npm", "install", "--omit=dev", "--ignore-scripts", ...quiet);
  run(vscode, "npm", "rebuild", ...quiet, ...COMPILED);
  writeFileSync(stamp, said);
}
