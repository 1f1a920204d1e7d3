/** The program, and the library beside it: does what is asked for, loading nothing that this does not need. */
import type { Lint } from "./api-options.ts";
import { STDOUT, complain, print } from "./output.ts";
import { THREAD } from "./thread-start.ts";
import { UsageError } from "./usage-error.ts";

/** Does what is asked for and returns the exit status. */
async function run(): Promise<number> {
  if (process.argv[2] === THREAD) return (await import("./thread.ts")).serveThread();
  const { readArguments } = await import("./arguments.ts");
  const invocation = readArguments(process.argv.slice(2));
  switch (invocation.command) {
    case "print":
      print(STDOUT, invocation.text);
      return 0;
    case "lint":
      return (await import("./lint-command.ts")).lintCommand(invocation);
    case "explain":
      return (await import("./explain-command.ts")).explainCommand(invocation);
    case "rules":
      return (await import("./rules-command.ts")).rulesCommand(invocation);
    case "options":
      return (await import("./options-command.ts")).optionsCommand(invocation);
    case "init":
      return (await import("./init-command.ts")).initCommand(invocation);
    case "lsp":
      return (await import("../lsp/start.ts")).serve((await import("./lsp-platform.ts")).platformWith(await (await import("./plugins.ts")).knownRules(invocation.plugins, null, process.cwd())));
  }
}

/** The library: what it needs is loaded when it is first called. */
export const lint: Lint = async (files, options) => (await import("./api.ts")).lint(files, options);

/** Starts the program. */
export function main(): void {
  run().then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      process.exitCode = 2;
      if (error instanceof UsageError) {
        complain(error.message);
        return;
      }
      if ((error as NodeJS.ErrnoException | null)?.syscall === "uv_cwd") {
        complain("The current folder is gone; change into one that is there.");
        return;
      }
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      complain(`This is a mistake in tappaas-lint; please report it with the command line and the files.\n${text}`);
    },
  );
}
