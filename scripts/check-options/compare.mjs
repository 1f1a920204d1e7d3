/** Compares the option view of one module with what Nix computed for it, path by path. */
import { fromModel, fromNix, NOTHING } from "./values.mjs";

/** Flattens the driver's report into leaves by path. */
function leaves(report, path, mixed, out) {
  if (!("set" in report)) out.push({ path, mixed, ...report });
  else {
    const names = Object.keys(report.set);
    if (names.length === 0) out.push({ path, mixed, empty: true });
    for (const name of names) leaves(report.set[name], [...path, name], mixed || report.mixed === true, out);
  }
  return out;
}

const isWithin = (inner, outer) => outer.every((name, index) => inner[index] === name);

/**
 * Judges one module.
 * @returns one verdict a path: `equal`, `vague` (the model does not know), `aside` (Nix cannot say), `wrong` (they differ where the model is sure)
 */
export function compare({ configuration, view, showPath }, report, places) {
  const verdicts = [];
  const seen = new Set();
  const aside = [];
  const known = new Map(Object.entries(view));
  const all = [...leaves(report.declared, [], false, []).filter((leaf) => !leaf.empty), ...leaves(report.free, [], false, [])];
  for (const leaf of all) {
    const name = showPath(leaf.path);
    const entry = known.get(name);
    seen.add(name);
    const give = (verdict, detail) => verdicts.push({ verdict, name, state: entry?.state ?? null, detail });
    const nothing = leaf.throw || leaf.mixed;
    if (leaf.absent || (leaf.empty && entry === undefined)) {
      if (entry?.state === "known") give("wrong", "the model knows a value, Nix has none");
      continue;
    }
    const value = leaf.several !== undefined ? NOTHING : leaf.empty ? { set: {} } : nothing ? NOTHING : fromNix(leaf.value, places);
    if (value === NOTHING) {
      aside.push(leaf.path);
      const conflict = leaf.several !== undefined && entry?.state === "conflict";
      give(conflict ? "equal" : "aside", leaf.message?.split("\n")[0] ?? (leaf.several !== undefined ? "several definitions" : leaf.mixed ? "sets of different priority" : "throws"));
      continue;
    }
    if (entry === undefined) {
      const { state } = configuration.option(leaf.path);
      const inner = configuration.option(leaf.path).value;
      if (state === "undefined") give(leaf.declared ? "vague" : "wrong", `the model has no such option, Nix has ${JSON.stringify(value)?.slice(0, 300)}`);
      else give("vague", `state ${state}, ${inner?.reason ?? ""}`);
      continue;
    }
    if (entry.state !== "known") {
      give("vague", `${entry.state}: ${configuration.option(leaf.path).value?.reason ?? ""}`);
      continue;
    }
    const ours = fromModel(entry.value);
    if (JSON.stringify(ours) !== JSON.stringify(value)) give("wrong", `Nix ${JSON.stringify(value)?.slice(0, 2000)}\n      model ${JSON.stringify(ours)?.slice(0, 2000)}`);
    else if (leaf.prio !== undefined && leaf.prio !== entry.priority) give("wrong", `priority: Nix ${leaf.prio}, model ${entry.priority}`);
    else give("equal", null);
  }
  for (const [name, entry] of known) {
    if (seen.has(name) || entry.state !== "known") continue;
    const path = entry.path;
    if (aside.some((outer) => isWithin(path, outer))) continue;
    verdicts.push({ verdict: "wrong", name, state: "known", detail: `Nix has no such option; the model says ${JSON.stringify(entry.value)?.slice(0, 300)}` });
  }
  return verdicts;
}
