/** Numbers that look random and are the same on every machine: the benchmark's tree must not differ between two runs. */

/**
 * A source of numbers (mulberry32, public domain).
 * @param seed any 32-bit integer
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  /** From 0, below 1. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    /** A whole number from `low` to `high`. */
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    /** Whether something of that likelihood happens. */
    happens: (likelihood) => next() < likelihood,
    pick: (all) => all[Math.floor(next() * all.length)],
    /** Normally distributed around 0 with deviation 1 (Box and Muller). */
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
