/**
 * Times how long after `initialized` the first diagnostics of an open module come, in turn with the command line on that module alone,
 * start included, and prints the ratio:
 *
 *     npm run bench:lsp-open -- [--tree FOLDER] [--module FILE] [--runs N]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { StreamMessageReader, StreamMessageWriter, createMessageConnection } from "vscode-languageserver/node";
import { PROGRAM, load, machine, median, time } from "./measure.mjs";

const { values } = parseArgs({ options: { tree: { type: "string", default: "examples/conforming" }, module: { type: "string" }, runs: { type: "string", default: "15" } } });
const tree = resolve(values.tree);
const path = resolve(tree, values.module ?? largest(tree));

/** The longest module of a folder. */
function largest(folder) {
  const modules = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".nix")).map((name) => ({ name, size: statSync(join(folder, name)).size }));
  return modules.sort((a, b) => b.size - a.size)[0]?.name ?? "";
}

/** Milliseconds from `initialized`, with the document right behind it, to its diagnostics. */
async function server() {
  const child = spawn(process.execPath, [PROGRAM, "lsp"], { cwd: tree, stdio: ["pipe", "pipe", "ignore"] });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.onRequest("client/registerCapability", () => null);
  const uri = pathToFileURL(path).href;
  const shown = new Promise((done) => connection.onNotification("textDocument/publishDiagnostics", (params) => params.uri === uri && done(params.diagnostics)));
  connection.listen();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: pathToFileURL(tree).href, capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } });
  const start = performance.now();
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "nix", version: 1, text: readFileSync(path, "utf8") } });
  await shown;
  const took = performance.now() - start;
  child.kill();
  await once(child, "exit");
  return took;
}

const [alone, opened] = [[], []];
for (let run = 0; run < Number(values.runs); run++) {
  alone.push(time({ args: [PROGRAM, path], cwd: tree }));
  opened.push(await server());
}
console.log(`${machine()}; ${path}, ${values.runs} runs in turn, ${load()}`);
console.log(`command line ${median(alone).toFixed(0)} ms, first diagnostics ${median(opened).toFixed(0)} ms after initialized: ratio ${(median(opened) / median(alone)).toFixed(2)} (at most 1)`);
