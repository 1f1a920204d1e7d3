/** Tests the text of the matrix page: it needs nothing else, is the same each time, and holds a stranger's text as text. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plainOptions } from "../../../src/report/index.ts";
import { matrixHtml } from "../../../src/report/matrix/matrix-page.ts";
import { file, result, rule, varied } from "../sample.ts";

const page = matrixHtml(varied, plainOptions);
const between = (text: string, open: string, close: string): string => (text.split(open)[1] as string).split(close)[0] as string;

describe("the matrix page", () => {
  it("names nothing that a browser would load", () => {
    const loaded = [...page.matchAll(/<(?!a\b)\w+[^>]*\b(?:src|href|data|poster|srcset)=["']?([^"'\s>]*)/gu)].map((match) => match[1]);
    expect(loaded).toEqual(["data:,"]);
    expect(between(page, "<style>", "</style>")).not.toMatch(/@import|url\(/u);
  });

  it("lets only its own script and style take effect", () => {
    const hash = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`;
    const policy = between(page, 'Content-Security-Policy" content="', '"').replaceAll("&#39;", "'");
    expect(policy).toBe(`default-src 'none'; script-src '${hash(between(page, "<script>", "</script>"))}'; style-src '${hash(between(page, "<style>", "</style>"))}'; img-src data:; base-uri 'none'; form-action 'none'`);
    expect(page).not.toMatch(/<[^>]*\s(?:style|on\w+)=/u);
  });

  it("holds the files that stand beside it in the source", () => {
    for (const name of ["script.js", "style.css"]) {
      const text = readFileSync(new URL(`../../../src/report/matrix/page/${name}`, import.meta.url), "utf8");
      expect([name, page.includes(text)]).toEqual([name, true]);
      expect(text).not.toMatch(/<\/(?:script|style)|<!--/iu);
    }
  });

  it("leads from each cell with findings to them and to the documentation", () => {
    const cells = [...page.matchAll(/<td class="(?:error|warning|info|suppressed)[^"]*">(.*?)<\/td>/gu)].map((match) => match[1] as string);
    expect(cells.length).toBe(7);
    for (const cell of cells) {
      const target = /href="#([^"]+)"/u.exec(cell)?.[1];
      expect(page).toContain(`<section class="group" id="${target}"`);
      expect(cell).toMatch(/<a class="docs" href="https:\/\/example\.org\/rules\.md#[a-z-]+"/u);
    }
    const ids = [...page.matchAll(/\sid="([^"]+)"/gu)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, anchor] of page.matchAll(/href="#([^"]+)"/gu)) expect(ids).toContain(anchor);
  });

  it("shows file, line, message, source, reason and related places of a finding", () => {
    const text = page.replace(/<[^>]+>/gu, "");
    expect(text).toContain("src/apps/wiki/wiki.nix:12:28");
    expect(text).toContain("The user wiki_rw owns no database");
    expect(text).toContain("12   systemd.network.enable = false;");
    expect(text).toContain("Reason: sized by the host");
    expect(text).toContain("see src/foundation/base.nix:3:3: NetworkManager is enabled here");
  });

  it("is the same for the same result, whatever the reader has", () => {
    expect(matrixHtml(varied, { ...plainOptions, width: 200, colors: 3, hyperlinks: true })).toBe(page);
  });

  it("makes no markup and no address of what it is given", () => {
    const evil = `"><img src=x onerror=alert(1)>'</script><!--`;
    const text = matrixHtml(
      result([file(`${evil}.nix`, `${evil}\n`, [{ rule: evil, message: evil, reason: evil, suppressed: true, related: [{ path: evil, message: evil, start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }] }, { rule: "r" }])], {
        rules: [rule("r", { url: "javascript:alert(1)", title: evil, theme: evil })],
        failures: [{ path: evil, rule: evil, message: evil }],
      }),
      plainOptions,
    );
    expect(text.match(/<img|<!--|javascript:/gu)).toBeNull();
    expect(text.match(/<script/gu)).toHaveLength(1);
  });

  it("is a page also where there is nothing to show", () => {
    expect(matrixHtml(result([]), plainOptions)).toContain("No files were linted");
  });
});
