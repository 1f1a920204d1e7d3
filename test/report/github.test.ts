/** Tests the workflow commands against what the Actions runner reads. */

import { describe, expect, it } from "vitest";
import { github } from "../../src/report/github.ts";
import { plainOptions } from "../../src/report/options.ts";
import { file, related, result, varied } from "./sample.ts";

describe("github", () => {
  it("writes a command for each finding and ends with the counts", () => {
    const lines = github(varied, plainOptions).split("\n");
    expect(lines[2]).toBe(
      "::error file=src/apps/wiki/wiki.nix,line=12,endLine=12,col=28,endColumn=33,title=networkd-disabled::systemd-networkd is switched off without force, so another module can switch it on beside NetworkManager; write `systemd.network.enable = lib.mkForce false;`.%0Asrc/foundation/base.nix:3:3: NetworkManager is enabled here",
    );
    expect(lines.slice(-2)).toEqual(["5 errors, 1 warning in 2 of 3 files; 1 suppressed", ""]);
    expect(lines).toHaveLength(8);
  });

  it("leaves columns out where a region has several lines, since the runner drops them", () => {
    expect(github(varied, plainOptions)).toContain("\n::warning file=src/apps/wiki/wiki.nix,line=18,endLine=21,title=postgres-ownership::");
  });

  it("writes an info as a notice", () => {
    const run = result([file("a.nix", "x", [{ rule: "r", severity: "info", message: "Mind." }])]);
    expect(github(run, plainOptions)).toBe("::notice file=a.nix,line=1,endLine=1,col=1,endColumn=1,title=r::Mind.\n1 info in 1 file\n");
  });

  it("escapes as actions/toolkit does and shows what is unsafe", () => {
    const text = "{ }\n";
    const run = result([
      file("a,b:100%\n::.nix", text, [
        { rule: "r,1", message: "100% of a:b,c\r\n::error::\u001b[1m", related: [related("x:y.nix", text, "}", "50%")] },
      ]),
    ]);
    expect(github(run, plainOptions)).toBe(
      "::error file=a%2Cb%3A100%25\\n%3A%3A.nix,line=1,endLine=1,col=1,endColumn=1,title=r%2C1::100%25 of a:b,c\\r\\n::error::\\u{1b}[1m%0Ax:y.nix:1:3: 50%25\n1 error in 1 file\n",
    );
  });

  it("names files from the root of the repository", () => {
    const run = result([file("../b/b.nix", "x", [{ rule: "r", message: "M." }])]);
    expect(github(run, { ...plainOptions, prefix: "src/apps/a" })).toContain("::error file=src/apps/b/b.nix,line=1,");
  });

  it("reports failures as errors", () => {
    const run = result([file("a.nix", null)], {
      failures: [
        { path: "a.nix", rule: "redis-bind", message: "The rule crashed; report it." },
        { path: null, rule: null, message: "No file matches `*.nx`." },
      ],
    });
    expect(github(run, plainOptions)).toBe(
      [
        "::error file=a.nix,title=tappaas-lint failed in redis-bind::The rule crashed; report it.",
        "::error title=tappaas-lint failed::No file matches `*.nx`.",
        "No findings in 1 file; 2 failures, so this is not the whole answer",
        "",
      ].join("\n"),
    );
  });

  it("says when there are more findings than GitHub shows", () => {
    const sketches = Array.from({ length: 11 }, () => ({ rule: "r" }));
    const lines = github(result([file("a.nix", "x", sketches)]), plainOptions).split("\n");
    expect(lines.at(-2)).toBe("11 errors in 1 file; GitHub shows 10 of a kind beside the code, all are in this log");
  });
});
