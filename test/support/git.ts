/** Git repositories for tests, untouched by the machine's settings. */
import { spawnSync } from "node:child_process";
import { Tree } from "../cli/program.ts";

/** Variables under which git knows a committer and nothing of the machine. */
export function gitEnvironment(home: string): Record<string, string> {
  const who = { NAME: "t", EMAIL: "t@example.org" };
  const people = Object.entries(who).flatMap(([key, value]) => [[`GIT_AUTHOR_${key}`, value], [`GIT_COMMITTER_${key}`, value]]);
  return { PATH: process.env["PATH"] ?? "", HOME: home, GIT_CONFIG_NOSYSTEM: "1", ...Object.fromEntries(people) };
}

/** Runs git as a user would; fails where it does. */
export function git(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("git", ["-c", "protocol.file.allow=always", ...args], { cwd: folder, encoding: "utf8", env: gitEnvironment(folder) });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** A repository with one commit on `main`. */
export function repository(files: Readonly<Record<string, string>>): Tree {
  const tree = new Tree(files, { git: false });
  git(tree.folder, "init", "-q", "-b", "main");
  commit(tree);
  return tree;
}

/** Commits everything that is there. */
export function commit(tree: Tree, message = "x"): void {
  git(tree.folder, "add", "-A");
  git(tree.folder, "commit", "-q", "-m", message);
}
