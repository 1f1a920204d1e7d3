/** Pushes diagnostics to clients that do not ask for them: soon after a change, never in the way of the next one. */
import type { Diagnostic } from "vscode-languageserver-types";
import type { OpenDocument } from "./workspace.ts";

/** Judgements that took longer than this, in milliseconds, are put off while there is typing. */
const LONG = 50;
const LONGEST_WAIT = 1_000;

/** What the pusher works with. */
export interface Work {
  documents(): Iterable<OpenDocument>;
  /** Whether nothing has changed for a document since it was last judged. */
  isJudged(document: OpenDocument): boolean;
  diagnosticsOf(document: OpenDocument): Promise<Diagnostic[]>;
  publish(uri: string, version: number, diagnostics: Diagnostic[]): void;
  failed(error: unknown): void;
}

/** Judges what changes made stale, the document that was changed last first. */
export class Pusher {
  readonly #work: Work;
  #latest: string | null = null;
  /** The change that the latest work was planned for; older work is dropped. */
  #turn = 0;
  #took = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #published = new Map<string, string>();

  constructor(work: Work) {
    this.#work = work;
  }

  /** Something has changed; `uri` is the document that somebody is looking at, where it is one. */
  plan(uri: string | null): void {
    this.#latest = uri ?? this.#latest;
    const turn = ++this.#turn;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const start = () => void this.#run(turn).catch((error: unknown) => this.#work.failed(error));
    if (this.#took > LONG) this.#timer = setTimeout(start, Math.min(this.#took, LONGEST_WAIT));
    // The library hands over one message a turn of the event loop: two turns later all that have come are known.
    else setImmediate(() => setImmediate(start));
  }

  /** A document is closed: what was said of it is taken back. */
  close(uri: string): void {
    if (this.#published.delete(uri)) this.#work.publish(uri, 0, []);
  }

  /** Everything is to be said again. */
  reset(): void {
    this.#published.clear();
  }

  async #run(turn: number): Promise<void> {
    const documents = [...this.#work.documents()].sort((a, b) => Number(b.uri === this.#latest) - Number(a.uri === this.#latest));
    for (const open of documents) {
      if (turn !== this.#turn) return;
      const { version } = open.document;
      const isKnown = this.#work.isJudged(open);
      if (isKnown && this.#published.has(open.uri) && open.uri !== this.#latest) continue;
      const start = performance.now();
      const diagnostics = await this.#work.diagnosticsOf(open);
      if (!isKnown) this.#took = performance.now() - start;
      // Changed while the grammar was being loaded: that change has planned its own turn.
      if (version !== open.document.version) return;
      const said = JSON.stringify(diagnostics);
      if (this.#published.get(open.uri) !== said || open.uri === this.#latest) this.#work.publish(open.uri, version, diagnostics);
      this.#published.set(open.uri, said);
      await new Promise(setImmediate);
    }
  }
}
