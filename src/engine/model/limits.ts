/** The budget of evaluation: a stranger's file must neither exhaust the call stack nor run on, so both are counted. */

/** Evaluations and forced values inside one another, after which a value counts as unknown: the call stack is finite. */
const MAX_DEPTH = 800;
/** Steps of evaluation in one file's judgement after which the rest counts as unknown: a run must end. */
const MAX_STEPS = 400_000;
/** Elements of one list, or pieces of one string. */
const MAX_SIZE = 100_000;
/** Characters of one computed string. */
const MAX_TEXT = 4_000_000;

/** What has been used up. There is one for the process: all work is synchronous, so only one file is judged at a time. */
class Limits {
  #depth = 0;
  #steps = 0;
  /** A limit was reached: some answers are unknown for that reason alone. Whoever wants to know resets it. */
  hit = false;

  /** Starts a new budget of steps. */
  refill(): void {
    this.#steps = 0;
  }

  /** Starts a new budget for work that begins here, rather than inside other work. */
  refillIfIdle(): void {
    if (this.#depth === 0) this.#steps = 0;
  }

  /** Whether all steps are used up. */
  get isExhausted(): boolean {
    return this.#steps >= MAX_STEPS;
  }

  /** Goes one level deeper, if there is room. Whoever got `true` must call `leave`. */
  enter(): boolean {
    if (this.#depth >= MAX_DEPTH || this.#steps >= MAX_STEPS) {
      this.hit = true;
      return false;
    }
    this.#depth++;
    this.#steps++;
    return true;
  }

  leave(): void {
    this.#depth--;
  }

  /** Takes steps from the budget; false where it is used up. */
  spend(steps: number): boolean {
    this.#steps += steps;
    if (this.#steps < MAX_STEPS) return true;
    this.hit = true;
    return false;
  }

  /** Whether a list or string of that many parts may be made; takes as many steps. */
  fits(parts: number, characters = 0): boolean {
    if (parts <= MAX_SIZE && characters <= MAX_TEXT) return this.spend(parts + (characters >> 6));
    this.hit = true;
    return false;
  }

  /** Whether nesting of that depth is still looked at. */
  isWithin(depth: number, most: number): boolean {
    if (depth <= most) return true;
    this.hit = true;
    return false;
  }

  /** Whether a text is longer than any that is looked at. */
  isTooLong(characters: number): boolean {
    if (characters <= MAX_TEXT) return false;
    this.hit = true;
    return true;
  }

  /** Why something was left unknown. */
  get reason(): string {
    return this.#steps >= MAX_STEPS ? "too much to compute" : "nested too deep";
  }
}

export const limits = new Limits();
