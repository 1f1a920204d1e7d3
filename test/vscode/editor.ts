/** A real VS Code: code-server with the packaged extension in a profile of its own, looked at and typed into with a browser. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where the pictures of each step are kept. */
export const PICTURES = join(ROOT, "build/vscode-pictures");

/** What brought code-server says of where it is; `test/vscode/run.mjs` sets it. */
const CACHE = process.env.LINT_VSCODE_CACHE ?? "";
const VSIX = process.env.LINT_VSIX ?? "";

/** The part of Playwright's API that is used here; its package is in the cache and not among the project's. */
export interface Locator {
  click(options?: { readonly button?: "left" | "middle" }): Promise<void>;
  fill(text: string): Promise<void>;
  hover(): Promise<void>;
  count(): Promise<number>;
  first(): Locator;
  nth(index: number): Locator;
  locator(selector: string): Locator;
  filter(options: { readonly hasText: string | RegExp }): Locator;
  allInnerTexts(): Promise<string[]>;
  innerText(): Promise<string>;
  getAttribute(name: string): Promise<string | null>;
  isVisible(): Promise<boolean>;
  waitFor(options?: { readonly state?: "visible" | "hidden" | "attached" | "detached"; readonly timeout?: number }): Promise<void>;
}

export interface Page {
  readonly keyboard: { press(key: string): Promise<void>; type(text: string, options?: { readonly delay?: number }): Promise<void>; insertText(text: string): Promise<void> };
  goto(url: string): Promise<unknown>;
  locator(selector: string): Locator;
  getByRole(role: string, options?: { readonly name?: string | RegExp; readonly exact?: boolean }): Locator;
  screenshot(options: { readonly path: string }): Promise<unknown>;
  waitForTimeout(milliseconds: number): Promise<void>;
}

interface Browser {
  newPage(options: object): Promise<Page>;
  close(): Promise<void>;
}

/** Settings of the user, which keep everything away that is not about the extension. */
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "git.enabled": false,
  "files.autoSave": "off",
};

/** One editor with one folder open. */
export class Editor {
  readonly page: Page;
  /** The folder that is open. */
  readonly folder: string;
  readonly #home: string;
  readonly #server: ChildProcess;
  readonly #browser: Browser;
  static #pictures = 0;

  private constructor(page: Page, folder: string, home: string, server: ChildProcess, browser: Browser) {
    this.page = page;
    this.folder = folder;
    this.#home = home;
    this.#server = server;
    this.#browser = browser;
  }

