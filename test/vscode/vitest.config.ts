/** Vitest settings of the tests in a real VS Code, which take minutes and are no part of `npm test`. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/vscode/**/*.editor.ts"],
    reporters: ["default", "./scripts/plain-reporter.mjs"],
    // The machine may be busy; what is waited for is seen at once when it is there.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000, interval: 100 } },
    // Each step goes on from where the one before it ended.
    bail: 1,
    fileParallelism: false,
  },
});
