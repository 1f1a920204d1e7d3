/** Plugins are loaded where the user names them, and never because of what is linted. */
import { existsSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Client, brief } from "../lsp/client.ts";
import { BAD, GOOD, ONE_RULE, Tree } from "./program.ts";

/** A plugin with one rule; `given` is put into it last. */
const plugin = (given = "", before = ""): string => `
import { JUDGED, defineRule, is, optionMessages, requireOptions } from "tappaas-lint/plugin";
${before}
const messages = optionMessages("we read the console");
export default [
  defineRule({
    id: "acme-console",
    theme: "own",
    severity: "error",
    fix: "proposed",
    scope: "configuration",
    roles: JUDGED,
    docs: { title: "Log to the console", convention: "Journald writes to the console.", handbook: "ours", why: "We read it.", bad: [], good: [] },
    messages,
    check: (context) => requireOptions(context, messages, "services.journald.console", [{ path: "services.journald.console", want: is("tty0") }]),
    ${given}
  }),
];
`;
/** Leaves a mark when it is loaded. */
const MARKING = plugin("", 'import { writeFileSync } from "node:fs"; writeFileSync(new URL("loaded", import.meta.url), "");');
const MESSAGE = '`services.journald.console` is not set: write `services.journald.console = "tty0";` (we read the console)';
const ONLY = ["--rule", "acme-console", "--format", "compact"];

describe("a plugin", () => {
  const elsewhere = new Tree({ "p.mjs": plugin(), "old.cjs": `module.exports = ${plugin().split("export default")[1]}`.replace("defineRule({", "({").replace("JUDGED", '["system"]').replace(/^/u, 'const messages = { a: "A" };\n').replace(/check: .*\n/u, 'check: () => [{ message: "a", missing: "x" }],\n') });
  const tree = new Tree({ "x.nix": GOOD, "y.nix": GOOD.replace("  imports", "  # tappaas-lint: disable-next-line acme-console -- a lab\n  imports") });

  it("has rules that are judged, chosen, suppressed and reported as the others are", () => {
    expect(tree.run([...ONLY, "--plugin", elsewhere.path("p.mjs")])).toEqual({ status: 1, stdout: `x.nix:3:3: error: ${MESSAGE} [acme-console]\n`, stderr: "" });
    const log = JSON.parse(tree.run(["--plugin", elsewhere.path("p.mjs"), "--format", "sarif"]).stdout) as { runs: { tool: { driver: { rules: unknown[] } } }[] };
    expect(log.runs[0]?.tool.driver.rules[0]).toMatchObject({ id: "acme-console", shortDescription: { text: "Log to the console." }, helpUri: "https://github.com/TAPPaaS/tappaas-lint/blob/main/README.md#plugins" });
    expect(tree.run(["--rule", "acme-console"]).stderr).toContain("There is no rule `acme-console`");
  });

  it("may be of the older kind of module", () => {
    expect(tree.run([...ONLY, "--plugin", elsewhere.path("old.cjs"), "x.nix"]).stdout).toBe("x.nix:3:3: error: A [acme-console]\n");
  });

  it("is known to `rules`, `explain` and configurations", () => {
    const named = ["--plugin", elsewhere.path("p.mjs")];
    expect((JSON.parse(tree.run([...named, "rules", "--json"]).stdout) as { id: string }[]).at(-1)).toMatchObject({ id: "acme-console", theme: "own" });
    expect(tree.run([...named, "explain", "acme-console"]).stdout).toContain("Journald writes to the console.");
    const configured = new Tree({ ".tappaas-lint.json": '{ "rules": { "acme-console": "warning" } }', "x.nix": GOOD });
    expect(configured.run([...ONLY, ...named]).stdout).toContain("x.nix:3:3: warning: ");
    expect(configured.run([])).toMatchObject({ status: 2, stderr: expect.stringContaining(".tappaas-lint.json:1:14: unknown rule `acme-console`") });
  });

  it("is loaded by the language server where its command line says so", async () => {
    const client = await Client.start({ folders: [tree.folder], args: ["--plugin", elsewhere.path("p.mjs")] });
    await client.open(tree.path("x.nix"), GOOD);
    expect(brief(await client.diagnostics(tree.path("x.nix"), 1)).filter((text) => text.endsWith(" acme-console"))).toEqual(["2:2 acme-console"]);
  });

  it("is loaded from the user's own settings", () => {
    const home = new Tree({ ".config/tappaas-lint/settings.json": '{ "plugins": ["p.mjs"] }', ".config/tappaas-lint/p.mjs": plugin(), "xdg/tappaas-lint/settings.json": JSON.stringify({ plugins: [elsewhere.path("p.mjs")] }) });
    expect(tree.run([...ONLY, "x.nix"], { env: { HOME: home.folder } }).stdout).toBe(`x.nix:3:3: error: ${MESSAGE} [acme-console]\n`);
    expect(tree.run([...ONLY, "x.nix"], { env: { XDG_CONFIG_HOME: home.path("xdg") } }).status).toBe(1);
    // A relative path is to be ignored.
    expect(tree.run([...ONLY, "x.nix"], { env: { XDG_CONFIG_HOME: "xdg" } }).stderr).toContain("There is no rule");
  });
});

