/** Random choices that fast-check can shrink: a generator reads numbers from a tape and takes the simplest choice at its end. */
import fc from "fast-check";

/** Hands out choices. */
export class Tape {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** Whether all numbers are used up: generators that nest then come to an end. */
  get isSpent(): boolean {
    return this.#next >= this.#numbers.length;
  }

  /** A number from 0 up to but not including `limit`. */
  below(limit: number): number {
    const number = this.#numbers[this.#next] ?? 0;
    this.#next++;
    return number % limit;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === times - 1;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** From `least` up to and including `most` things. */
  many<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, (_, index) => make(index));
  }
}

/** The numbers of tapes of up to so many; a property makes its `Tape` of them, since a tape is used up by reading. */
export function tapes(length: number): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.nat(0xffff), { minLength: Math.ceil(length / 4), maxLength: length, size: "max" });
}

/**
 * A fixed number of samples, the same at each run. For a long round of one's own, `SEED` in the environment gives others, and
 * `ROUNDS` so many times as many.
 */
export function fixed(count: number, seed: number): { readonly numRuns: number; readonly seed: number } {
  const { SEED = "0", ROUNDS = "1" } = process.env;
  return { numRuns: count * Number(ROUNDS), seed: seed + Number(SEED) };
}

/** A fixed sample of what a generator makes. */
export function sample<T>(make: (tape: Tape) => T, length: number, count: number, seed: number): T[] {
  return fc.sample(tapes(length), fixed(count, seed)).map((numbers) => make(new Tape(numbers)));
}
