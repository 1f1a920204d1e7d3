/** Uses the matrix page in Debian's Chromium as people do: by mouse, by keyboard, on a small screen, in the dark and on paper. */
/// <reference lib="dom" />
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { plainOptions } from "../../../src/report/index.ts";
import { matrixHtml } from "../../../src/report/matrix/matrix-page.ts";
import { file, result, rule, varied } from "../sample.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
if (CHROMIUM === undefined) console.warn("Chromium is not installed, so the matrix page is not tried in it; `apt-get install chromium` brings it.");

const EVIL = `"><img src=x onerror=alert(1)></title></script><script>alert(2)</script>'`;
const EVIL_NAME = EVIL.replaceAll("/", "");
const hostile = result(
  [
    file(`apps/${EVIL_NAME}.nix`, `{ a = "${EVIL}"; }\n`, [
      { rule: "r", at: EVIL, message: `\`${EVIL}\` ${EVIL}`, related: [{ path: EVIL, message: EVIL, start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }] },
      { rule: "r", severity: "warning", suppressed: true, reason: EVIL },
    ]),
    file("apps/\u202egnp.nix", "{ }\n"),
  ],
  { rules: [rule("r", { title: EVIL })], failures: [{ path: EVIL, rule: null, message: EVIL }] },
);

let browser: Browser;
let folder: string;
const trouble: string[] = [];

