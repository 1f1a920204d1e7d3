/** What every start needs to know of threads, without what it takes to have them. */

/** Stands where a command line would have its arguments and cannot: no argument holds a NUL. */
export const THREAD = "\0thread";

/** More threads wait for each other's memory. */
export const MOST_THREADS = 32;

/** As many threads as are of use where nobody says how many. */
const MOST_UNASKED = 8;

/** So much text, in UTF-16 units, is worth a thread: with less, all of them run the program before V8 has optimised it. */
const WORTH_A_THREAD = 500_000;

/**
 * How many threads judge.
 * @param size of the texts to judge, in UTF-16 units
 * @param asked what the command line says
 * @param cores how many there are; asked only where it matters
 */
export function threadsFor(size: number, asked: number | null, cores: () => number): number {
  if (asked !== null) return asked;
  const worth = Math.floor(size / WORTH_A_THREAD);
  return worth < 2 ? 1 : Math.min(worth, cores(), MOST_UNASKED);
}
