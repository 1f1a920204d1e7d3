/** The hooks stand at the top of the repository, where hook managers look for them, and name what there is. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const text = (name: string): string => readFileSync(resolve(ROOT, name), "utf8");

describe(".pre-commit-hooks.yaml", () => {
  it("calls the program by the name that the package gives it, on modules and what they depend on", () => {
    const { bin } = JSON.parse(text("package.json")) as { bin: Record<string, string> };
    const hook = text(".pre-commit-hooks.yaml");
    expect(Object.keys(bin)).toContain(/^ {2}entry: (\S+)/m.exec(hook)?.[1]);
    const files = new RegExp(/^ {2}files: (.*)$/m.exec(hook)?.[1] ?? "");
    expect(["src/apps/x/x.nix", "src/apps/x/x.json", ".tappaas-lint.json", "flake.lock", "src/apps/x/x.sh", "x.nixx", "yaflake.lock"].filter((path) => files.test(path))).toEqual(["src/apps/x/x.nix", "src/apps/x/x.json", ".tappaas-lint.json", "flake.lock"]);
  });
});
