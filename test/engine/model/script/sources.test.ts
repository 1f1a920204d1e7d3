/** Which scripts a configuration has, and where in the module what they do stands. */
import { describe, expect, it } from "vitest";
import { Project, type Script, readScripts } from "../../../../src/engine/model/index.ts";
import { display } from "../../../../src/engine/model/script/index.ts";
import type { Span } from "../../../../src/engine/syntax/index.ts";
import { memoryHost } from "../../../../src/engine/model/memory-host.ts";
import { parser, shell } from "../../../support/parser.ts";

function scriptsOf(module: string, files: Readonly<Record<string, string>> = {}): readonly Script[] {
  const config = new Project(memoryHost({ ...files, "vm.nix": module }), parser).configuration("vm.nix");
  if (config === null) throw new Error("no configuration");
  return readScripts(config, shell) ?? [];
}

/** What stands in the source where a span of a script leads. */
function written(script: Script, span: Span): string | null {
  const at = script.at(span);
  return at === null ? null : at.file.syntax.source.text.slice(at.start, at.end);
}

describe("scripts are found", () => {
  const inUnit = (text: string): string => `{ pkgs, lib, ... }: { systemd.services.web = { ${text} }; }`;

  it.each<[string, string, string[]]>([
    ["as options", inUnit('script = "a"; preStart = "b"; postStop = "c";'), ["web script option: a", "web preStart option: b", "web postStop option: c"]],
    ["as shell scripts", inUnit('serviceConfig.ExecStart = pkgs.writeShellScript "x" "a";'), ["web ExecStart shell: a"]],
    ["with arguments", inUnit('serviceConfig.ExecStart = "${pkgs.writeShellScriptBin "x" "a"}/bin/x --now";'), ["web ExecStart shell: a"]],
    ["through lib.getExe", inUnit('serviceConfig.ExecStart = lib.getExe (pkgs.writeShellApplication { name = "x"; text = "a"; });'), ["web ExecStart application: a"]],
    ["as command lines", inUnit('serviceConfig.ExecStart = [ "-/bin/a x" "+/bin/b" ];'), ["web ExecStart command-line: /bin/a x", "web ExecStart command-line: /bin/b"]],
    ["of users", '{ ... }: { systemd.user.services.me.script = "a"; }', ["me script option: a"]],
    ["of activation", '{ ... }: { system.activationScripts.x = "a"; system.activationScripts.y.text = "b"; }', ["- activationScripts.x activation: a", "- activationScripts.y activation: b"]],
    ["of programs that are installed", '{ pkgs, ... }: { environment.systemPackages = [ (pkgs.writeShellScriptBin "x" "a") pkgs.git ]; }', ["- environment.systemPackages shell: a"]],
    ["in files", '{ ... }: { systemd.services.web.script = builtins.readFile ./web.sh; }', ["web script option: a $b\n"]],
    ["not where something else is run", inUnit('serviceConfig.ExecStart = pkgs.web; script = null;'), []],
  ])("%s", (_, module, expected) => {
    const shown = scriptsOf(module, { "web.sh": "a $b\n" }).map(({ source, text }) => `${source.unit ?? "-"} ${source.option} ${source.kind}: ${text}`);
    expect(shown).toEqual(expected);
  });

  it("with the settings of their unit", () => {
    const [script] = scriptsOf('{ ... }: { systemd.services.web = { serviceConfig.UMask = "0077"; environment.DIR = "/d"; script = "echo x > $DIR/a"; }; }');
    expect(script?.facts.files.map(({ path, mode }) => `${display(path)} ${mode?.toString(8)}`)).toEqual(["/d/a 600"]);
  });

  it("with a failure that is ignored", () => {
    const [script] = scriptsOf('{ ... }: { systemd.services.web.serviceConfig.ExecStart = "-/bin/run"; }');
    expect(script?.facts.commands[0]?.fate).toMatchObject({ kind: "hidden", by: "prefix" });
  });
});

describe("places in the module", () => {
  const module = [
    "{ pkgs, ... }:",
    "let",
    '  folder = "/etc/secrets";',
    "in",
    "{",
    "  systemd.services.web.script = ''",
    "    echo 'it''s' > /a",
    "      ${pkgs.openssl}/bin/openssl rand -hex 32 > ${folder}/b",
    '    echo "\'\'${X}" > "/c"',
    "  '';",
    '  systemd.services.plain.script = "echo \\"x\\" > /d; chmod 600 /d";',
    "}",
  ].join("\n");
  const [web, plain] = scriptsOf(module) as [Script, Script];

  it("are those of the words behind indentation and escapes", () => {
    expect(web.facts.commands.map((command) => written(web, command))).toEqual(["echo 'it''s' > /a", "${pkgs.openssl}/bin/openssl rand -hex 32 > ${folder}/b", 'echo "\'\'${X}" > "/c"']);
    expect(web.facts.commands.map(({ nameAt }) => written(web, nameAt))).toEqual(["echo", "${pkgs.openssl}/bin/openssl", "echo"]);
    expect(plain.facts.commands.map((command) => written(plain, command))).toEqual(['echo \\"x\\" > /d', "chmod 600 /d"]);
  });

  it("of files are their redirects", () => {
    expect(web.facts.files.map((file) => `${display(file.path)}: ${written(web, file)}`)).toEqual(["/a: > /a", "/etc/secrets/b: > ${folder}/b", '/c: > "/c"']);
  });

  it("know packages behind interpolations", () => {
    expect(web.facts.commands[1]?.program).toEqual({ kind: "package", package: "openssl" });
    expect(web.facts.commands[1]?.name).toBe("openssl");
  });
});
