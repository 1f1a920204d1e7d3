/** What goes along with a run: the progress on a terminal, the table of times, the profile. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { Progress } from "../../src/cli/progress.ts";
import { Statistics } from "../../src/cli/statistics.ts";
import { toolPath } from "../support/tools.ts";
import { BAD, GOOD, ONE_RULE, PROGRAM, Tree } from "./program.ts";

const python = toolPath("python3");
const TERMINAL = resolve(import.meta.dirname, "../support/terminal.py");
const EXAMPLE = readFileSync(resolve(import.meta.dirname, "../../examples/conforming/apps/notes/notes.nix"), "utf8");

/** What somebody sees who starts the program in a terminal; each step waits for what it names and then does something. */
async function seen(tree: Tree, args: readonly string[], steps: readonly { readonly after: RegExp; readonly act: (type: (text: string) => void) => void }[] = [], env: Record<string, string> = {}): Promise<{ readonly text: string; readonly status: number | null }> {
  const { PATH = "" } = process.env;
  const child = spawn(python as string, [TERMINAL, "72", process.execPath, PROGRAM, ...args], { cwd: tree.folder, env: { PATH, TERM: "xterm", ...env }, stdio: ["pipe", "pipe", "inherit"] });
  const pending = [...steps];
  let text = "";
  let from = 0;
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    const [step] = pending;
    if (step === undefined || !step.after.test(text.slice(from))) return;
    pending.shift();
    from = text.length;
    step.act((typed) => child.stdin.write(typed));
  });
  const status = await new Promise<number | null>((done) => child.on("exit", done));
  return { text, status };
}

describe("progress", () => {
  const follow = (width: number) => {
    const written: string[] = [];
    const clock = { now: 0 };
    return { written, clock, progress: new Progress({ width: () => width, write: (text) => void written.push(text) }, () => clock.now) };
  };

  it("is silent for a second, and then says no more than ten times a second how far the run is", () => {
    const { written, clock, progress } = follow(60);
    progress.expect(2000);
    for (let file = 0; file < 1200; file++) {
      clock.now = file;
      progress.begin("parsing", { file: `apps/m${file}.nix` });
    }
    clock.now = 1300;
    progress.reached("configurations", 500, 1000);
    progress.clear();
    progress.clear();
    expect(written).toEqual(["\rChecking 2,000 files: 25 %  apps/m1000.nix\x1b[K", "\rChecking 2,000 files: 27 %  apps/m1100.nix\x1b[K", "\rChecking 2,000 files: 75 %\x1b[K", "\r\x1b[K"]);
  });

  it("keeps to the width of the terminal, with wide and with dangerous names", () => {
    const line = (width: number, file: string): string => {
      const { written, clock, progress } = follow(width);
      progress.expect(1);
      clock.now = 1000;
      progress.begin("parsing", { file });
      return (written[0] as string).slice(1, -3);
    };
    expect(line(80, "modules/a.nix")).toBe("Checking 1 file: 50 %  modules/a.nix");
    expect(line(40, "modules/with-a-long-name/module.nix")).toBe("Checking 1 file: 50 %  …name/module.nix");
    expect(line(40, "モジュール/とても長い名前/モジュール.nix")).toBe("Checking 1 file: 50 %  …/モジュール.nix");
    expect(line(30, "modules/a.nix")).toBe("Checking 1 file: 50 %");
    expect(line(10, "modules/a.nix")).toBe("Checking ");
    expect(line(80, "a\x1b[2Jb\n.nix")).not.toMatch(/[\x1b\n]/);
  });

  it("counts the portions that threads take", () => {
    const { written, clock, progress } = follow(60);
    progress.expect(100);
    progress.reached("portions", 0, 4);
    clock.now = 1000;
    progress.reached("portions", 1, 4);
    clock.now = 1100;
    progress.reached("configurations", 9, 10);
    clock.now = 1200;
    progress.reached("portions", 4, 4);
    expect(written.map((text) => text.slice(1, -3))).toEqual(["Checking 100 files: 25 %", "Checking 100 files: 25 %", "Checking 100 files: 99 %"]);
  });

  it.skipIf(python === null)("is gone from the terminal before the report comes", async () => {
    const tree = new Tree(Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`apps/m${index}/m${index}.nix`, `${EXAMPLE}# ${index}\n`])));
    // Each is named after its folder and not as its host.
    const all = ["--ignore-rule", "host-name"];
    const line = String.raw`\rChecking 250 files: \d\d? %(?:  apps/m\d+/m\d+\.nix)?\x1b\[K`;
    const alone = await seen(tree, [...all, "--threads", "1", "--no-color"]);
    expect(alone.status).toBe(0);
    expect(alone.text).toMatch(new RegExp(`^(?:${line})+\\r\\x1b\\[KNo findings in 250 files\\r\\n$`));
    // Several threads may be ready before a second is over.
    expect((await seen(tree, [...all, "--threads", "2", "--no-color"])).text).toMatch(new RegExp(`^(?:(?:${line})+\\r\\x1b\\[K)?No findings in 250 files\\r\\n$`));
    expect((await seen(tree, [...all, "--no-color"], [], { CI: "true" })).text).toBe("No findings in 250 files\r\n");
    expect(tree.run(all)).toEqual({ status: 0, stdout: "No findings in 250 files\n", stderr: "" });
    // A busy machine takes its time for so many files.
  }, 240_000);

  it.skipIf(python === null)("does not show on a terminal that cannot take it back", async () => {
    expect((await seen(new Tree({ "a.nix": GOOD }), [...ONE_RULE, "--no-color"], [], { TERM: "dumb" })).text).toBe("No findings in 1 file\r\n");
  });

  it.skipIf(python === null)("does not show where the run is short", async () => {
    expect((await seen(new Tree({ "a.nix": GOOD }), [...ONE_RULE, "--no-color"])).text).toBe("No findings in 1 file\r\n");
  });
});

