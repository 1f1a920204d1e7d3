/** Records where V8 spends its time, for `--profile`: a file of its own that nothing else loads. */
import { readFileSync } from "node:fs";
import { type Profiler, Session } from "node:inspector/promises";
import { SourceMap, type SourceMapPayload, type SourceMapping } from "node:module";

/** Microseconds between two looks at the stack. */
const INTERVAL = 200;

/** Starts recording. What is returned ends it and gives the profile as Chrome's developer tools and speedscope read it (`.cpuprofile`). */
export async function startProfile(): Promise<() => Promise<string>> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: INTERVAL });
  await session.post("Profiler.start");
  return async () => {
    const { profile } = await session.post("Profiler.stop");
    session.disconnect();
    return JSON.stringify({ ...profile, nodes: profile.nodes.map((node) => ({ ...node, callFrame: inSources(node.callFrame) })) });
  };
}

/** As the program is loaded (`launch.ts`): its name, and what stands before its text. */
const PROGRAM = "tappaas-lint";
const WRAPPER = "(function (exports, require, module, __filename, __dirname) {".length;

/** Characters that an escape (`\u1234`) takes more than what it stands for. */
const ESCAPE = 5;

/** The map that the build writes, with the columns where characters have become escapes since it was made. */
interface ProgramMap extends SourceMapPayload {
  readonly escapes: readonly (readonly number[])[];
}

let read: { readonly map: SourceMap; readonly escapes: ProgramMap["escapes"] } | null = null;

/** A function of the program by its name and place in the sources; the program itself has only short names, in a single line. */
function inSources(frame: Profiler.ProfileNode["callFrame"]): Profiler.ProfileNode["callFrame"] {
  if (frame.url !== PROGRAM) return frame;
  if (read === null) {
    const payload = JSON.parse(readFileSync(`${__dirname}/program.js.map`, "utf8")) as ProgramMap;
    read = { map: new SourceMap(payload), escapes: payload.escapes };
  }
  let column = frame.columnNumber - (frame.lineNumber === 0 ? WRAPPER : 0);
  const escapes = read.escapes[frame.lineNumber] ?? [];
  column -= ESCAPE * escapes.filter((at, index) => at + ESCAPE * index < column).length;
  const entry: Partial<SourceMapping> & { readonly name?: string } = read.map.findEntry(frame.lineNumber, column);
  if (entry.originalSource === undefined || entry.originalLine === undefined || entry.originalColumn === undefined) return frame;
  return { ...frame, functionName: frame.functionName === "" ? "" : (entry.name ?? frame.functionName), url: entry.originalSource, lineNumber: entry.originalLine, columnNumber: entry.originalColumn };
}
