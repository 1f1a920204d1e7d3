/** Makes wrong modules of right ones: cut, doubled, shuffled, spliced with others, sprinkled with what parsers stumble over. */

/** A source of numbers that gives the same ones for the same seed (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `below`, exclusive. */
  upTo(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(below, 1);
  }

  oneOf<T>(all: readonly T[]): T {
    return all[this.upTo(all.length)] as T;
  }
}

/** What has meaning somewhere in Nix, in a script, in a schedule, in a suppression, or in no text at all. */
const PIECES = [
  "{", "}", "[", "]", "(", ")", "\"", "''", "${", "$${", "''${", "''\\", "\\", ";", ":", "=", "==", ".", "...", ",", "?", "@", "//", "++", "->", "!", "-", "/*", "*/", "#",
  " or ", " let ", " in ", " rec ", " with ", " inherit ", " if ", " then ", " else ", " assert ", " null ", " import ", "./.", "../..", "<nixpkgs>", "~/x", "http://x.y", "1.5e9", "99999999999999999999",
  "lib.mkForce ", "lib.mkDefault ", "lib.mkIf config.x ", "lib.mkMerge [ ", "builtins.readFile ", "builtins.fromJSON ", "builtins.toJSON ", "config.", "pkgs.",
  "\n", "\r\n", "\t", "\u0000", "\u001b[31m", "\u202e", "\u2028", "\ufeff", "😀", "e\u0301", "\ud800", "\u00a0",
  "# tappaas-lint: disable-next-line ", "# tappaas-lint: disable-file ", "# tappaas-lint: enable", " -- ",
  "*-*-* 02:00:00", "Mon..Fri *-*-1..7/2 *:0/5", "~1", "d /x 0750 root root - -", "f+! /etc/secrets/x 0644 - - - %m",
  "<<EOF\n", "EOF\n", "<<-'X'\n", "$(", "`", "$((1+1))", "|| true", "| tee ", "&& chmod 600 ", "> /etc/secrets/x", "umask 077\n", "case $x in a) ;; esac", "for i in 1 2; do ", "done", "fi", "function f { ", "openssl rand -hex 32",
];

/** A span of a text, rather short than long. */
function span(dice: Dice, text: string): [number, number] {
  const start = dice.upTo(text.length + 1);
  const length = dice.upTo(3) === 0 ? dice.upTo(text.length) : dice.upTo(12);
  return [start, Math.min(text.length, start + length)];
}

/** Changes a text in a few places. `others` are texts that pieces may come from. */
export function mutated(dice: Dice, text: string, others: readonly string[]): string {
  let result = text;
  for (let times = 1 + dice.upTo(6); times > 0; times--) {
    const [start, end] = span(dice, result);
    const [before, inside, after] = [result.slice(0, start), result.slice(start, end), result.slice(end)];
    switch (dice.upTo(8)) {
      case 0:
        result = before + after;
        break;
      case 1:
        result = before + inside + inside + after;
        break;
      case 2: {
        const other = dice.oneOf(others);
        result = before + other.slice(...span(dice, other)) + after;
        break;
      }
      case 3:
        result = before + inside.split("").reverse().join("") + after;
        break;
      case 4:
        result = dice.upTo(4) === 0 ? before : before + dice.oneOf(PIECES).repeat(1 + dice.upTo(40)) + after;
        break;
      case 5:
        result = dice.upTo(6) === 0 ? result.replaceAll("\n", "\r\n") : before + dice.oneOf(PIECES) + inside + dice.oneOf(PIECES) + after;
        break;
      default:
        result = before + dice.oneOf(PIECES) + after;
    }
  }
  return result;
}
