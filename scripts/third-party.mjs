/** The licences of all that is inside a bundle, as its users must be given them. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Names, versions and licence texts.
 * @param product what contains the packages
 * @param inputs paths of files of packages, from the root of the project; other files have no part in it
 * @param others what came without a licence text of its own, with the file that has it
 */
export async function thirdPartyText(product, inputs, others = []) {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const texts = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).filter((entry) => /^licen[cs]e/i.test(entry)).sort()[0];
    if (file === undefined) throw new Error(`${name} has no licence text; it cannot be shipped`);
    texts.set(`${name} ${version} (${license})`, await readFile(join(folder, file), "utf8"));
  }
  for (const { title, file } of others) texts.set(title, await readFile(file, "utf8"));
  const parts = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([title, text]) => `${title}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`);
  return `${product} contains the following packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
