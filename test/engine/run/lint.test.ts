/** The run: where lacks are reported, what a target sees, crashes, suppressions, counts. */
import { describe, expect, it } from "vitest";
import { JUDGED, LIMIT_REACHED, MODULES, defineRule, type Rule } from "../../../src/engine/run/index.ts";
import { lintTree, shown } from "../../support/lint.ts";

const docs = { title: "T", convention: "C", handbook: "H", why: "W", bad: [{ code: "", says: [] }], good: [{ code: "" }] } as const;

const lacks = defineRule({
  id: "lacks",
  theme: "baseline",
  severity: "error",
  fix: null,
  scope: "configuration",
  roles: JUDGED,
  docs,
  messages: { missing: "{option} is missing" },
  *check({ config }) {
    if (config.option("services.qemuGuest.enable").state === "undefined") yield { message: "missing", missing: "guest", data: { option: "qemuGuest" } };
  },
});

const wrong = defineRule({
  id: "wrong",
  theme: "baseline",
  severity: "warning",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs,
  messages: { wrong: "it is wrong" },
  *check({ config }) {
    for (const { value, valueAt } of config.option("networking.firewall.enable").definitions) if (value.t === "bool" && !value.v && valueAt !== null) yield { message: "wrong", at: valueAt };
  },
});

const HARDWARE = "/etc/nixos/hardware-configuration.nix";
const system = (body: string, ...imports: string[]): string => `{ ... }: {\n  imports = [ ${[HARDWARE, ...imports].join(" ")} ];\n${body}}\n`;

function findings(files: Record<string, string>, rules: readonly Rule[], targets?: readonly string[]): string[] {
  return lintTree(files, rules, targets === undefined ? {} : { targets }).files.flatMap((file) => file.findings.map((finding) => shown(file.path, finding)));
}

describe("a lack", () => {
  it("stands at the imports of the system", () => {
    expect(findings({ "a.nix": system("") }, [lacks])).toEqual(["a.nix:2:3-2:10 qemuGuest is missing"]);
  });

  it("stands at the head of the body where there are no imports", () => {
    expect(findings({ "a.nix": '{ ... }:\n{\n  system.stateVersion = "25.05";\n}\n' }, [lacks])).toEqual(["a.nix:2:1-2:2 qemuGuest is missing"]);
  });

  const common = '{ ... }:\n{\n  system.stateVersion = "25.05";\n}\n';

  it("that all systems of a baseline have is the baseline's, once", () => {
    expect(findings({ "common.nix": common, "a.nix": system("", "./common.nix"), "b.nix": system("", "./common.nix") }, [lacks])).toEqual(["common.nix:2:1-2:2 qemuGuest is missing"]);
  });

  it("that only some systems of a baseline have is theirs", () => {
    expect(findings({ "common.nix": common, "a.nix": system("", "./common.nix"), "b.nix": system("  services.qemuGuest.enable = true;\n", "./common.nix") }, [lacks])).toEqual(["a.nix:2:3-2:10 qemuGuest is missing"]);
  });

  it("is none where each system gets the thing from elsewhere", () => {
    const own = "  services.qemuGuest.enable = true;\n";
    expect(findings({ "common.nix": common, "a.nix": system(own, "./common.nix"), "b.nix": system(own, "./common.nix") }, [lacks])).toEqual([]);
  });

  it("of a flake's system is the baseline's that it builds alone", () => {
    const flake = "{ outputs = { self, nixpkgs }: { nixosConfigurations.x = nixpkgs.lib.nixosSystem { modules = [ ./common.nix ]; }; }; }";
    expect(findings({ "common.nix": common, "flake.nix": flake }, [lacks])).toEqual(["common.nix:2:1-2:2 qemuGuest is missing"]);
  });

  it("is unknown where an import leads out of the tree", () => {
    expect(findings({ "a.nix": system("", "/etc/nixos/other.nix"), "b.nix": system("", "../../x.nix"), "c.nix": system("", "./gone.nix") }, [lacks])).toEqual([]);
  });
});

describe("a wrong value", () => {
  const part = "{ ... }: {\n  networking.firewall.enable = false;\n}\n";

  it("in a shared file is reported there, once", () => {
    expect(findings({ "part.nix": part, "a.nix": system("", "./part.nix"), "b.nix": system("", "./part.nix") }, [wrong])).toEqual(["part.nix:2:32-2:37 it is wrong"]);
  });

  it("is seen by whoever lints the shared file alone, and not by who lints a system alone", () => {
    const files = { "part.nix": part, "a.nix": system("", "./part.nix") };
    expect(findings(files, [wrong], ["part.nix"])).toEqual(["part.nix:2:32-2:37 it is wrong"]);
    expect(findings(files, [wrong], ["a.nix"])).toEqual([]);
  });
});