describe("a tree cannot load code", () => {
  it("by its configuration, however that is found", () => {
    for (const config of ['{ "plugins": ["./p.mjs"] }', '{ "extends": "./base.json" }', '{ "overrides": [{ "files": "*", "plugins": ["./p.mjs"] }] }', '{ "rules": { "acme-console": "error" } }', '{ "extends": "./p.mjs" }']) {
      const tree = new Tree({ ".tappaas-lint.json": config, "base.json": '{ "plugins": ["./p.mjs"] }', "x.nix": BAD, "p.mjs": MARKING, "tappaas-lint.config.mjs": MARKING, "package.json": '{ "tappaas-lint": { "plugins": ["./p.mjs"] } }', ".config/tappaas-lint/settings.json": '{ "plugins": ["../../p.mjs"] }' });
      for (const args of [[], ["rules"], ["explain", "grow-partition"], ["--config", ".tappaas-lint.json"], ["options", "x.nix"]]) {
        const { status } = tree.run(args);
        expect([config, args, existsSync(tree.path("loaded"))]).toEqual([config, args, false]);
        expect([config, args, status]).toEqual([config, args, 2]);
      }
    }
  });

  it("says why its configuration does not", () => {
    const tree = new Tree({ ".tappaas-lint.json": '{\n  "plugins": ["./p.mjs"]\n}\n', "x.nix": BAD });
    expect(tree.run([]).stderr).toBe(
      "tappaas-lint: The configuration cannot be used, so nothing was linted.\n.tappaas-lint.json:2:3: a configuration cannot load plugins: it comes with the tree that is linted, which may be a stranger's, and must not run code; name them on the command line with `--plugin FILE` or in your own settings, or write `requireOptions` here\n",
    );
  });

  it("by being the home of the user, as itself or by a link", () => {
    const tree = new Tree({ "x.nix": GOOD, ".config/tappaas-lint/settings.json": '{ "plugins": ["../../p.mjs"] }', "p.mjs": MARKING });
    const outside = new Tree({});
    symlinkSync(tree.path(".config"), outside.path(".config"));
    for (const HOME of [tree.folder, outside.folder]) {
      for (const args of [[...ONE_RULE], ["rules"]]) {
        const { status, stderr } = tree.run(args, { env: { HOME } });
        expect([HOME, args, status, existsSync(tree.path("loaded"))]).toEqual([HOME, args, 0, false]);
        expect(stderr).toContain("stand in the tree that is linted, so they are not trusted");
      }
    }
  });
});

