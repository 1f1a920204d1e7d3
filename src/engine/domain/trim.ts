/** Trims ends in time that grows with the text: a regular expression that ends in `$` starts anew at every character that it may trim. */

/** A text without those of some characters that stand at its end. */
export function trimmedEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] as string)) end--;
  return text.slice(0, end);
}