/** Opens the page of a result; what goes wrong in it, or is asked of the network, is noted. */
async function open(run: typeof varied, options: BrowserContextOptions = {}): Promise<Page> {
  const path = join(folder, "matrix.html");
  writeFileSync(path, matrixHtml(run, plainOptions));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
  page.on("console", (message) => trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("dialog", (dialog) => trouble.push(`dialog ${dialog.message()}`));
  page.on("request", (request) => {
    if (request.url() !== pathToFileURL(path).href && request.url() !== "data:,") trouble.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  return page;
}

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");

describe.skipIf(CHROMIUM === undefined)("the matrix page in Chromium", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "tappaas-lint-page-"));
    browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    expect(trouble.splice(0)).toEqual([]);
  });

  it("runs nothing of what it shows", async () => {
    const page = await open(hostile);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(1);
    expect(await page.locator("h3").first().textContent()).toBe(`apps/${EVIL_NAME}.nix system`);
    expect(await page.locator("mark").first().textContent()).toBe(EVIL);
    expect(await page.locator("tbody th").nth(1).textContent()).toBe("\\u{202e}gnp");
    expect(await page.getByRole("link", { name: `1 error: r in ${EVIL_NAME}`, exact: true }).count()).toBe(1);
  });

  it("says by roles and names what a cell is", async () => {
    const page = await open(varied);
    expect(await page.getByRole("grid", { name: "Matrix" }).count()).toBe(1);
    expect(await page.getByRole("rowheader").allTextContents()).toEqual(["base baseline", "cache", "wiki"]);
    expect(await page.getByRole("columnheader").allTextContents()).toEqual(["Module structure", "Baseline", "Containers and databases", "File", "errors", "warnings", "infos", "hardware-import", "networkd-disabled", "image-pinned", "postgres-ownership", "postgres-package", "redis-bind", "redis-memory"]);
    const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "cache" }) });
    expect(await row.getByRole("gridcell").allTextContents()).toEqual(["1", "", "", "", "", "", "", "", "1?", "s?"]);
    expect(await row.getByRole("gridcell", { name: "nothing reported" }).count()).toBe(5);
    expect(await row.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("aria-label") ?? link.textContent))).toEqual([
      "cache", "1 error: redis-bind in cache", "documentation of redis-bind", "1 suppressed: redis-memory in cache", "documentation of redis-memory",
    ]);
    for (const [role, name] of [["searchbox", "Search"], ["group", "Severity"], ["group", "Theme"], ["button", "Dark"], ["checkbox", "error 5"], ["search", "Filter"]] as const) expect([name, await page.getByRole(role, { name }).count()]).toEqual([name, 1]);
  });

  it("leads from a cell to its findings and back", async () => {
    const page = await open(varied);
    await page.getByRole("link", { name: "1 error: networkd-disabled in wiki" }).click();
    const group = page.locator(".group:target");
    expect(await group.locator("h4 > span").first().textContent()).toBe("networkd-disabled");
    expect(await group.locator(".where").textContent()).toBe("src/apps/wiki/wiki.nix:12:28");
    expect(await group.evaluate((element) => element.getBoundingClientRect().top < innerHeight)).toBe(true);
    expect(await group.getByRole("link", { name: "documentation of networkd-disabled" }).getAttribute("href")).toBe("https://example.org/rules.md#networkd-disabled");
    await group.getByRole("link", { name: "back to the matrix" }).click();
    expect(await focused(page)).toBe("1 error: networkd-disabled in wiki");
  });

  it("is one stop for the tab key, and arrows move in it", async () => {
    const page = await open(varied);
    await page.locator("#more-filters button[type=reset]").focus();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("base baseline");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("table") ?? null)).toBeNull();
    await page.locator("tbody th").first().focus();
    const moves: [string, string][] = [
      ["ArrowDown", "cache"],
      ["ArrowDown", "wiki"],
      ["ArrowDown", "wiki"],
      ["End", "nothing reported"],
      ["ArrowLeft", "nothing reported"],
      ["ArrowLeft", "1 error: postgres-package in wiki"],
      ["ArrowUp", "nothing reported"],
      ["ArrowRight", "1 error: redis-bind in cache"],
      ["ArrowRight", "1 suppressed: redis-memory in cache"],
      ["PageUp", "redis-memory"],
      ["Home", "File"],
      ["Control+End", "nothing reported"],
      ["Control+Home", "File"],
      ["PageDown", "wiki"],
    ];
    for (const [key, name] of moves) {
      await page.keyboard.press(key);
      expect([key, await focused(page)]).toEqual([key, name]);
    }
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    expect(await page.locator(".group:target h4 > span").first().textContent()).toBe("hardware-import");
  });

  it("opens the documentation of the cell by a key", async () => {
    const page = await open(varied);
    await page.evaluate(() => document.addEventListener("click", (event) => {
      event.preventDefault();
      document.title = (event.target as HTMLAnchorElement).href;
    }));
    await page.getByRole("link", { name: "1 error: redis-bind in cache" }).focus();
    await page.keyboard.press("d");
    expect(await page.title()).toBe("https://example.org/rules.md#redis-bind");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("d");
    expect(await page.title()).toBe("https://example.org/rules.md#postgres-package");
  });

  it("searches modules, conventions and messages", async () => {
    const page = await open(varied);
    const state = async (): Promise<unknown> => ({
      rows: await page.locator("tbody th:visible").allTextContents(),
      rules: await page.locator("th.rule:visible").allTextContents(),
      files: await page.locator("h3:visible").allTextContents(),
      status: await page.getByRole("status").textContent(),
    });
    await page.locator("h2").first().click();
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("search");
    await page.keyboard.type("Owns DATABASE");
    expect(await state()).toEqual({ rows: ["wiki"], rules: ["postgres-ownership"], files: ["src/apps/wiki/wiki.nix system"], status: "1 of 7 findings, 1 of 3 files" });
    await page.getByRole("searchbox").fill("apps/cache");
    expect(await state()).toEqual({ rows: ["cache"], rules: ["redis-bind", "redis-memory"], files: ["src/apps/cache/cache.nix system"], status: "2 of 7 findings, 1 of 3 files" });
    await page.getByRole("searchbox").fill("nothing has this");
    expect(await state()).toEqual({ rows: [], rules: [], files: [], status: "0 of 7 findings, 0 of 3 files" });
    await page.keyboard.press("Escape");
    expect(await state()).toMatchObject({ rows: ["base baseline", "cache", "wiki"], status: "All 7 findings, 3 files" });
    await page.keyboard.press("Escape");
    expect(await focused(page)).toBe("cache");
  });

  it("filters by severity and theme, in cells, counts and heads alike", async () => {
    const page = await open(varied);
    const row = (name: string) => page.locator("tbody tr").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    await page.getByRole("checkbox", { name: "error 5" }).uncheck();
    expect(await row("wiki").locator("td:visible").allTextContents()).toEqual(["", "1", "", "1?", ""]);
    expect(await page.locator("th.theme:visible").evaluateAll((heads) => heads.map((head) => [head.textContent, (head as HTMLTableCellElement).colSpan]))).toEqual([["Containers and databases", 2]]);
    expect(await page.getByRole("status").textContent()).toBe("2 of 7 findings, 3 of 3 files");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(() => page.getByRole("status").textContent()).toBe("All 7 findings, 3 files");
    await page.getByRole("button", { name: "None" }).click();
    expect(await page.locator("th.rule:visible").count()).toBe(0);
    await page.getByRole("checkbox", { name: "Baseline" }).check();
    await page.getByRole("checkbox", { name: "files without findings" }).uncheck();
    expect(await page.locator("tbody th:visible").allTextContents()).toEqual(["wiki"]);
    await page.getByRole("button", { name: "Clear filters" }).click();
    // A form is emptied only after it has told of that.
    await expect.poll(() => page.getByRole("status").textContent()).toBe("All 7 findings, 3 files");
  });

  it("shows a cell whose findings are filtered out as that", async () => {
    const page = await open(result([file("a.nix", "{ }\n", [{ rule: "r" }]), file("b.nix", "{ }\n", [{ rule: "r", severity: "warning" }, { rule: "r", severity: "info" }])], { rules: [rule("r"), rule("clean")] }));
    await page.getByRole("checkbox", { name: "warning" }).uncheck();
    await page.getByRole("checkbox", { name: "error" }).uncheck();
    expect(await page.getByRole("gridcell", { name: "filtered out" }).count()).toBe(1);
    expect(await page.getByRole("link", { name: "1 info: r in b" }).count()).toBe(1);
    await page.getByRole("checkbox", { name: "conventions without findings" }).check();
    expect(await page.locator("th.rule:visible").allTextContents()).toEqual(["clean", "r"]);
  });

  it.each(["light", "dark"] as const)("can be read in the %s, and switched from it", async (colorScheme) => {
    const page = await open(varied, { colorScheme });
    // WCAG 2.2, 1.4.3: 4.5 to 1 for text.
    const weak = (): Promise<string[]> =>
      page.evaluate(() => {
        const channels = (color: string): number[] => (color.match(/[\d.]+/gu) ?? []).map(Number);
        const luminance = (color: string): number => {
          const [r = 0, g = 0, b = 0] = channels(color).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = (element: Element | null): string => {
          if (element === null) return "rgb(255, 255, 255)";
          const { backgroundColor } = getComputedStyle(element);
          return channels(backgroundColor)[3] === 0 ? ground(element.parentElement) : backgroundColor;
        };
        return [...document.querySelectorAll(".summary, .chip, .chip b, .help, .mark, th.rule a, th.name a, th.name small, td.total, td .count, .theme span, h3, h4 a, h4 .title, .badge, .where, .message, .message code, .number, .line, mark, .related, .reason, footer p, footer a, .status, button")].flatMap((element) => {
          const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          return ratio >= 4.5 ? [] : [`${element.tagName}.${element.className} ${ratio.toFixed(2)}`];
        });
      });
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await ground();
    expect(await weak()).toEqual([]);
    const button = page.getByRole("button", { name: "Dark" });
    expect(await button.getAttribute("aria-pressed")).toBe(String(colorScheme === "dark"));
    await button.click();
    expect(await button.getAttribute("aria-pressed")).toBe(String(colorScheme === "light"));
    expect(await ground()).not.toBe(before);
    expect(await weak()).toEqual([]);
    // Chromium writes what is kept when it finds the time, and a page that is gone by then is not asked again.
    const afterReload = async (): Promise<string | null> => {
      await page.reload();
      const pressed = await button.getAttribute("aria-pressed");
      if (pressed !== String(colorScheme === "light")) await button.click();
      await page.waitForTimeout(200);
      return pressed;
    };
    await expect.poll(afterReload, { timeout: 20_000 }).toBe(String(colorScheme === "light"));
  });

  it("fits a small screen: only the matrix and the source scroll sideways", async () => {
    const many = result([file(`apps/${"long-name-".repeat(20)}.nix`, `${"x".repeat(500)}\n`, Array.from({ length: 40 }, (_, index) => ({ rule: `a-rather-long-rule-${index}`, message: "y".repeat(500) })))]);
    const page = await open(many, { viewport: { width: 360, height: 640 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.locator("td .count").first().focus();
    await page.keyboard.press("End");
    const [cell, head] = [await page.locator("td .count").last().boundingBox(), await page.locator("tbody th").boundingBox()];
    expect((cell?.x ?? 0) >= (head?.x ?? 0) + (head?.width ?? 0) - 1 && (cell?.x ?? 360) < 360).toBe(true);
  });

  it("prints light, without controls, and all of the matrix", async () => {
    const page = await open(varied, { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(27, 33, 43)");
    expect(await page.locator("#filters, #scheme, .keys, .back").evaluateAll((elements) => elements.filter((element) => getComputedStyle(element).display !== "none").length)).toBe(0);
    expect(await page.locator(".scroll").evaluate((element) => getComputedStyle(element).overflow)).toBe("visible");
    expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("is there to read without its script", async () => {
    const page = await open(varied, { javaScriptEnabled: false });
    expect(await page.locator("#filters").isVisible()).toBe(false);
    await page.getByRole("link", { name: "1 error: redis-bind in cache" }).click();
    expect(await page.locator(".group:target .where").textContent()).toBe("src/apps/cache/cache.nix:3:62");
  });
});
