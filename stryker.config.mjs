/** Settings of the mutation tests (`npm run mutants`, see CONTRIBUTING.md); `scripts/mutants.mjs` brings Stryker and starts it. */
import { cpus } from "node:os";

const report = process.env["MUTANTS_REPORT"] ?? "build/mutants/reports/all";

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutants.config.ts", related: false },
  coverageAnalysis: "perTest",
  plugins: ["@stryker-mutator/vitest-runner", "./scripts/mutants-plugin.mjs"],
  ignorers: ["documentation"],
  checkers: ["sample"],
  // What the tests of these folders do not read need not be copied.
  ignorePatterns: ["build", "dist", "types", "bench", "action", "man", "completions", "fuzz-failures", ".ci", "/test/cli", "/test/lsp", "/test/vscode", "/test/package", "/test/story", "/test/action"],
  tsconfigFile: "none.json",
  tempDirName: "build/mutants/sandbox",
  reporters: ["json", "html", "progress-append-only"],
  jsonReporter: { fileName: `${report}.json` },
  htmlReporter: { fileName: `${report}.html` },
  // A machine that has other work must not make a mutant look slow; endless loops are found by counting.
  timeoutMS: 60_000,
  timeoutFactor: 4,
  dryRunTimeoutMinutes: 20,
  concurrency: Math.min(2, cpus().length),
  cleanTempDir: "always",
};
