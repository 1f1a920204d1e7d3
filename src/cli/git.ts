/** Asks git, so that nothing of the repository takes part: no hooks, pagers, filters, helpers; and no name can become an option. */
import { type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { UsageError } from "./usage-error.ts";

/** What git answered. */
export interface Answer {
  readonly ok: boolean;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What goes with a question: standard input, and settings that stand above the repository's. */
interface Asked {
  readonly input?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Longer than any answer takes, in milliseconds: a run must not hang. */
const LONGEST = 60_000;

const SETTINGS = ["--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"];

/** The environment without what would lead git elsewhere: a hook's variables name another index, another folder, other settings. */
function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_") || name === "GIT_INDEX_FILE");
  const pairs = Object.entries(settings).flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${index}`, key], [`GIT_CONFIG_VALUE_${index}`, value]]);
  const given = { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(pairs.length / 2) };
  return { ...Object.fromEntries(kept), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", GIT_NO_REPLACE_OBJECTS: "1", ...given };
}

/** Runs git in a folder and waits for it: for what is asked in the middle of judging, once in a while. Empty where it fails. */
export function gitNow(folder: string, args: readonly string[], input: string): Buffer {
  const { status, stdout } = spawnSync("git", [...SETTINGS, ...args], { cwd: folder, env: environment({}), input, timeout: LONGEST, maxBuffer: 1e8, windowsHide: true });
  return status === 0 ? stdout : Buffer.alloc(0);
}

/** Runs git in a folder; `ok` is false where it fails or is not there. */
export function git(folder: string, args: readonly string[], { input = "", settings = {} }: Asked = {}): Promise<Answer> {
  const options: SpawnOptions = { cwd: folder, env: environment(settings), stdio: ["pipe", "pipe", "pipe"], timeout: LONGEST, windowsHide: true };
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const child = spawn("git", [...SETTINGS, ...args], options);
    child.stdout?.on("data", (part: Buffer) => out.push(part));
    child.stderr?.on("data", (part: Buffer) => err.push(part));
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
    child.on("error", (error: NodeJS.ErrnoException) => resolve({ ok: false, stdout: Buffer.alloc(0), stderr: error.code === "ENOENT" ? "git is not installed" : error.message }));
    child.on("close", (status) => resolve({ ok: status === 0, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString().trim() }));
  });
}

/**
 * Settings without the filters that are set up. Git runs them even to see whether a file has changed, where its times do not tell
 * (gitattributes(5), "filter"), and a stranger's `.gitattributes` says on what.
 */
export async function withoutFilters(folder: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await git(folder, ["config", "--null", "--name-only", "--get-regexp", "^filter\\..*\\.(clean|smudge|process|required)$"]);
  const names = stdout.toString().split("\0").filter((name) => name !== "");
  return Object.fromEntries(names.map((name) => [name, name.endsWith(".required") ? "false" : ""]));
}

/**
 * The commit where the current branch left a revision.
 * @param revision a branch, a tag or a commit, as written on the command line
 * @throws UsageError that says what to do where it is unknown or the history is not there
 */
export async function mergeBase(root: string, revision: string): Promise<string> {
  const found = await git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  const commit = found.stdout.toString().trim();
  const isShallow = async (): Promise<boolean> => (await git(root, ["rev-parse", "--is-shallow-repository"])).stdout.toString().trim() === "true";
  const deepen = "this clone is shallow: fetch the whole history first (`git fetch --unshallow`; in a workflow `fetch-depth: 0` for actions/checkout)";
  if (!found.ok || !/^[0-9a-f]{40,64}$/.test(commit)) {
    if (found.stderr !== "") throw new UsageError(`\`--base ${revision}\`: git cannot be asked (${found.stderr.split("\n")[0] as string}).`);
    throw new UsageError(`\`--base ${revision}\`: git knows no such branch, tag or commit here; ${(await isShallow()) ? deepen : "check the name, or fetch it first (a branch of the server is called `origin/NAME`)"}.`);
  }
  const base = await git(root, ["merge-base", commit, "HEAD"]);
  const ancestor = base.stdout.toString().trim();
  if (base.ok && ancestor !== "") return ancestor;
  throw new UsageError(`\`--base ${revision}\`: it shares no commit with what is checked out; ${(await isShallow()) ? deepen : "name a revision that the current branch comes from"}.`);
}
