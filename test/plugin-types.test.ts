/** A plugin in TypeScript is checked by the types that are shipped, with nothing else installed and no file passed over. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

let folder: string;

const run = (args: readonly string[], cwd = ROOT): string => {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return stdout + stderr;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tappaas-lint-types-"));
  const installed = join(folder, "node_modules/tappaas-lint");
  mkdirSync(installed, { recursive: true });
  expect(run([TSC, "-b", "src/rules"])).toBe("");
  expect(run(["scripts/types.mjs", join(installed, "types")])).toBe("");
  symlinkSync(join(ROOT, "package.json"), join(installed, "package.json"));
  const compilerOptions = { strict: true, noEmit: true, module: "NodeNext", target: "ES2023", lib: ["ES2023"], types: [], preserveSymlinks: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.mts"] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PLUGIN = `import { JUDGED, defineRule, is, judge } from "tappaas-lint/plugin";

export default [
  defineRule({
    id: "own-option",
    theme: "own",
    severity: "error",
    fix: null,
    scope: "configuration",
    roles: JUDGED,
    docs: { title: "t", convention: "c", handbook: "h", why: "w", bad: [{ code: "{ }", says: [] }], good: [{ code: "{ }" }] },
    options: { type: "object", additionalProperties: false, properties: { least: { type: "integer", default: 1, description: "At least." } } },
    messages: { missing: "it lacks {what}" },
    *check({ config, options }) {
      const least: number = options.least;
      const verdict = judge(config, { path: "a.b", want: is(true) });
      if (verdict.kind === "missing" && least > 0) yield { message: "missing", missing: "a.b", data: { what: "a.b" } };
    },
  }),
];
`;

const mistakes = (text: string): string[] => {
  writeFileSync(join(folder, "plugin.mts"), text);
  return run([TSC, "-p", "."], folder).split("\n").filter((line) => /^\S+\(\d+,\d+\): error/.test(line)).map((line) => line.replace(/\(.*?\): error (TS\d+):.*/u, " $1"));
};

it("finds nothing in one that is right", () => {
  expect(mistakes(PLUGIN)).toEqual([]);
});

it("finds what a message lacks, an option that is used as another type, a word that is none", () => {
  expect(mistakes(PLUGIN.replace('{ what: "a.b" }', '{ that: "a.b" }'))).toEqual(["plugin.mts TS2322"]);
  expect(mistakes(PLUGIN.replace("least: number", "least: string"))).toEqual(["plugin.mts TS2322", "plugin.mts TS2365"]);
  expect(mistakes(PLUGIN.replace('"own",', '"acme",'))).toEqual(["plugin.mts TS2322"]);
});

it("offers what the built program offers", () => {
  const names = (text: string): string[] => [...text.matchAll(/^export (?!type)\{([^}]*)\}/gmu)].flatMap(([, list = ""]) => list.split(",").map((name) => name.trim())).filter((name) => name !== "" && !name.startsWith("type ")).sort();
  const program = `import(${JSON.stringify(join(ROOT, "dist/plugin.mjs"))}).then((all) => console.log(Object.keys(all).sort().join(" ")))`;
  expect(run(["-e", program]).trim()).toBe(names(readFileSync(join(ROOT, "src/rules/plugin.ts"), "utf8")).join(" "));
});