describe("the screen of --watch", () => {
  it.skipIf(python === null)("shows the last check alone, and ends with its status at Ctrl-C", async () => {
    const tree = new Tree({ "a.nix": BAD });
    const { text, status } = await seen(tree, ["--watch", "--no-color", "--format", "compact", ...ONE_RULE], [
      { after: /Ctrl-C ends/, act: () => tree.write("a.nix", GOOD) },
      { after: /Ctrl-C ends/, act: (type) => type("\x03") },
    ]);
    expect(status).toBe(0);
    const [before, first, second] = text.replace(/\d\d:\d\d:\d\d/g, "TIME").replace(/\d+ ms/g, "MS").split("\x1b[2J\x1b[H");
    expect(before).toBe("");
    expect(first).toMatch(/^a\.nix:4:24: error: .* \[grow-partition\].*\r\n\r\nTIME  Checked 1 file in MS; waiting for changes \(Ctrl-C ends\)\r\n$/s);
    expect(second).toBe("\r\nTIME  a.nix changed: checked 1 of 1 file again in MS; waiting for changes (Ctrl-C ends)\r\n^C\r\n");
  });
});

describe("--statistics", () => {
  it("counts what happens inside something else for the inner one alone", () => {
    let now = 0;
    const statistics = new Statistics(() => now);
    const at = (time: number, act: () => void): void => {
      now = time;
      act();
    };
    const marks: number[] = [];
    at(100, () => statistics.phase("judging"));
    at(110, () => marks.push(statistics.begin("rules", { rule: "a", file: "x.nix" })));
    at(120, () => marks.push(statistics.begin("evaluation")));
    at(125, () => marks.push(statistics.begin("evaluation")));
    at(130, () => marks.push(statistics.begin("parsing", { file: "y.nix" })));
    at(150, () => statistics.end(marks.pop() as number));
    at(155, () => statistics.end(marks.pop() as number));
    at(160, () => statistics.end(marks.pop() as number));
    at(170, () => statistics.end(marks.pop() as number));
    at(175, () => marks.push(statistics.begin("rules", { rule: "b", file: "x.nix" })));
    // A rule that crashes leaves what it began.
    at(176, () => statistics.begin("scripts"));
    at(180, () => statistics.end(marks.pop() as number));
    at(200, () => statistics.phase("reports"));
    now = 210;
    const { work, rules, files } = statistics.times();
    expect(Object.fromEntries(work)).toEqual({ start: 100, judging: 35, rules: 21, evaluation: 20, parsing: 20, scripts: 4, reports: 10 });
    expect(Object.fromEntries(rules)).toEqual({ a: 20, b: 1 });
    expect(Object.fromEntries(files)).toEqual({ "x.nix": 45, "y.nix": 20 });
    statistics.count("2 files checked");
    expect(statistics.table()).toBe(
      [
        "Time",
        "     100.0 ms  47.6 %  start of the program",
        "       0.0 ms   0.0 %  finding and opening files",
        "       0.0 ms   0.0 %  configuration, rules and git",
        "       0.0 ms   0.0 %  waiting for the grammars",
        "      20.0 ms   9.5 %  parsing",
        "      20.0 ms   9.5 %  evaluation (the model)",
        "       4.0 ms   1.9 %  scripts",
        "      21.0 ms  10.0 %  rules",
        "      35.0 ms  16.7 %  roles, order and the rest of judging",
        "      10.0 ms   4.8 %  reports",
        "     210.0 ms 100.0 %  in all",
        "",
        "Rules, each without what it had the model compute",
        "      20.0 ms   9.5 %  a",
        "       1.0 ms   0.5 %  b",
        "",
        "Slowest files, each with what was first computed for it",
        "      45.0 ms  21.4 %  x.nix",
        "      20.0 ms   9.5 %  y.nix",
        "",
        "Counts",
        "  2 files checked",
        "",
      ].join("\n"),
    );
  });

  it.each(["1", "2"])("stands behind the report, which it leaves as it is: %s threads", (threads) => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": GOOD });
    const plain = tree.run([...ONE_RULE, "--threads", threads]);
    const { status, stdout, stderr } = tree.run([...ONE_RULE, "--threads", threads, "--statistics"]);
    expect({ status, stdout }).toEqual({ status: plain.status, stdout: plain.stdout });
    const lines = stderr.split("\n");
    const heads = lines.filter((line) => /^[A-Z]/.test(line));
    expect(heads).toEqual([threads === "1" ? "Time" : "Time of all 2 threads together", ...(threads === "1" ? [] : ["Threads"]), "Rules, each without what it had the model compute", "Slowest files, each with what was first computed for it", "Counts"]);
    for (const name of ["parsing", "evaluation (the model)", "rules", "grow-partition", "a.nix", "b.nix", "2 files checked"]) expect(stderr).toContain(`  ${name}\n`);
    // The parts are the whole.
    const times = lines.slice(lines.indexOf(heads[0] as string) + 1, lines.indexOf("", 2)).map((line) => Number(/^ *([\d.]+) ms/.exec(line)?.[1]));
    expect(times.slice(0, -1).reduce((sum, time) => sum + time, 0)).toBeCloseTo(times.at(-1) as number, 0);
  });
});