describe("what goes wrong in a plugin", () => {
  const tree = new Tree({ "x.nix": GOOD });
  const run = (text: string, ...args: string[]) => {
    tree.write("p.mjs", text);
    return tree.run(["--plugin", "p.mjs", "--format", "compact", ...args]);
  };

  it.each([
    ["", "The plugin p.mjs cannot be used: it has no rules; its default export must be a list of them."],
    ["export default [];", "The plugin p.mjs cannot be used: it has no rules; its default export must be a list of them."],
    ["export default [1];", "The plugin p.mjs cannot be used: rule 1 of its default export is no object; make it with `defineRule`."],
    ["throw new Error('not\\ntoday');", "The plugin p.mjs cannot be used: loading it failed with “Error: not today”."],
    ['import "no-such-package";', /^tappaas-lint: The plugin p\.mjs cannot be used: loading it failed with “.*no-such-package.*”\.$/u],
    [plugin('id: "Acme",'), "The plugin p.mjs cannot be used: the rule `Acme` needs an `id` of lower-case words with hyphens between them."],
    [plugin('id: "boot-loader",'), "The plugin p.mjs cannot be used: the rule id `boot-loader` is taken by tappaas-lint itself; call it otherwise."],
    [plugin('theme: "acme",'), 'The plugin p.mjs cannot be used: the rule `acme-console` has no right `theme`; it takes "structure", "baseline", "firewall", "secrets", "backups", "containers", "units", "flakes", "own".'],
    [plugin('roles: ["flake"],'), 'The plugin p.mjs cannot be used: the rule `acme-console` needs `roles`, a list of "system", "baseline", "fragment".'],
    [plugin("check: 1,"), "The plugin p.mjs cannot be used: the rule `acme-console` needs a function `check`."],
    [plugin("docs: {},"), "The plugin p.mjs cannot be used: the rule `acme-console` needs a text `docs.title`."],
    [plugin('url: "javascript:alert(1)",'), "The plugin p.mjs cannot be used: the rule `acme-console` has a `url` that is no address beginning with https://."],
  ])("is told before anything is linted: %#", (text, message) => {
    const { status, stdout, stderr } = run(text);
    expect([status, stdout]).toEqual([2, ""]);
    if (typeof message === "string") expect(stderr).toBe(`tappaas-lint: ${message}\n`);
    else expect(stderr.trim()).toMatch(message);
  });

  it.each([
    ["throw new Error('no')", "no"],
    ["return null", "its `check` hands back no list: make it a generator, or return one"],
    ["return Promise.resolve([])", "its `check` hands back no list: make it a generator, or return one"],
    ["return [7]", "it hands back something that is no problem"],
    ["return [{ message: 'nope', missing: 'x' }]", 'it hands back the message "nope", which it does not declare'],
    ["return [{ message: 'missing' }]", "it hands back a problem with neither `at` nor `missing`"],
    ["return [{ message: 'missing', at: { file: context.entry, start: 0, end: 1e9 } }]", "it hands back a place outside its file"],
    ["return [{ message: 'missing', at: {} }]", null],
  ])("while it judges is a crash of its rule, and the others still judge: %s", (body, what) => {
    const { status, stdout, stderr } = run(plugin(`check(context) { ${body}; },`), "--rule", "acme-console,grow-partition");
    expect(status).toBe(2);
    expect(stdout + stderr).toContain(what === null ? "The rule crashed (" : `The rule crashed (${what}). It comes from the plugin p.mjs; \`--ignore-rule acme-console\` goes on without the rule.`);
    expect(run(plugin(`check(context) { ${body}; },`), "--rule", "acme-console,grow-partition", "--ignore-rule", "acme-console").status).toBe(0);
  });

  it.each([
    ["{", /cannot be used: they are no JSON/u],
    ["[]", /cannot be used: they are no object/u],
    ['{ "plugin": [] }', /there is no setting `plugin`; did you mean `plugins`\?/u],
    ['{ "plugins": "p.mjs" }', /`plugins` is a list of paths/u],
    ['{ "plugins": ["none.mjs"] }', /The plugin none\.mjs cannot be used: it does not exist/u],
  ])("is told of settings too: %s", (text, message) => {
    const home = new Tree({ ".config/tappaas-lint/settings.json": text });
    const { status, stderr } = tree.run([], { env: { HOME: home.folder } });
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
