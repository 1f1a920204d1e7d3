/** Convention: every suppression keeps a finding back, and says why where that is asked for. */
import { nearestName } from "../../engine/domain/nearest-name.ts";
import { type At, at } from "../../engine/model/index.ts";
import { ALL_ROLES, type Operation, type Suppression, defineRule } from "../../engine/run/index.ts";
import { fixOf, removeComment } from "../vocabulary/fixes.ts";
import { code } from "../vocabulary/show.ts";

export default defineRule({
  id: "unused-suppression",
  theme: "structure",
  severity: "warning",
  fix: "safe",
  scope: "suppressions",
  roles: ALL_ROLES,
  docs: {
    title: "Suppress only what is reported",
    convention:
      "Every suppression comment can be understood, names rules that exist, and keeps a finding back. Where the configuration sets `requireReasons`, it gives a reason behind `--`. This rule's own findings cannot be suppressed by a comment.",
    handbook: "Key Conventions (CRITICAL): a convention is left out on purpose, or it is kept",
    why: "A comment with a mistake in it does nothing, while its author believes that the finding is dealt with. One that outlives its reason hides the next mistake in the same place.",
    bad: [
      {
        role: "system",
        code: "{ ... }:\n{\n  # tappaas-lint: disable-next-line ⟦grow-partion⟧ -- the disk has a fixed size\n  boot.growPartition = false;\n}\n",
        says: ["There is no rule `grow-partion`: write `grow-partition`"],
      },
      {
        role: "system",
        code: "{ ... }:\n{\n  ⟦# tappaas-lint: disable-next-line grow-partition -- the disk has a fixed size⟧\n  boot.growPartition = true;\n}\n",
        says: ["This suppression keeps no finding back: remove it"],
      },
      {
        role: "system",
        code: "{ ... }:\n{\n  # tappaas-lint: ⟦disable-nextline⟧ grow-partition -- the disk has a fixed size\n  boot.growPartition = false;\n}\n",
        says: ["`disable-nextline` is no suppression: write `disable-next-line`"],
      },
    ],
    good: [{ role: "system", code: "{ ... }:\n{\n  # tappaas-lint: disable-next-line grow-partition -- the disk has a fixed size\n  boot.growPartition = false;\n}\n" }],
  },
  messages: {
    broken: "{problem}",
    unknown: "There is no rule {name}: {advice}",
    prose: "{words} are no rules: separate rules by commas and put `--` before a reason",
    unused: "This suppression keeps no finding back: remove it",
    partly: "This suppression keeps no finding of {name} back: remove the name",
    reason: "This suppression gives no reason: add one behind `--`",
  },
  *check({ file, suppressions, broken, used, known, ran, requireReasons }) {
    for (const { problem, ...span } of broken) yield { message: "broken", at: at(file, span), data: { problem } };
    for (const suppression of suppressions) {
      const unknown = suppression.rules.filter(({ name }) => !known.has(name));
      const [first, last] = [unknown[0], unknown[unknown.length - 1]];
      if (first !== undefined && last !== undefined && isProse(file.syntax.source.text, suppression, unknown)) {
        yield { message: "prose", at: at(file, { start: first.start, end: last.end }), data: { words: code(file.syntax.source.text.slice(first.start, last.end)) } };
      } else {
        for (const name of unknown) {
          const near = nearestName(name.name, known);
          yield { message: "unknown", at: at(file, name), data: { name: code(name.name), advice: near === null ? "remove the name or correct it" : `write ${code(near)}` }, ...(near === null ? {} : { fix: (place) => fixOf(`Write ${code(near)}`, { do: "replace", at: place, text: near }) }) };
        }
      }
      const idle = idleNames(suppression, used.get(suppression) ?? new Set(), known, ran);
      if (idle === "all") yield { message: "unused", at: at(file, suppression), fix: (place) => fixOf("Remove the suppression", removal(place, suppression)) };
      else for (const name of idle) yield { message: "partly", at: at(file, name), data: { name: code(name.name) }, fix: (place) => fixOf("Remove the name", removeName(place)) };
      if (requireReasons && suppression.reason === null) yield { message: "reason", at: at(file, suppression) };
    }
  },
});

type Names = Suppression["rules"];

/** Whether several words that are no rules stand in a row at the end, without commas: a reason without its `--`. */
function isProse(text: string, { rules, reason }: Suppression, unknown: Names): boolean {
  if (reason !== null || unknown.length < 2 || rules.slice(-unknown.length).some((name, index) => name !== unknown[index])) return false;
  return !text.slice((unknown[0] as Names[number]).start, (unknown[unknown.length - 1] as Names[number]).end).includes(",");
}

/** The comment goes, where it says nothing else; one that opens a region stays, for what closes it would stand alone. */
function removal({ file, start, end }: At, { kind }: Suppression): Operation | null {
  const comment = file.syntax.comments.find((each) => each.start <= start && end <= each.end);
  if (kind === "region" || comment === undefined) return null;
  const others = file.syntax.source.text.slice(comment.start, start) + file.syntax.source.text.slice(end, comment.end);
  return /^(?:#|\/\*|\*\/|\s)*$/.test(others) ? removeComment(at(file, comment)) : null;
}

/** Takes a name out of the list of names, with the comma that goes with it. */
function removeName({ file, start, end }: At): Operation {
  const { text } = file.syntax.source;
  const behind = /^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0;
  const ahead = text.slice(0, start).trimEnd();
  const from = behind > 0 ? start : (ahead.endsWith(",") ? ahead.slice(0, -1).trimEnd() : ahead).length;
  return { do: "replace", at: { file, start: from, end: end + behind }, text: "" };
}

/** The names of rules that took part and of which nothing was kept back; "all" where nothing else is named. */
function idleNames({ rules }: Suppression, used: ReadonlySet<string>, known: ReadonlySet<string>, ran: ReadonlySet<string>): Names | "all" {
  // A rule that did not run might have found something.
  if (rules.length === 0) return used.size === 0 && [...known].every((name) => ran.has(name)) ? "all" : [];
  const idle = rules.filter(({ name }) => ran.has(name) && known.has(name) && !used.has(name));
  return idle.length > 0 && idle.length === rules.length ? "all" : idle;
}
