/** What goes along with a run where somebody asks for it or looks on: the table of times, the profile, the progress on a terminal. */
import { type Observer, observed } from "../engine/model/index.ts";
import type { LintOptions } from "./arguments.ts";
import { STDERR, complain, print } from "./output.ts";
import { writeReasonOf } from "./reason.ts";
import type { Phase, ThreadWatch } from "./statistics.ts";
import { isTerminalStream } from "./terminal.ts";
import { writeWhole } from "./whole-file.ts";

/** Whoever goes along with a run. */
export interface Company {
  /** The command line goes over to something else. */
  phase(phase: Phase): void;
  /**
   * So many files of a tree are to be checked.
   * @param displayPath turns a root-relative path into the one that reports show
   */
  expect(files: number, displayPath: (path: string) => string): void;
  /** So many files need not be checked, since the cache knows them. */
  spare(files: number): void;
  /** Something is about to be printed. */
  hush(): void;
  /** Is told of other threads; null where they need not measure anything. */
  readonly threads: ThreadWatch | null;
  /** The run is over. Returns the exit status: that of the run, unless something could not be written. */
  leave(status: 0 | 1 | 2): Promise<0 | 1 | 2>;
}

/** Who goes along with a run; null where nobody does. */
export async function companyFor({ statistics: isMeasured, profile }: Pick<LintOptions, "statistics" | "profile">): Promise<Company | null> {
  const finish = profile === null ? null : await (await import("./profile.ts")).startProfile();
  const statistics = isMeasured ? new (await import("./statistics.ts")).Statistics() : null;
  const progress = (await isWatched()) ? new (await import("./progress.ts")).Progress({ width: () => process.stderr.getWindowSize()[0] || 80, write: (text) => print(STDERR, text) }) : null;
  if (finish === null && statistics === null && progress === null) return null;
  const observer: Observer = {
    begin: (work, about) => {
      progress?.begin(work, about);
      return statistics?.begin(work, about) ?? 0;
    },
    end: (mark) => statistics?.end(mark),
    reached: (...how) => progress?.reached(...how),
  };
  if (statistics !== null || progress !== null) observed.by = progress === null ? statistics : observer;
  return {
    phase: (phase) => statistics?.phase(phase),
    expect: (files, displayPath) => {
      progress?.expect(files);
      statistics?.tree(displayPath);
      statistics?.count(`${files.toLocaleString("en")} ${files === 1 ? "file" : "files"} checked`);
    },
    spare: (files) => statistics?.count(`${files.toLocaleString("en")} ${files === 1 ? "file" : "files"} known from the cache`),
    hush: () => progress?.clear(),
    threads: statistics === null ? null : { wait: () => statistics.phase("threads"), add: (times) => statistics.add(times) },
    leave: async (status) => {
      observed.by = null;
      progress?.clear();
      if (statistics !== null) print(STDERR, `\n${statistics.table()}`);
      if (finish === null || profile === null) return status;
      try {
        writeWhole(profile, await finish());
      } catch (error) {
        complain(`The profile ${profile} cannot be written: ${writeReasonOf(error)}.`);
        return 2;
      }
      complain(`The profile is in ${profile}; Chrome's developer tools (Performance, Load profile) and speedscope open it.`);
      return status;
    },
  };
}

/** Whether somebody sees what is written to standard error as it comes, on a terminal that can take a line back. */
async function isWatched(): Promise<boolean> {
  const { CI, TERM } = process.env;
  return (CI === undefined || CI === "" || CI === "false") && TERM !== "dumb" && (await isTerminalStream(STDERR));
}