describe("--profile", () => {
  it("writes what V8 tells, with the names of the sources, and says where", () => {
    const tree = new Tree({ "a.nix": EXAMPLE });
    const plain = tree.run([]);
    const { status, stdout, stderr } = tree.run(["--profile", "lint.cpuprofile"]);
    expect({ status, stdout }).toEqual({ status: plain.status, stdout: plain.stdout });
    expect(stderr).toBe("tappaas-lint: The profile is in lint.cpuprofile; Chrome's developer tools (Performance, Load profile) and speedscope open it.\n");
    const profile = JSON.parse(readFileSync(tree.path("lint.cpuprofile"), "utf8")) as { nodes: { id: number; callFrame: { functionName: string; url: string } }[]; samples: number[]; timeDeltas: number[]; startTime: number; endTime: number };
    expect(profile.samples.length).toBeGreaterThan(20);
    expect(profile.timeDeltas).toHaveLength(profile.samples.length);
    const ids = new Set(profile.nodes.map(({ id }) => id));
    expect(profile.samples.every((id) => ids.has(id))).toBe(true);
    expect(profile.nodes.map(({ callFrame }) => `${callFrame.functionName} ${callFrame.url}`)).toContain("lintPaths src/cli/lint-command.ts");
    expect(readdirSync(tree.folder).sort()).toEqual([".git", "a.nix", "lint.cpuprofile"]);
  });

  it("fails where it cannot be written, and leaves nothing", () => {
    const tree = new Tree({ "a.nix": GOOD });
    const { status, stderr } = tree.run([...ONE_RULE, "--profile", "nowhere/lint.cpuprofile"]);
    expect(status).toBe(2);
    expect(stderr).toBe("tappaas-lint: The profile nowhere/lint.cpuprofile cannot be written: its folder does not exist.\n");
    expect(existsSync(tree.path("nowhere"))).toBe(false);
    expect(tree.run(["--profile", ""])).toEqual({ status: 2, stdout: "", stderr: "tappaas-lint: `--profile` lacks the file to write; `--profile lint.cpuprofile` is one.\n" });
  });
});

it("loads none of it in a plain run", () => {
  const tree = new Tree({ "a.nix": GOOD });
  const { PATH = "" } = process.env;
  const hook = join(tree.folder, "hook.cjs");
  tree.write("hook.cjs", 'const { _load } = require("module"); const M = require("module"); const seen = []; M._load = function (name, ...rest) { seen.push(name); return _load.call(this, name, ...rest); }; process.on("exit", () => console.error(seen.join("\\n")));');
  const run = (args: readonly string[]): string => spawnSync(process.execPath, ["--require", hook, PROGRAM, ...ONE_RULE, ...args, "a.nix"], { cwd: tree.folder, encoding: "utf8", env: { PATH } }).stderr;
  expect(run([])).not.toMatch(/statistics|progress|profile|inspector|perf_hooks/);
  expect(run(["--statistics"])).toMatch(/statistics/);
});
