/** Convention: systemd-tmpfiles can read every line that a module gives it. */
import { HOLE } from "../../engine/domain/hole.ts";
import { parseTmpfilesLine } from "../../engine/domain/tmpfiles.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage, linesOf, sureTexts } from "../vocabulary/text.ts";
import { nodesAt } from "../vocabulary/units.ts";

const RULES = ["systemd.tmpfiles.rules", "systemd.user.tmpfiles.rules", "systemd.user.tmpfiles.users.*.rules"].map((path) => path.split("."));

export default defineRule({
  id: "tmpfiles-syntax",
  theme: "units",
  severity: "error",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Write tmpfiles lines that systemd reads",
    convention: "Every line of `systemd.tmpfiles.rules` parses: type, path, mode, user, group, age, argument.",
    handbook: "Expertise Areas: “tmpfiles.rules for directory creation”",
    why: "systemd-tmpfiles skips a line that it cannot read and goes on. The folder is missing or has the wrong owner, and what fails is the service that needed it.",
    bad: [
      {
        code: '{ ... }:\n{\n  systemd.tmpfiles.rules = [\n    "d /var/lib/wiki ⟦wiki⟧ wiki 0750 -"\n    "⟦directory⟧ /var/lib/wiki/pages 0750 wiki wiki -"\n  ];\n}\n',
        says: [
          'systemd-tmpfiles skips the line `d /var/lib/wiki wiki wiki 0750 -`: The mode "wiki" is not an octal number up to 7777; write for example 0750, or - for the default. The order is type, path, mode, user, group, age, argument',
          'systemd-tmpfiles skips the line `directory /var/lib/wiki/pages 0750 wiki wiki -`: systemd-tmpfiles knows no line type "directory"; write d for a folder, f for a file, L for a link',
        ],
      },
    ],
    good: [
      { code: '{ ... }:\nlet\n  folder = "/var/lib/wiki";\nin\n{\n  systemd.tmpfiles.rules = [\n    "d ${folder} 0750 wiki wiki -"\n    "L+ /etc/wiki.conf - - - - ${folder}/wiki.conf"\n  ];\n}\n' },
    ],
  },
  messages: {
    refused: "systemd-tmpfiles skips the line {line}: {why}",
  },
  *check({ config }) {
    for (const node of RULES.flatMap((path) => nodesAt(config, path))) {
      for (const source of sureTexts(node.answer())) {
        for (const { text: line, start } of linesOf(source.text)) {
          const parsed = parseTmpfilesLine(line);
          if (parsed.kind !== "error") continue;
          // What is not known may hold blanks, so that the fields behind it are others than they seem.
          const hole = line.indexOf(HOLE);
          if (hole >= 0 && hole < parsed.end) continue;
          const at = source.place(start + parsed.start, start + parsed.end);
          if (at !== null) yield { message: "refused", at, data: { line: code(inMessage(line)), why: parsed.message.replace(/\.$/, "") } };
        }
      }
    }
  },
});
