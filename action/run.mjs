/**
 * What the action does on a runner: builds the linter where it stands, lints, and hands what was found to GitHub as annotations, job
 * summary, SARIF and outputs. Ends with the linter's status. Everything from outside comes in variables and is never part of a command.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const { env } = process;
const here = fileURLToPath(new URL("..", import.meta.url));

/** Runs a program without a shell; what it prints is returned, and `status` is null where it could not be started. */
function run(program, args, options = {}) {
  return spawnSync(program, args, { encoding: "utf8", maxBuffer: 1e9, ...options });
}

/** A workflow command, with the escapes of actions/toolkit (`packages/core/src/command.ts`). */
function annotate(kind, message) {
  const data = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  console.log(`::${kind} title=tappaas-lint::${data}`);
}

/** Sets an output of the step; names and values are ours and of one line. */
function output(name, value) {
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, `${name}=${value}\n`);
}

function build() {
  if (existsSync(join(here, "dist/program.js"))) return;
  console.log("::group::Build tappaas-lint");
  const { status } = run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], { cwd: here, stdio: ["ignore", "inherit", "inherit"] });
  console.log("::endgroup::");
  if (status !== 0) fail("The linter cannot be built: `npm ci` failed in the action's folder.");
}

function fail(message) {
  annotate("error", message);
  output("status", 2);
  process.exit(2);
}

/** The payload of the event that started the workflow; empty where there is none. */
function eventPayload() {
  try {
    return JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8"));
  } catch {
    return {};
  }
}

const git = (...args) => run("git", args, { env: { ...env, GIT_TERMINAL_PROMPT: "0" } });
const isReachable = (revision) => git("merge-base", revision, "HEAD").status === 0;

/**
 * What a pull request is compared with, or null. Without a word on depth a checkout holds one commit, the merge of the pull request into
 * its base: then that commit's first parent is fetched, which is the base as it was merged.
 */
function baseOf(event) {
  if (env.LINT_BASE) return env.LINT_BASE;
  const sha = event.pull_request?.base?.sha ?? event.merge_group?.base_sha;
  if (typeof sha !== "string" || !/^[0-9a-f]{40,64}$/.test(sha)) return null;
  if (isReachable(sha)) return sha;
  if (/^[0-9a-f]{40,64}$/.test(env.GITHUB_SHA ?? "")) git("fetch", "--quiet", "--no-tags", "--depth=2", "origin", env.GITHUB_SHA);
  if (isReachable(sha)) return sha;
  if (git("rev-parse", "--verify", "--quiet", "HEAD^2").status === 0) return git("rev-parse", "HEAD^1").stdout.trim();
  annotate("warning", "What this pull request is based on is not in the clone, so a changed system.stateVersion cannot be told; give actions/checkout `fetch-depth: 0`.");
  return null;
}

/** Whether the token of this run may upload: GitHub gives runs for pull requests from forks and from Dependabot one that only reads. */
function mayUpload(event) {
  if (env.LINT_UPLOAD !== "true") return false;
  if (env.GITHUB_EVENT_NAME !== "pull_request") return true;
  const isOwn = event.pull_request?.head?.repo?.full_name === env.GITHUB_REPOSITORY && env.GITHUB_ACTOR !== "dependabot[bot]";
  if (!isOwn) annotate("notice", "The token of this run may not write to code scanning, so the findings are shown here only.");
  return isOwn;
}

const lines = (text = "") => text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`Node.js 20.19 or newer is needed, and this is ${process.version}; put actions/setup-node before this action.`);
build();

const event = eventPayload();
const base = baseOf(event);
const folder = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), "tappaas-lint-"));
const files = { sarif: join(folder, "tappaas-lint.sarif"), markdown: join(folder, "summary.md"), json: join(folder, "findings.json") };
const paths = lines(env.LINT_PATHS);
const { status: ended, stdout, stderr } = run(process.execPath, [
  join(here, "dist/tappaas-lint.js"),
  ...["--format", "github", ...Object.entries(files).flatMap(([format, file]) => ["--format", `${format}=${file}`])],
  ...["--fail-on", env.LINT_FAIL_ON || "error"],
  ...(base === null ? [] : [`--base=${base}`]),
  ...lines(env.LINT_ARGS).flatMap((line) => line.split(/\s+/)),
  "--",
  ...(paths.length === 0 ? ["."] : paths),
]);
const status = ended ?? 2;
process.stdout.write(stdout ?? "");
process.stderr.write(stderr ?? "");

output("status", status);
if (existsSync(files.sarif)) {
  output("sarif", files.sarif);
  output("upload", mayUpload(event));
} else annotate("error", (stderr ?? "").trim() || "The linter ended without a word; this is a mistake in it, please report it.");
if (existsSync(files.json)) {
  const { summary, baselines = [] } = JSON.parse(readFileSync(files.json, "utf8"));
  const { errors, warnings, infos, suppressed } = summary;
  const known = baselines.reduce((sum, baseline) => sum + baseline.known, 0);
  for (const [name, count] of Object.entries({ findings: errors + warnings + infos, errors, warnings, infos, suppressed, known })) output(name, count);
}
if (env.GITHUB_STEP_SUMMARY && existsSync(files.markdown)) appendFileSync(env.GITHUB_STEP_SUMMARY, readFileSync(files.markdown));
process.exitCode = status;
