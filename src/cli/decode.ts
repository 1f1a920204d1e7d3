/** Turns the bytes of a file into its text, or says what kept that from working and what to do. */
import { isUtf8 } from "node:buffer";

/** A text without its byte order mark, or a reason without a full stop. */
export type Decoded = { readonly text: string } | { readonly problem: string };

/** Decodes UTF-8 strictly: a character that is replaced in silence would move every column after it. */
export function decode(bytes: Buffer): Decoded {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { problem: "it is UTF-16; save it as UTF-8" };
  if (bytes.includes(0)) return { problem: "it is a binary file (it contains a NUL byte); name Nix files only" };
  if (!isUtf8(bytes)) return { problem: `line ${firstWrongLine(bytes)} is not UTF-8; save the file as UTF-8` };
  return { text: bytes.toString("utf8", hasMark(bytes) ? 3 : 0) };
}

/** The byte order mark at the start of a file, which its text is read without; empty where there is none. */
export function markOf(bytes: Buffer): string {
  return hasMark(bytes) ? "\uFEFF" : "";
}

function hasMark([first, second, third]: Buffer): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}

/** From 1; a line feed is never part of a longer character. */
function firstWrongLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}
