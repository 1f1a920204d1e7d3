/** Says how a character of a string may be written in Nix. */

/** Whether a place of a source may stand for a character: it is there, or an escape that makes it. */
export function isWritten(source: string, at: number, char: string): boolean {
  const rest = source.slice(at, at + 4);
  if (rest.startsWith(char)) return true;
  const letter = { "\n": "n", "\r": "r", "\t": "t" }[char];
  if (letter !== undefined && (rest.startsWith(`\\${letter}`) || rest.startsWith(`''\\${letter}`))) return true;
  return rest.startsWith(`\\${char}`) || rest.startsWith(`''\\${char}`) || (char === "$" && rest.startsWith("''$")) || (char === "\n" && rest.startsWith("\r"));
}
