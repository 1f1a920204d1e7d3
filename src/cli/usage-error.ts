/** A mistake in how the program was called: told in one line, with the next step, and status 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
