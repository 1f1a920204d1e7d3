/** The tests that mutants run against (`npm run mutants`): quick, in this process, and without another program's judgement. */
import { defineConfig, mergeConfig } from "vitest/config";
import all from "./vitest.config.ts";

export default mergeConfig(
  { ...all, test: { ...all.test, include: [] } },
  defineConfig({
    test: {
      include: ["test/rules/**/*.test.ts", "test/engine/{domain,model,run}/**/*.test.ts"],
      // They ask Nix or systemd, or vary everything for seconds: each of them would run for nearly every mutant. The last lints while
      // its file is loaded, which would make every mutant one that all tests are to be run for.
      exclude: ["test/engine/model/{nix,spellings,limits}.test.ts", "test/engine/domain/{calendar-systemd,tmpfiles}.test.ts", "test/rules/spelling.test.ts", "test/rules/structure/duplicate-attribute.test.ts", "test/rules/worst-module.test.ts"],
      tagsFilter: ["!long"],
      // One program for all files: a mutant takes a second, not ten.
      isolate: false,
    },
  }),
);
