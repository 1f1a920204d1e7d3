/** Settings of Nix that may be given in several ways (nix.conf(5), nixpkgs `nixos/modules/config/nix.nix`). */
import type { Answer, Configuration, Value } from "../../engine/model/index.ts";
import { textOf } from "../../engine/model/index.ts";
import { hasAllWords } from "./options.ts";

/** Those of the wanted elements of a setting that nothing but `nix.settings.<name>` itself can bring. */
export function onlyBySetting(config: Configuration, name: string, wanted: readonly string[]): string[] {
  const extra = config.option(["nix", "settings", `extra-${name}`]);
  const lines = config.option("nix.extraOptions");
  return wanted.filter((word) => isExcluded(extra, (value) => hasAllWords([word]).test(value)) && isExcluded(lines, (value) => hasLineWith(value, name, word)));
}

/** Whether an option surely does not do what `test` asks for. */
function isExcluded(answer: Answer, test: (value: Value) => boolean | null): boolean {
  // With an import that cannot be followed everything is open, and the setting itself too.
  if (answer.state === "undefined") return true;
  return answer.state === "known" && answer.value !== null && test(answer.value) === false;
}

/** Whether nix.conf's text sets a name to a list with a word; null where that cannot be known. */
function hasLineWith(value: Value, name: string, word: string): boolean | null {
  const text = textOf(value);
  if (text === null) return null;
  return text.split("\n").some((line) => {
    const [key, words] = [line.slice(0, line.indexOf("=")).trim(), line.slice(line.indexOf("=") + 1)];
    return (key === name || key === `extra-${name}`) && words.split(/\s+/).includes(word);
  });
}
