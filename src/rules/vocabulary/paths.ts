/** Shows paths of modules to people as they wrote them. */
import type { At } from "../../engine/model/index.ts";

/** The path that stands at a place; `otherwise` where a name or a computation stands there. */
export function pathAsWritten(place: At, otherwise: string): string {
  const text = place.file.syntax.source.text.slice(place.start, place.end);
  return /^[./~\w][\w./+~-]*$/.test(text) && text.includes("/") ? text : otherwise;
}
