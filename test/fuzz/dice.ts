/** Chance that repeats itself: a seed gives the same choices each time. */

/** A source of numbers that gives the same ones for the same seed (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `below`, exclusive. */
  upTo(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(below, 1);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.upTo(times) === 0;
  }

  oneOf<T>(all: readonly T[]): T {
    return all[this.upTo(all.length)] as T;
  }

  /** From `least` up to and including `most` things. */
  many<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + this.upTo(most - least + 1) }, make);
  }
}
