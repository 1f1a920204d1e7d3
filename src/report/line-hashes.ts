/** The hashes of lines by which code scanning knows a finding again after the file around it has changed. */

/** Characters that the rolling hash looks at from the start of a line. */
const blockSize = 100;

const multiplier = 37;

/** Stands for the end of the file in the rolling hash. */
const endOfFile = 0xffff;

const word = 2 ** 32;

/** A number of 64 bits as two words of 32, since a `number` is exact to 53 bits only and `bigint` is ten times slower. */
interface Wide {
  readonly high: number;
  readonly low: number;
}

/**
 * The hash of every line of a file, index 0 the first line: what GitHub's uploader computes as `primaryLocationLineHash`
 * (github/codeql-action, `src/fingerprints.ts`). A hash covers the next 100 characters from the line on that are neither
 * blank nor tab, the end of the file counting as one and followed by zeros, as a polynomial in 37 modulo 2^64; the
 * number behind it counts equal hashes. Lines end at LF, CR LF and also at a lone CR.
 */
export function lineHashes(text: string): string[] {
  const { codes, starts } = hashedCharacters(text);
  const top = power(multiplier, blockSize);
  const seen = new Map<string, number>();
  const hashes: string[] = [];
  let hash: Wide = { high: 0, low: 0 };
  for (let index = 0, line = 0; line < starts.length; index += 1) {
    hash = rolled(hash, codes[index] ?? 0, codes[index - blockSize] ?? 0, top);
    if (index - (starts[line] ?? 0) !== blockSize - 1) continue;
    const value = hexadecimal(hash);
    const count = (seen.get(value) ?? 0) + 1;
    seen.set(value, count);
    hashes.push(`${value}:${count}`);
    line += 1;
  }
  return hashes;
}

/** The UTF-16 units that count, line ends as LF, and the indices of those that begin a line. */
function hashedCharacters(text: string): { codes: Uint16Array; starts: number[] } {
  const codes = new Uint16Array(text.length + 1);
  const starts: number[] = [];
  let length = 0;
  let isStart = true;
  let isAfterReturn = false;
  const add = (code: number): void => {
    if (isStart) starts.push(length);
    isStart = code === 0x0a;
    codes[length] = code;
    length += 1;
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isSkipped = code === 0x20 || code === 0x09 || (isAfterReturn && code === 0x0a);
    isAfterReturn = code === 0x0d;
    if (!isSkipped) add(isAfterReturn ? 0x0a : code);
  }
  add(endOfFile);
  return { codes: codes.subarray(0, length), starts };
}

/** The hash after `entering` came in at the end of the block and `leaving` fell out at its beginning. */
function rolled(hash: Wide, entering: number, leaving: number, top: Wide): Wide {
  const low = hash.low * multiplier + entering - top.low * leaving;
  const high = hash.high * multiplier - top.high * leaving + Math.floor(low / word);
  return { high: modulo(high), low: modulo(low) };
}

function modulo(value: number): number {
  return value - Math.floor(value / word) * word;
}

function power(base: number, exponent: number): Wide {
  let result: Wide = { high: 0, low: 1 };
  for (let count = 0; count < exponent; count += 1) {
    const low = result.low * base;
    result = { high: modulo(result.high * base + Math.floor(low / word)), low: modulo(low) };
  }
  return result;
}

function hexadecimal({ high, low }: Wide): string {
  return high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, "0");
}
