/** What a configuration may call a priority. */
import { PLAIN_PRIORITY, PRIORITIES } from "../../model/index.ts";

/** Priorities by the function of nixpkgs that gives them, and that of a definition without any. */
export const NAMED_PRIORITIES: Readonly<Record<string, number>> = { ...PRIORITIES, plain: PLAIN_PRIORITY };

/** Their names, from the weakest on. */
export const PRIORITY_NAMES: readonly string[] = Object.keys(NAMED_PRIORITIES).sort((a, b) => (NAMED_PRIORITIES[b] as number) - (NAMED_PRIORITIES[a] as number));
