/** Sets V8 up for a run that is over before most of its code has become hot. */
import { setFlagsFromString } from "node:v8";

/**
 * Flags of V8 (`node --v8-options`):
 * - It compiles WebAssembly that runs hot a second time, in the background, and does not end before it has done so: a run would
 *   take twice to four times as long. The first flag stands for the other two, but newer versions only see that at their start.
 * - It compiles JavaScript that has run for a while with optimisations. What takes half a second gains less from that than it
 *   costs, so three times as much has to run first. V8 12 (Node 22) has no such flag, and a compiler in between.
 * - The space for new objects starts with a megabyte and doubles each time that it proves too small; nearly all that a run
 *   makes lives until its end, and is copied each time.
 */
const FLAGS = ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering", "--semi-space-growth-factor=16"];

/** To be called by a command that does one thing and ends, before any WebAssembly is loaded. */
export function expectShortRun(): void {
  const isOld = Number.parseInt(process.versions.v8, 10) < 12;
  for (const flag of [...FLAGS, ...(isOld ? ["--interrupt-budget=400000"] : [])]) setFlagsFromString(flag);
}