  /**
   * Starts an editor on a folder with these files.
   * @param files texts by path; those that begin with `../` stand beside the folder
   * @param settings settings of the user, beside those that keep the editor quiet
   */
  static async open(files: Readonly<Record<string, string>>, settings: object = {}): Promise<Editor> {
    const home = realpathSync(mkdtempSync(join(tmpdir(), "tappaas-lint-vscode-")));
    const folder = join(home, "work/modules");
    for (const [path, text] of Object.entries({ ...files, "../../profile/User/settings.json": `${JSON.stringify({ ...SETTINGS, ...settings }, null, 2)}\n`, "../../config.yaml": "auth: none\n" })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const node = join(CACHE, "node_modules", `node-linux-${process.arch}`, "bin/node");
    const own = ["--config", join(home, "config.yaml"), "--user-data-dir", join(home, "profile"), "--extensions-dir", join(home, "extensions")];
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      XDG_DATA_HOME: join(home, "data"),
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_CACHE_HOME: join(home, "cache"),
      LANG: "C.UTF-8",
      // Nothing is fetched from anywhere.
      EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "http://127.0.0.1:9/gallery", itemUrl: "http://127.0.0.1:9/item", resourceUrlTemplate: "http://127.0.0.1:9/{publisher}/{name}" }),
    };
    const program = join(CACHE, "node_modules/code-server/out/node/entry.js");
    const installed = spawnSync(node, [program, ...own, "--install-extension", VSIX], { env, encoding: "utf8" });
    if (installed.error !== undefined) throw installed.error;
    if (!installed.stdout.includes("was successfully installed")) throw new Error(`The extension cannot be installed: ${installed.stdout}${installed.stderr}`);
    const port = await freePort();
    const log = openSync(join(home, "server.log"), "w");
    // A group of its own (`setsid`), so that all that it starts ends with it.
    const server = spawn(node, [program, ...own, "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"], { env, stdio: ["ignore", log, log], detached: true });
    closeSync(log);
    const { chromium } = (await import(pathToFileURL(join(CACHE, "node_modules/playwright-core/index.mjs")).href)) as { chromium: { launch(options: object): Promise<Browser> } };
    try {
      await answers(`http://127.0.0.1:${port}/healthz`, join(home, "server.log"));
      const browser = await chromium.launch({ executablePath: process.env.LINT_CHROMIUM ?? "chromium", args: ["--no-sandbox"] });
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
      await page.locator(".monaco-workbench .statusbar").waitFor({ timeout: 60_000 });
      return new Editor(page, folder, home, server, browser);
    } catch (error) {
      end(server);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#browser.close().catch(() => undefined);
    end(this.#server);
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Keeps a picture of what the user sees now. */
  async picture(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    // Pointers, carets and lists come to rest.
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path: join(PICTURES, `${String(++Editor.#pictures).padStart(2, "0")}-${name}.png`) });
  }

  /** Writes a text into the box that a key opens, behind what the box begins with. */
  async #ask(key: string, text: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input").first();
    // A box that is about to close would leave the text to the editor below it.
    await input.waitFor({ state: "hidden", timeout: 5_000 }).catch(() => this.page.keyboard.press("Escape"));
    for (let times = 0; times < 10 && !(await input.isVisible()); times++) {
      await this.page.keyboard.press(key);
      // What shows a page of its own, such as a preview, may keep a key to itself while it is being loaded.
      await input.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    await input.fill(text);
  }

  /** Opens a file of the folder and waits until it is there. */
  async openFile(path: string): Promise<void> {
    const name = path.replace(/^.*\//, "");
    const tab = this.page.locator(`.tab.active[data-resource-name="${name}"]`);
    // What is chosen while the list is still being filled is not always taken.
    for (let times = 0; times < 10 && (await tab.count()) === 0; times++) {
      await this.#ask("Control+p", path);
      await this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name }).first().click();
      await tab.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
    await tab.waitFor();
    await this.focus();
  }

  /** Puts the keyboard into the first editor. */
  async focus(): Promise<void> {
    await this.page.keyboard.press("Control+1");
    await this.page.locator(".editor-instance .monaco-editor.focused").first().waitFor();
  }

  /** Opens the menu of what can be done at the cursor, and gives its rows. */
  async quickFixes(): Promise<Locator> {
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    // The editor asks for nothing where it has not yet seen what stands there.
    for (let times = 0; times < 10 && (await rows.count()) === 0; times++) {
      await this.page.keyboard.press("Control+.");
      await rows.first().waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    await rows.first().waitFor();
    return rows;
  }

  /** Closes the tab with this title. */
  async closeTab(title: string): Promise<void> {
    const tab = this.page.locator(".tab").filter({ hasText: title });
    await tab.click({ button: "middle" });
    await tab.waitFor({ state: "detached" });
    await this.focus();
  }

  /** Runs a command by its title. */
  async command(title: string): Promise<void> {
    await this.#ask("F1", `>${title}`);
    const row = this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first();
    await row.click();
    await row.waitFor({ state: "hidden" });
  }

  /** Puts the cursor at a place, both from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.#ask("Control+g", `:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Saves what has been changed and gives what is on the disk then. */
  async saved(path: string): Promise<string> {
    await this.page.locator(".tab.active.dirty").waitFor();
    // Saved within moments of a change, a document is now and then not mended by the editor, though the server offers it at once.
    await this.page.waitForTimeout(2_000);
    await this.page.keyboard.press("Control+s");
    await this.page.locator(".tab.active.dirty").waitFor({ state: "detached" });
    return this.read(path);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** What the status bar item says: its text and its tooltip. */
  async status(): Promise<string> {
    const item = this.page.locator('.statusbar-item[id*="tappaas-lint.status"]');
    return (await item.count()) === 0 || !(await item.isVisible()) ? "" : ((await item.locator("a").first().getAttribute("aria-label")) ?? "");
  }
}

/** Ends a process with all that it started. */
function end(server: ChildProcess): void {
  if (server.pid === undefined) return;
  try {
    process.kill(-server.pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function answers(url: string, log: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const isUp = await fetch(url).then(({ ok }) => ok, () => false);
    if (isUp) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`code-server does not answer: ${readFileSync(log, "utf8")}`);
}
