/** Finds the name that somebody most likely meant, so that every "did you mean" in the program agrees. */

import { distance } from "fastest-levenshtein";

/** Longer names are no slips of the pen, and comparing them would cost more than it gives. */
const LENGTH_MAX = 100;

/**
 * The candidate nearest to a name by edit distance. Up to a third of the name's letters may differ, at least one, at most
 * three; a difference in case alone always counts as near.
 *
 * @param candidates names in order of preference: of several equally near ones the first is taken
 * @returns null where none is near enough, or where the name is one of the candidates
 */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  if (name.length === 0 || name.length > LENGTH_MAX) return null;
  const lower = name.toLowerCase();
  const limit = Math.min(3, Math.max(1, Math.floor(name.length / 3)));
  let nearest: string | null = null;
  let least = limit + 1;
  for (const candidate of candidates) {
    if (candidate === name) return null;
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const letters = distance(lower, candidate.toLowerCase());
    // A difference in case only decides between candidates that are equally near otherwise.
    const apart = letters + (distance(name, candidate) > letters ? 0.5 : 0);
    if (apart < least) {
      least = apart;
      nearest = candidate;
    }
  }
  return nearest;
}
