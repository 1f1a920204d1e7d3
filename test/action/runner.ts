/** Runs action.yml as the Actions runner does: expressions filled in, each step in bash with the variables that GitHub sets. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll } from "vitest";
import { parse } from "yaml";
import type { Tree } from "../cli/program.ts";

export const ACTION = resolve(import.meta.dirname, "../..");

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** The action as it is written. */
export const action = parse(readFileSync(join(ACTION, "action.yml"), "utf8")) as Action;

export interface ActionRun {
  /** Whether a step failed, and with what status. */
  readonly status: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The actions that were used, with what they were given. */
  readonly used: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[];
}

export interface Situation {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload: unknown };
  readonly env?: Readonly<Record<string, string>>;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs the action on a tree that is checked out. */
export function runAction(tree: Tree, { inputs = {}, event = { name: "push", payload: {} }, env = {} }: Situation = {}, folder = "."): ActionRun {
  const temporary = mkdtempSync(join(tmpdir(), "tappaas-lint-runner-"));
  folders.push(temporary);
  const file = (name: string, text = ""): string => {
    writeFileSync(join(temporary, name), text);
    return join(temporary, name);
  };
  mkdirSync(join(temporary, "temp"));
  const summary = file("summary.md");
  const given = { ...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, String(input.default)])), ...inputs };
  const results: Record<string, Record<string, string>> = {};
  let failed = 0;
  let log = "";
  const used: { uses: string; with: Record<string, string> }[] = [];
  const filled = (text: string): string => text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => valueOf(expression));
  const valueOf = (expression: string): string => {
    const [root, ...path] = expression.split(".");
    if (root === "inputs") return given[path[0] as keyof typeof given] ?? "";
    if (root === "steps" && path[1] === "outputs") return results[path[0] as string]?.[path[2] as string] ?? "";
    if (expression === "github.action_path") return ACTION;
    throw new Error(`The tests do not know \`${expression}\`.`);
  };
  const isWanted = (condition: string | undefined): boolean => {
    if (condition === undefined) return failed === 0;
    const terms = condition.replace(/^\$\{\{\s*|\s*\}\}$/g, "").split("&&").map((term) => term.trim());
    if (!terms.includes("!cancelled()") && failed !== 0) return false;
    return terms.filter((term) => term !== "!cancelled()").every((term) => {
      const [, left = "", right] = /^(\S+) == '(.*)'$/.exec(term) ?? [];
      return valueOf(left) === right;
    });
  };
  action.runs.steps.forEach((step, index) => {
    if (!isWanted(step.if)) return;
    if (step.uses !== undefined) {
      used.push({ uses: step.uses, with: Object.fromEntries(Object.entries(step.with ?? {}).map(([name, value]) => [name, filled(value)])) });
      return;
    }
    const output = file(`output-${index}`);
    const variables = {
      PATH: process.env["PATH"] ?? "",
      HOME: temporary,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: tree.folder,
      GITHUB_REPOSITORY: "TAPPaaS/fleet",
      GITHUB_ACTOR: "somebody",
      GITHUB_EVENT_NAME: event.name,
      GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event.payload)),
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
      RUNNER_TEMP: join(temporary, "temp"),
      ...env,
      ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)])),
    };
    const script = file(`step-${index}.sh`, filled(step.run ?? ""));
    const result = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { cwd: tree.path(folder), env: variables, encoding: "utf8" });
    log += result.stdout + result.stderr;
    if (result.status !== 0 && failed === 0) failed = result.status ?? -1;
    results[step.id ?? String(index)] = Object.fromEntries(readFileSync(output, "utf8").split("\n").filter((line) => line !== "").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  });
  const outputs = Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value)]));
  return { status: failed, log, summary: readFileSync(summary, "utf8"), outputs, used };
}
