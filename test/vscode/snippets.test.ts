/** The snippets of the extension: expanded and linted, alone and together. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { lintTree } from "../support/lint.ts";
import { expand } from "./expand.ts";

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = Object.values(JSON.parse(readFileSync(new URL("../../editors/vscode/snippets/nix.json", import.meta.url), "utf8")) as Record<string, Snippet>);
const HERE = { variables: { TM_FILENAME_BASE: "wiki" } };
const VERSION = 'app = "1.0.0";';

/** The text of a snippet without the line that holds the last tab stop alone. */
function textOf(prefix: string, typed: Readonly<Record<string, string>> = {}): string {
  const snippet = snippets.find((candidate) => candidate.prefix === prefix);
  if (snippet === undefined) throw new Error(`There is no snippet ${prefix}`);
  return expand(snippet.body, { ...HERE, typed });
}

/** The whole module with other snippets at the place that it leaves for them. */
function moduleOf(prefixes: readonly string[]): string {
  const versions = prefixes.includes("tappaas-podman") ? VERSION : "";
  return textOf("tappaas-module", { "0": prefixes.map((prefix) => textOf(prefix)).join("\n"), "2": versions });
}

function findings(text: string): string[] {
  const { files, failures } = lintTree({ "wiki.nix": text }, rules);
  return [...failures.map(({ message }) => message), ...files.flatMap((file) => file.findings.map(({ rule, start, message }) => `${start.line} ${rule}: ${message}`))];
}

const PIECES = snippets.map(({ prefix }) => prefix).filter((prefix) => prefix !== "tappaas-module");
/** The module has this one already. */
const ADDED = PIECES.filter((prefix) => prefix !== "tappaas-firewall");

/** What a convention asks for beside a piece that stands in a system, as the description of the piece says. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  "tappaas-postgresql": ["tappaas-backup-database", "tappaas-backup-cleanup"],
  "tappaas-redis": ["tappaas-backup-redis", "tappaas-backup-cleanup"],
  "tappaas-secrets": ["tappaas-backup-files", "tappaas-backup-cleanup"],
  "tappaas-backup-database": ["tappaas-backup-cleanup"],
  "tappaas-backup-redis": ["tappaas-backup-cleanup"],
  "tappaas-backup-files": ["tappaas-backup-cleanup"],
};

describe("a snippet", () => {
  it("is there for each pattern of the handbook", () => {
    expect(snippets.map(({ prefix }) => prefix)).toEqual([
      "tappaas-module",
      "tappaas-postgresql",
      "tappaas-redis",
      "tappaas-podman",
      "tappaas-secrets",
      "tappaas-backup-database",
      "tappaas-backup-redis",
      "tappaas-backup-files",
      "tappaas-backup-cleanup",
      "tappaas-firewall",
    ]);
  });

  it("makes a whole module without findings", () => {
    expect(findings(moduleOf([]))).toEqual([]);
  });

  it.each(PIECES)("%s lints clean as a part of a module", (prefix) => {
    expect(findings(`{ config, lib, pkgs, ... }:\n{\n${textOf(prefix)}}\n`)).toEqual([]);
  });

  it.each(ADDED)("%s lints clean in a whole module, with what it names", (prefix) => {
    expect(findings(moduleOf([prefix, ...(BESIDE[prefix] ?? [])]))).toEqual([]);
  });

  it("lints clean beside all others", () => {
    expect(findings(moduleOf(ADDED))).toEqual([]);
  });

  it("for the firewall is what the whole module has", () => {
    expect(textOf("tappaas-module").replace(/^ {2}/gm, "")).toContain(textOf("tappaas-firewall").trim());
  });

  it("has its own words where they are typed", () => {
    expect(findings(textOf("tappaas-module", { "3": "wiki", "5": "443 8443" }))).toEqual([]);
    expect(textOf("tappaas-secrets", { "1": "wiki" })).toContain('before = [ "podman-wiki.service" ];');
  });
});
