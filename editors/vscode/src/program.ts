/** The program that the extension carries: the same one as on the command line, run with the editor's own Node. */
import { execFile } from "node:child_process";
import { Uri } from "vscode";

/** The name that the program puts before what it says of itself. */
const NAME = /^tappaas-lint: /;

/** Where it stands and how it is started. Nothing that a workspace says has a part in either. */
export class Program {
  /** The file to run, absolute. */
  readonly file: string;
  /** A folder that no workspace can put anything into. */
  readonly home: string;
  readonly env: Readonly<Record<string, string>> = {
    // The editor's program is Electron, which this makes a plain Node.
    ELECTRON_RUN_AS_NODE: "1",
    // Windows must not look for programs such as git in the folder that is open.
    NoDefaultCurrentDirectoryInExePath: "1",
  };

  constructor(extension: Uri) {
    const server = Uri.joinPath(extension, "server");
    this.home = server.fsPath;
    this.file = Uri.joinPath(server, "tappaas-lint.js").fsPath;
  }

  /**
   * Runs a command to its end.
   * @param folder the folder to run it in, absolute
   * @returns what it printed
   * @throws Error with what it said, where it failed
   */
  run(args: readonly string[], folder: string): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [this.file, ...args], { cwd: folder, env: { ...process.env, ...this.env }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(stderr.trim().replace(NAME, "") || error.message));
      });
    });
  }
}
