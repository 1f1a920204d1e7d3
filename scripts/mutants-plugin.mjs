/** What Stryker leaves out when it mutates the sources: documentation inside rules, and what is not in the sample that is asked for. */
import { createHash } from "node:crypto";

/** The rules' own documentation: their examples are run as tests, and their prose is compared with rules.md when that is generated. */
const documentation = {
  shouldIgnore(path) {
    if (path.isObjectProperty() && path.node.key.name === "docs" && path.parentPath?.parentPath?.node.callee?.name === "defineRule") return "documentation of a rule";
    return undefined;
  },
};

/** Takes each mutant by chance, the same ones for the same seed: `MUTANTS_SAMPLE` is the share, `MUTANTS_SEED` any text. */
class Sample {
  #share = Number(process.env["MUTANTS_SAMPLE"] ?? 1);
  #seed = process.env["MUTANTS_SEED"] ?? "";

  async init() {}

  async check(mutants) {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.#isTaken(mutant) ? { status: "passed" } : { status: "compileError", reason: "not in the sample" }]));
  }

  group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  #isTaken({ fileName, mutatorName, replacement, location: { start, end } }) {
    if (this.#share >= 1) return true;
    const file = fileName.replace(/^.*\/(?=src\/)/, "");
    const key = [this.#seed, file, mutatorName, replacement, start.line, start.column, end.line, end.column].join("\n");
    return createHash("sha256").update(key).digest().readUInt32BE() < this.#share * 2 ** 32;
  }
}

export const strykerPlugins = [
  { kind: "Ignore", name: "documentation", value: documentation },
  { kind: "Checker", name: "sample", injectableClass: Sample },
];
