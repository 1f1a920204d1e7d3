/** A script's text as one string, with the way from its characters back to the `.nix` file. */
import { MAX_HOLES, HOLE, holeMark } from "../../syntax/shell/index.ts";
import { type Span, sourceOffset } from "../../syntax/index.ts";
import type { At } from "../at.ts";
import type { Piece, StringValue, Value } from "../values.ts";

export interface ScriptText {
  readonly text: string;
  /** The values of the interpolations that stand in `text` as marks. */
  readonly holes: readonly Value[];
  /** The place in the source of a span of `text`; the whole value's place where it was computed. */
  at(span: Span): At | null;
}

interface Segment {
  readonly start: number;
  readonly length: number;
  readonly piece: Piece;
}

/** Makes one text of a string's pieces; null where it has characters that the marks need. */
export function scriptText(value: StringValue): ScriptText | null {
  let text = "";
  const holes: Value[] = [];
  const segments: Segment[] = [];
  for (const piece of value.pieces) {
    const start = text.length;
    if ("text" in piece) {
      if (piece.text.includes(HOLE)) return null;
      text += piece.text;
    } else {
      if (holes.length >= MAX_HOLES) return null;
      text += holeMark(holes.length);
      holes.push(piece.hole);
    }
    segments.push({ start, length: text.length - start, piece });
  }
  return { text, holes, at: (span) => locate(segments, span, value.at) };
}

function locate(segments: readonly Segment[], span: Span, fallback: At | null): At | null {
  const start = edge(segments, span.start, false);
  const end = edge(segments, Math.max(span.start, span.end - 1), true);
  if (start === null || end === null || start.file !== end.file || end.offset < start.offset) return fallback;
  return { file: start.file, start: start.offset, end: end.offset };
}

/** The source offset of the first (or behind the last) character of a span. */
function edge(segments: readonly Segment[], offset: number, behind: boolean): { file: At["file"]; offset: number } | null {
  const segment = segments.find(({ start, length }) => offset < start + length) ?? segments[segments.length - 1];
  if (segment === undefined) return null;
  const { piece, start } = segment;
  const site = piece.site ?? ("text" in piece ? null : piece.at);
  // Text that came in through an interpolation was written elsewhere: in the script it is the interpolation.
  if (site !== null) return { file: site.file, offset: behind ? site.end : site.start };
  if (!("text" in piece) || piece.map === null || piece.at === null) return null;
  const index = offset - start;
  return { file: piece.at.file, offset: behind ? sourceOffset(piece.map, index) + 1 : sourceOffset(piece.map, index) };
}
