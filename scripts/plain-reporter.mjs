/** A vitest reporter that closes a run with one plain line of counts, and fails a CI run in which a test was skipped. */
export default class PlainReporter {
  onTestRunEnd(modules) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const skipped = [];
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") counts.passed++;
        else if (state === "failed") counts.failed++;
        else {
          counts.skipped++;
          skipped.push(test.fullName);
        }
      }
    }
    if (process.env.CI && counts.skipped > 0) {
      process.exitCode = 1;
      console.log(`Skipped, which in CI no test may be:\n${skipped.map((name) => `  ${name}`).join("\n")}`);
    }
    // Vitest's own summary comes first.
    process.on("exit", () => console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`));
  }
}
