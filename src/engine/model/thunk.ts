/** A value that is computed when it is first asked for, once, and never runs in circles. */
import type { At } from "./at.ts";
import { limits } from "./limits.ts";
import { observed } from "./observer.ts";
import { unknown, type Value } from "./values.ts";

const PENDING = 0;
const RUNNING = 1;
const DONE = 2;

/**
 * A suspended computation. `at` is the expression as written where the value is used, which may stand elsewhere than the
 * literal that it comes to (`enable = sshOn;`: `at` is `sshOn`, the value's own `at` is the literal).
 */
export class Thunk {
  readonly at: At | null;
  #state = PENDING;
  #compute: (() => Value) | null;
  #value: Value | null = null;
  #isLive = false;

  constructor(compute: () => Value, at: At | null) {
    this.#compute = compute;
    this.at = at;
  }

  /** A value that may still change, and is therefore computed whenever it is asked for. */
  static live(compute: () => Value): Thunk {
    const thunk = new Thunk(compute, null);
    thunk.#isLive = true;
    return thunk;
  }

  static of(value: Value, at: At | null = value.at): Thunk {
    const thunk = new Thunk(() => value, at);
    thunk.#settle(value);
    return thunk;
  }

  /** The value; unknown where computing it would need itself (Nix: "infinite recursion encountered") or go too deep. */
  force(): Value {
    if (this.#state === DONE) return this.#value as Value;
    if (this.#state === RUNNING) return unknown("infinite recursion", this.at);
    // Not kept: from less deep it may still be computed.
    if (!limits.enter()) return unknown(limits.reason, this.at);
    this.#state = RUNNING;
    const { by } = observed;
    const mark = by === null ? 0 : by.begin("evaluation");
    let value: Value;
    try {
      value = (this.#compute as () => Value)();
    } catch (error) {
      this.#state = PENDING;
      throw error;
    } finally {
      limits.leave();
      if (by !== null) by.end(mark);
    }
    // What came out because the steps are used up is not kept either: another file's budget may suffice.
    if (this.#isLive || limits.isExhausted) this.#state = PENDING;
    else this.#settle(value);
    return value;
  }

  #settle(value: Value): void {
    this.#value = value;
    this.#compute = null;
    this.#state = DONE;
  }
}
