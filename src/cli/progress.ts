/** Shows on a terminal how far a run is that takes longer than a second: one line, which is gone before anything else is said. */
import stringWidth from "string-width";
import type { Subject, Work } from "../engine/model/index.ts";
import { visible } from "../report/text.ts";

/** Milliseconds before anything is shown, and between one line and the next. */
const PATIENCE = 1000;
const INTERVAL = 100;

/** Where the line is shown. */
export interface Terminal {
  /** Columns; asked anew for each line, since a window changes. */
  width(): number;
  write(text: string): void;
}

/** Follows a run by what the engine tells of it. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  #next: number;
  #files = 0;
  #parsed = 0;
  #share = 0;
  #hasPortions = false;
  #isShown = false;

  /** @param now milliseconds; the run begins with the first time that it gives */
  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
    this.#next = now() + PATIENCE;
  }

  /** So many files are to be checked. */
  expect(files: number): void {
    this.#files += files;
  }

  begin(work: Work, about?: Subject): void {
    if (work !== "parsing") return;
    this.#parsed++;
    // Parsing is about half of what there is to do, judging the other.
    if (!this.#hasPortions) this.#advance(Math.min(this.#parsed / Math.max(this.#files, 1), 1) / 2);
    this.#show(about?.file ?? "");
  }

  reached(what: "configurations" | "portions", done: number, of: number): void {
    if (what === "portions") this.#hasPortions = true;
    if (what === "portions") this.#advance(done / of);
    else if (!this.#hasPortions) this.#advance((1 + done / of) / 2);
    this.#show("");
  }

  /** Never back: several trees are judged one after the other. */
  #advance(share: number): void {
    this.#share = Math.max(this.#share, Math.min(share, 1));
  }

  #show(path: string): void {
    const now = this.#now();
    if (now < this.#next) return;
    this.#next = now + INTERVAL;
    const percent = Math.min(99, Math.floor(100 * this.#share));
    // The last column stays free: some terminals go on to the next line after it.
    const line = fitted(`Checking ${this.#files.toLocaleString("en")} ${this.#files === 1 ? "file" : "files"}: ${percent} %`, visible(path), this.#terminal.width() - 1);
    this.#terminal.write(`\r${line}\x1b[K`);
    this.#isShown = true;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#isShown) this.#terminal.write("\r\x1b[K");
    this.#isShown = false;
  }
}

/** A text with as much of the end of a path behind it as fits. */
function fitted(text: string, path: string, width: number): string {
  if (stringWidth(text) > width) return text.slice(0, Math.max(width, 0));
  const room = width - stringWidth(text) - 2;
  if (path === "" || room < 10) return text;
  if (stringWidth(path) <= room) return `${text}  ${path}`;
  const characters = [...path];
  while (characters.length > 0 && stringWidth(characters.join("")) > room - 1) characters.shift();
  return `${text}  …${characters.join("")}`;
}
