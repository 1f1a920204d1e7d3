/** Recognises the program that a command word names. */
import type { Value } from "../values.ts";
import type { Program } from "./facts.ts";
import { type Gap, type Text, baseNameOf, head, whole } from "./text.ts";

/** Commands that the shell itself carries out (Bash manual, "Shell Builtin Commands"). */
export const BUILTINS = new Set(
  ". : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift shopt source suspend test times trap true type typeset ulimit umask unalias unset wait".split(
    " ",
  ),
);

/** Main programs of packages that are named otherwise than their attribute. */
const MAIN_PROGRAMS: Readonly<Record<string, string>> = { gnutar: "tar", gnugrep: "grep", gnused: "sed", gawk: "awk", bash: "bash", curlFull: "curl", redis: "redis-server" };

/** The attribute name of a package that a gap stands for (`pkgs.openssl`, `pkgs.lib.getBin pkgs.openssl`). */
export function packageOf(value: Value | null): string | null {
  if (value?.t === "ref" && value.path[0] === "pkgs" && value.path.length > 1) {
    const names = value.path.slice(1);
    // Outputs of a package (`pkgs.openssl.bin`) are still that package.
    if (["bin", "out", "dev", "lib", "man"].includes(names[names.length - 1] as string) && names.length > 1) names.pop();
    return names.join(".");
  }
  return null;
}

/** What `lib.getExe pkgs.x` names, where that is plain. */
function mainProgram(value: Value | null): { package: string; name: string } | null {
  if (value?.t !== "call" || value.fn.t !== "ref" || value.fn.path.join(".") !== "lib.getExe") return null;
  const argument = value.args[0]?.force() ?? null;
  const name = packageOf(argument);
  return name === null ? null : { package: name, name: MAIN_PROGRAMS[name] ?? name };
}

/** The program of a command word, and its name. */
export function programOf(word: Text, functions: ReadonlySet<string>): { readonly program: Program; readonly name: string | null } {
  const text = whole(word);
  if (text !== null) {
    if (functions.has(text)) return { program: { kind: "function" }, name: text };
    if (BUILTINS.has(text)) return { program: { kind: "builtin" }, name: text };
    if (text.includes("/")) return { program: { kind: "path", path: text }, name: baseNameOf(word) };
    return { program: text === "" ? { kind: "unknown" } : { kind: "name" }, name: text === "" ? null : text };
  }
  const [first, rest] = word.parts;
  if (typeof first === "object" && word.parts.length <= 2) {
    const { value } = first as Gap;
    // `pkgs.runtimeShell` is the whole path of Bash (nixpkgs, `pkgs/top-level/all-packages.nix`).
    if (rest === undefined && value?.t === "ref" && value.path.join(".") === "pkgs.runtimeShell") return { program: { kind: "package", package: "bash" }, name: "bash" };
    const main = mainProgram((first as Gap).value);
    if (main !== null && rest === undefined) return { program: { kind: "package", package: main.package }, name: main.name };
    const name = packageOf((first as Gap).value);
    if (name !== null && typeof rest === "string" && rest.startsWith("/")) return { program: { kind: "package", package: name }, name: baseNameOf(word) };
    if ((first as Gap).value !== null && typeof rest === "string" && rest.startsWith("/")) return { program: { kind: "path", path: rest }, name: baseNameOf(word) };
  }
  if (head(word).startsWith("/")) return { program: { kind: "path", path: head(word) }, name: baseNameOf(word) };
  return { program: { kind: "unknown" }, name: null };
}
