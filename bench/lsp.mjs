/**
 * Times the way from a keystroke to its diagnostics in a module of 900 lines with ten scripts, in turn with parsing that module
 * from scratch with the same grammar, in one process, and prints the ratio:
 *
 *     npm run bench:lsp -- [--edits N] [--runs N] [--memory N]
 *
 * The server is the whole one, spoken to through streams. `--memory` makes that many edits after the runs, of which every tenth is waited for, and says what is left.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { load as bundle } from "../scripts/load.mjs";
import { MODULE, keystrokes } from "./lsp/module.mjs";
import { load, machine, quantile } from "./measure.mjs";

const { values } = parseArgs({ options: { edits: { type: "string", default: "500" }, runs: { type: "string", default: "5" }, memory: { type: "string", default: "10000" } } });
const { Server, createConnection, createMessageConnection, StreamMessageReader, StreamMessageWriter, platform, parseOnly } = await bundle("bench/lsp/parts.ts");

/**
 * Starts to take the time: milliseconds that went by, and those of them that the process had. On a machine that does other work
 * beside, long work is put aside more often than short, so that only the second say what a change is worth.
 */
function clock() {
  const [start, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wall: performance.now() - start, cpu: (user + system) / 1000 };
  };
}

/** A client of a server in the same process, with one open document. */
class Session {
  #connection;
  #waiting = null;
  #version = 1;
  text = MODULE;
  diagnostics = [];

  static async start(folder) {
    const session = new Session();
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    new Server(connection, platform, (_, message) => new Error(message)).listen();
    session.#connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    session.#connection.onNotification("textDocument/publishDiagnostics", ({ version, diagnostics }) => {
      session.diagnostics = diagnostics;
      if (version === session.#version) session.#waiting?.();
    });
    session.#connection.listen();
    await session.#connection.sendRequest("initialize", { processId: null, rootUri: pathToFileURL(folder).href, capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } });
    session.#connection.onRequest("client/registerCapability", () => null);
    await session.#connection.sendNotification("initialized", {});
    session.uri = pathToFileURL(join(folder, "archive.nix")).href;
    const shown = session.#shown();
    await session.#connection.sendNotification("textDocument/didOpen", { textDocument: { uri: session.uri, languageId: "nix", version: 1, text: MODULE } });
    await shown;
    return session;
  }

  #shown() {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Makes an edit; what it took until its diagnostics are there, where they are waited for. */
  async type({ offset, remove, insert }, isAwaited = true) {
    const before = this.text.slice(0, offset);
    const line = before.split("\n").length - 1;
    const character = offset - (before.lastIndexOf("\n") + 1);
    const removed = this.text.slice(offset, offset + remove);
    const end = removed.includes("\n") ? { line: line + 1, character: 0 } : { line, character: character + remove };
    this.text = before + insert + this.text.slice(offset + remove);
    this.#version++;
    const shown = this.#shown();
    const took = clock();
    await this.#connection.sendNotification("textDocument/didChange", { textDocument: { uri: this.uri, version: this.#version }, contentChanges: [{ range: { start: { line, character }, end }, text: insert }] });
    if (isAwaited) await shown;
    return took();
  }
}

const folder = await mkdtemp(join(tmpdir(), "tappaas-lint-bench-"));
await writeFile(join(folder, "archive.nix"), MODULE);
await writeFile(join(folder, "archive.json"), '{ "vmname": "archive" }');
try {
  const parse = await parseOnly();
  console.log(`${machine()}, ${load()}; ${MODULE.split("\n").length - 1} lines, ${(MODULE.length / 1024).toFixed(0)} KB`);
  const session = await Session.start(folder);
  console.log(`${session.diagnostics.length} findings: ${[...new Set(session.diagnostics.map(({ code }) => code))].join(", ")}`);
  const ratios = { wall: [], cpu: [] };
  for (let run = 0; run < Number(values.runs); run++) {
    const [typed, parsed] = [[], []];
    for (const key of keystrokes(Number(values.edits))) {
      typed.push(await session.type(key));
      const took = clock();
      parse(session.text);
      parsed.push(took());
    }
    console.log(`run ${run + 1}, ${typed.length} keystrokes:`);
    for (const kind of ["wall", "cpu"]) {
      const [own, reference] = [typed, parsed].map((all) => all.map((each) => each[kind]));
      const [scratch, median, high] = [quantile(reference, 0.5), quantile(own, 0.5), quantile(own, 0.95)];
      ratios[kind].push({ median: median / scratch, high: high / scratch });
      console.log(`  ${kind.padEnd(4)} parse from scratch ${scratch.toFixed(2)} ms; keystroke median ${median.toFixed(2)} ms, 95 % ${high.toFixed(2)} ms, most ${Math.max(...own).toFixed(1)} ms; ratios ${(median / scratch).toFixed(2)} and ${(high / scratch).toFixed(2)}`);
    }
  }
  for (const kind of ["wall", "cpu"]) console.log(`${kind}, median of the runs: ${quantile(ratios[kind].map(({ median }) => median), 0.5).toFixed(2)} times parsing (at most 2), 95th percentile ${quantile(ratios[kind].map(({ high }) => high), 0.5).toFixed(2)} times (at most 4)`);
  await memory(session, Number(values.memory));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

/** Makes many edits and prints what they left in memory. */
async function memory(session, edits) {
  const gc = globalThis.gc ?? (() => undefined);
  const used = () => {
    gc();
    const { heapUsed, rss, arrayBuffers } = process.memoryUsage();
    return [heapUsed, arrayBuffers, rss].map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`).join(" / ");
  };
  if (edits === 0) return;
  console.log(`heap / buffers / resident before: ${used()}`);
  let made = 0;
  while (made < edits) {
    // Somebody who types fast does not wait for every judgement either.
    const keys = keystrokes(Math.min(1000, edits - made));
    for (const [index, key] of keys.entries()) await session.type(key, index % 10 === 9 || index === keys.length - 1);
    made += keys.length;
    console.log(`after ${made} edits: ${used()}`);
  }
}
