/** What `scripts/fuzz.mjs` needs, in one piece. */
export { verdictOn } from "./checks.ts";
export { readCorpus } from "./corpus.ts";
export { Dice } from "./dice.ts";
export { kinds, make } from "./kinds.ts";
