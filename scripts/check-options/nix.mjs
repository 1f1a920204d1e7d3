/** Runs nix-instantiate on cases of the option judge: many at once, and piece by piece where one of them cannot be evaluated whole. */
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const DRIVER = fileURLToPath(new URL("driver.nix", import.meta.url));
const MAX_OUTPUT = 512 * 1024 * 1024;

/** An evaluator that keeps its files in `folder` and evaluates with the lib at `libPath`. */
export class Nix {
  #folder;
  #libPath;
  #count = 0;
  runs = 0;

  constructor(folder, libPath) {
    this.#folder = folder;
    this.#libPath = libPath;
    mkdirSync(folder, { recursive: true });
  }

  /** Evaluates cases together; an Error in place of the results where Nix refuses. */
  async #run(cases) {
    const casesFile = join(this.#folder, `cases-${this.#count++}.json`);
    writeFileSync(casesFile, JSON.stringify(cases));
    this.runs++;
    const environment = { PATH: process.env.PATH, HOME: this.#folder, NIX_PATH: `nixpkgs=${join(this.#folder, "nixpkgs.nix")}` };
    for (const kind of ["STORE", "STATE", "LOG"]) environment[`NIX_${kind}_DIR`] = join(this.#folder, kind.toLowerCase());
    const args = ["--eval", "--strict", "--json", DRIVER, "--arg", "libPath", this.#libPath, "--argstr", "casesFile", casesFile];
    return new Promise((resolve) => {
      execFile("nix-instantiate", args, { env: environment, maxBuffer: MAX_OUTPUT, timeout: 300_000 }, (error, stdout, stderr) => {
        if (error === null) resolve(JSON.parse(stdout));
        else resolve(new Error(stderr.split("\n").find((line) => line.startsWith("error:")) ?? stderr.slice(-1000)));
      });
    });
  }

  /** One report a case: `{ free, declared }`, or an Error where not even its structure can be evaluated. */
  async evaluate(cases) {
    const results = await this.#run(cases.map((one) => ({ ...one, only: null, side: null })));
    if (!(results instanceof Error)) return results;
    if (cases.length > 1) {
      const half = cases.length >> 1;
      return [...(await this.evaluate(cases.slice(0, half))), ...(await this.evaluate(cases.slice(half)))];
    }
    // A name of `pkgs` that the module computes stands nowhere in its text.
    const missing = /^error: attribute '([\w'-]+)' missing/.exec(results.message)?.[1];
    if (missing !== undefined && !cases[0].dots.includes(missing)) {
      return this.evaluate([{ ...cases[0], pkgs: [...cases[0].pkgs, missing], dots: [...cases[0].dots, missing] }]);
    }
    if (cases[0].placeholders.length > 0) {
      const [without] = await this.evaluate([{ ...cases[0], placeholders: [] }]);
      // Names read from the configuration may be options that the module itself declares: then nothing stands in for them.
      if (!(without instanceof Error) && !JSON.stringify(without).includes('"throw":true')) return [without];
    }
    const free = await this.#descend(cases[0], "free", []);
    const declared = await this.#descend(cases[0], "declared", []);
    return [free instanceof Error ? free : { free, declared: declared instanceof Error ? { set: {} } : declared }];
  }

  /** Evaluates path by path: an error that Nix does not let be caught costs only the value that it is in. */
  async #descend(one, side, path) {
    const [part] = await this.#single(one, side, path);
    if (part instanceof Error) return path.length === 0 ? part : { throw: true, message: part.message };
    if (!("names" in part.part)) return part.part;
    const paths = part.part.names.map((name) => [...path, name]);
    const set = {};
    const whole = await this.#batch(one, side, paths);
    for (const [index, inner] of paths.entries()) {
      set[part.part.names[index]] = whole?.[index] ?? (await this.#descend(one, side, inner));
    }
    return { set, mixed: part.part.mixed };
  }

  async #single(one, side, path) {
    const result = await this.#run([{ ...one, only: path, side }]);
    return result instanceof Error ? [result] : result;
  }

  /** The leaves among several paths at once, if none of them fails; sets are left to the descent. */
  async #batch(one, side, paths) {
    if (paths.length === 0) return [];
    const results = await this.#run(paths.map((path) => ({ ...one, only: path, side })));
    if (results instanceof Error) return null;
    return results.map(({ part }) => ("names" in part ? null : part));
  }
}
