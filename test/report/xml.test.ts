/** Tests the reports in XML: what they hold, and that a stranger's text cannot leave its place. */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { checkstyle } from "../../src/report/checkstyle.ts";
import { junit } from "../../src/report/junit.ts";
import { file, result } from "./sample.ts";

const run = result(
  [
    file("a.nix", "{\n  a = 1;\n}\n", [
      { rule: "r", at: "a = 1", message: `<b> & "c" ]]> \u0000\uffff` },
      { rule: "s", suppressed: true },
      { rule: "t", severity: "info", message: "Two." },
    ]),
    file("clean.nix", "{ }\n"),
  ],
  { failures: [{ path: "<x>.nix", rule: null, message: "It cannot be read." }] },
);

describe("checkstyle", () => {
  it("lists findings by file, and failures", () => {
    expect(checkstyle(run)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<checkstyle version="4.3">',
        '  <file name="a.nix">',
        '    <error line="2" column="3" severity="error" message="&lt;b&gt; &amp; &quot;c&quot; ]]&gt; \\u{0}\\u{ffff}" source="tappaas-lint.r"/>',
        '    <error line="1" column="1" severity="info" message="Two." source="tappaas-lint.t"/>',
        "  </file>",
        '  <file name="&lt;x&gt;.nix">',
        '    <error line="1" severity="error" message="It cannot be read." source="tappaas-lint.failure"/>',
        "  </file>",
        "</checkstyle>",
        "",
      ].join("\n"),
    );
  });

  it("has only its root where nothing was found", () => {
    expect(checkstyle(result([]))).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3"/>\n');
  });
});

describe("junit", () => {
  it("counts each finding, each clean file and each failure as a test", () => {
    const text = junit(run);
    expect(text).toContain('<testsuites name="tappaas-lint" tests="4" failures="2" errors="1">');
    expect(text).toContain('  <testsuite name="a.nix" tests="2" failures="2" errors="0">\n    <testcase name="r (2:3)" classname="a.nix">\n      <failure type="error" message="&lt;b&gt;');
    expect(text).toContain('  <testsuite name="clean.nix" tests="1" failures="0" errors="0">\n    <testcase name="tappaas-lint" classname="clean.nix"/>\n  </testsuite>');
    expect(text).toContain('<testcase name="run" classname="&lt;x&gt;.nix">\n      <error message="It cannot be read."/>');
  });
});

/** Python's parser is expat. */
const hasPython = spawnSync("python3", ["-c", "import xml.dom.minidom"]).status === 0;

describe.skipIf(!hasPython).each([["checkstyle", checkstyle], ["junit", junit]] as const)("%s", (_, report) => {
  it("is well-formed XML", () => {
    const { status, stderr } = spawnSync("python3", ["-c", "import sys, xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())"], { input: report(run), encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