describe("a part of a part", () => {
  const inner = "{ ... }: {\n  networking.firewall.enable = false;\n}\n";
  const outer = (value: string): string => `{ lib, ... }: {\n  imports = [ ./inner.nix ];\n  networking.firewall.enable = ${value};\n}\n`;
  // Of the definitions that take part, `wrong` sees those that no other has replaced.
  const winning = defineRule({
    id: "winning",
    theme: "baseline",
    severity: "warning",
    fix: null,
    scope: "configuration",
    roles: MODULES,
    docs,
    messages: { wrong: "it is wrong" },
    *check({ config }) {
      for (const { value, valueAt } of config.option("networking.firewall.enable").winners) if (value.t === "bool" && !value.v && valueAt !== null) yield { message: "wrong", at: valueAt };
    },
  });

  it("is judged with what it is a part of, although no system shows the whole", () => {
    expect(findings({ "inner.nix": inner, "outer.nix": outer("lib.mkForce true") }, [winning])).toEqual([]);
    expect(findings({ "inner.nix": inner, "outer.nix": outer("lib.mkDefault true") }, [winning])).toEqual(["inner.nix:2:32-2:37 it is wrong"]);
  });

  it("is judged alone where the parts import each other", () => {
    expect(findings({ "inner.nix": inner.replace("networking", "imports = [ ./outer.nix ]; networking"), "outer.nix": outer("lib.mkDefault true") }, [winning])).toEqual(["inner.nix:2:59-2:64 it is wrong"]);
  });

  it("that is a baseline has to be whole by itself", () => {
    expect(findings({ "common.nix": '{ ... }:\n{\n  system.stateVersion = "25.05";\n}\n', "part.nix": "{ ... }: {\n  imports = [ ./common.nix ];\n}\n" }, [lacks])).toEqual(["common.nix:2:1-2:2 qemuGuest is missing"]);
  });
});

describe("a target linted alone", () => {
  it("gets the findings that a run over everything gives it", () => {
    const files = {
      "common.nix": '{ ... }:\n{\n  system.stateVersion = "25.05";\n  networking.firewall.enable = false;\n}\n',
      "a.nix": system("", "./common.nix"),
      "b.nix": system("", "./common.nix"),
      "c.nix": system(""),
    };
    const all = findings(files, [lacks, wrong]);
    for (const path of Object.keys(files)) expect(findings(files, [lacks, wrong], [path])).toEqual(all.filter((line) => line.startsWith(`${path}:`)));
    expect(all).toHaveLength(3);
  });
});

describe("a rule that crashes", () => {
  const crashes = defineRule({
    ...{ id: "crashes", theme: "baseline", severity: "error", fix: null, scope: "file", roles: ["system"], docs, messages: {} },
    check() {
      throw new Error("no\nway");
    },
  } as Parameters<typeof defineRule>[0]);

  it("is told with rule and file, and the others go on", () => {
    const result = lintTree({ "a.nix": system("") }, [crashes, lacks]);
    expect(result.failures).toEqual([
      { path: "a.nix", rule: "crashes", message: "The rule crashed (no way). This is a mistake in tappaas-lint: please report it with this file; `--ignore-rule crashes` goes on without the rule." },
    ]);
    expect(result.summary).toMatchObject({ files: 1, errors: 1 });
  });
});

describe("a suppression", () => {
  it("keeps a finding back, with its reason, and is counted", () => {
    const result = lintTree({ "a.nix": `{ ... }: {\n  # tappaas-lint: disable-next-line lacks -- made elsewhere\n  imports = [ ${HARDWARE} ];\n}\n` }, [lacks]);
    expect(result.files[0]?.findings).toMatchObject([{ rule: "lacks", suppressed: true, reason: "made elsewhere" }]);
    expect(result.summary).toEqual({ files: 1, errors: 0, warnings: 0, infos: 0, suppressed: 1, fixable: 0 });
  });
});

describe("a file that cannot be read", () => {
  it("is a failure of the run, and the others are linted", () => {
    const result = lintTree({ "a.nix": system("") }, [lacks], { targets: ["gone.nix", "a.nix"] });
    expect(result.failures).toEqual([{ path: "gone.nix", rule: null, message: "This file cannot be read; check that it is a text file in UTF-8 that you may read." }]);
    expect(result.summary.errors).toBe(1);
  });
});

describe("a module that is more than any", () => {
  const long = "let fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2); in fib 40 == 0";

  it("is told of, and the others are judged", () => {
    // Nobody looks there.
    expect(lintTree({ "a.nix": system(`services.x.y = ${long};`) }, [lacks]).failures).toEqual([]);
    const judged = lintTree({ "a.nix": system(`networking.firewall.enable = ${long};`), "b.nix": system("") }, [lacks, wrong]);
    expect(judged.failures).toEqual([{ path: "a.nix", rule: null, message: LIMIT_REACHED }]);
    expect(judged.summary).toMatchObject({ files: 2, errors: 2 });
  });

  it("is told of where what it imports has no end", () => {
    const files = { "a.nix": system("", "(import ./part.nix)"), "part.nix": "{ imports = [ (import ./part.nix) (import ./part.nix) ]; }\n" };
    expect(lintTree(files, [lacks]).failures.map(({ message }) => message)).toContain(LIMIT_REACHED);
  });

  it("is told of where it is nested deeper than can be read", () => {
    expect(lintTree({ "a.nix": `${"[ ".repeat(30_000)}${"] ".repeat(30_000)}` }, [lacks]).failures).toEqual([{ path: "a.nix", rule: null, message: LIMIT_REACHED }]);
  });
});
