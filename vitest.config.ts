/** Vitest settings: every test stands under test/ and mirrors src/. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    tags: [{ name: "long", description: "Varies things for seconds, or asks another program; mutants go without (vitest.mutants.config.ts)." }],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Without this a style sheet is empty, also where its text is asked for.
    css: true,
  },
});
