/** What a thread beside the main one does: it judges portions of a tree and sends back what it found. */
import { parentPort } from "node:worker_threads";
import { observed } from "../engine/model/index.ts";
import type { RunResult } from "../engine/run/index.ts";
import { rules as allRules } from "../rules/index.ts";
import { ownRules } from "../rules/own.ts";
import { DiskHost } from "./disk-host.ts";
import { loadShellParser } from "./grammars.ts";
import { READER } from "./judging.ts";
import { settingsOf } from "./settings.ts";
import { type Answer, type Job, judgePortions } from "./threads.ts";

/** Waits for its job, does it and ends. */
export async function serveThread(): Promise<number> {
  const port = parentPort;
  if (port === null) return 2;
  const asked = new Promise<Job>((resolve) => port.once("message", resolve));
  const { tree, cwd, config, rules, changes, portions, isMeasured, next, records } = await asked;
  const statistics = isMeasured ? new (await import("./statistics.ts")).Statistics() : null;
  statistics?.phase("settings and git");
  observed.by = statistics;
  const disk = DiskHost.of(tree);
  const settings = await settingsOf({ disk, host: disk, targets: portions.flat() }, allRules, config, cwd);
  const all = [...allRules, ...(await ownRules(settings, portions.flat()))];
  let shell: ReturnType<typeof loadShellParser> | null = null;
  const judged = { disk, host: disk, settings, changes: Promise.resolve(changes), cwd, rules: all.filter(({ id }) => rules.includes(id)), knownRules: new Set(all.map(({ id }) => id)) };
  const recorded = records ? (await import("./cache/questions.ts")).answersFor(judged) : null;
  await recorded?.compare(disk, changes);
  // The main thread has the texts and the rules.
  const keep = (result: RunResult): RunResult => {
    if (!records) disk.letGo();
    return { ...result, rules: [], files: result.files.map((file) => ({ ...file, text: null })) };
  };
  statistics?.phase("judging");
  const parts = await judgePortions(judged, portions, next, { nix: READER, shell: () => (shell ??= loadShellParser()) }, recorded, keep);
  const answer: Answer = { parts, times: statistics?.times() ?? null };
  port.postMessage(answer);
  return 0;
}
