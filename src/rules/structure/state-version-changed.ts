/** Convention: the state version of a machine is never changed after its installation. */
import { Configuration, textOf } from "../../engine/model/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { addDefinitions, rewriteValues } from "../vocabulary/fixes.ts";
import { code, quoted } from "../vocabulary/show.ts";

const OPTION = "system.stateVersion";

export default defineRule({
  id: "state-version-changed",
  theme: "structure",
  severity: "error",
  fix: "safe",
  comparesWithBase: true,
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Never change the state version",
    convention:
      "`system.stateVersion` is what it was in the base revision of git: the one that `--base` names (where the branch left it), else `HEAD`. A module that is not there yet may set what it likes; one that was renamed is compared with what it was called before.",
    handbook: "Key Conventions: “system.stateVersion = \"25.05\" (NEVER change after install)”",
    why: "The state version says with which release a machine was installed. NixOS decides by it which formats and places its services use; changed, they no longer find the data that they have, or read it wrongly.",
    bad: [
      {
        code: '# Before: system.stateVersion = "24.11";\n{ ... }:\n{\n  system.stateVersion = ⟦"25.05"⟧;\n}\n',
        before: '{ ... }:\n{\n  system.stateVersion = "24.11";\n}\n',
        says: ['`system.stateVersion` was `"24.11"` in HEAD and is now `"25.05"`; it says with which release the machine was installed: write `system.stateVersion = "24.11";` again'],
      },
    ],
    good: [{ code: '{ ... }:\n{\n  system.stateVersion = "24.11"; # as before\n}\n', before: '{ ... }:\n{\n  system.stateVersion = "24.11";\n}\n' }],
  },
  messages: {
    changed: "`system.stateVersion` was {was} in {revision} and is now {is}; it says with which release the machine was installed: write {write} again",
    gone: "`system.stateVersion` was {was} in {revision} and is no longer set; it says with which release the machine was installed: write {write} again",
  },
  *check({ config, entry, before }) {
    if (before === null) return;
    const old = before.config.option(OPTION);
    const was = old.state === "known" && old.value !== null ? textOf(old.value) : null;
    if (was === null) return;
    const now = config.option(OPTION);
    const data = { was: code(quoted(was)), revision: before.revision, write: code(`${OPTION} = ${quoted(was)};`) };
    if (now.state === "undefined") {
      const module = config.modules.find(({ file }) => file === entry);
      if (module !== undefined) yield { message: "gone", at: Configuration.placeOf(module), data, fix: addDefinitions(OPTION, [{ path: OPTION, value: quoted(was) }]) };
      return;
    }
    const is = now.state === "known" && now.value !== null ? textOf(now.value) : null;
    const definition = now.winners.findLast(({ file }) => file === entry) ?? now.winners[now.winners.length - 1];
    const at = definition?.valueAt ?? definition?.key ?? null;
    if (is === null || is === was || at === null) return;
    // A file that is as it was is not to blame: the machine came under it.
    const module = config.modules.find(({ file }) => file === entry);
    const isBlamed = at.file === entry || before.isChanged(at.file.path) || module === undefined;
    const fix = () => (isBlamed ? rewriteValues(now.winners, quoted(was)) : { since: "other machines take their version from the same definition", look: at });
    yield { message: "changed", at: isBlamed ? at : Configuration.placeOf(module), data: { ...data, is: code(quoted(is)) }, fix, ...(isBlamed ? {} : { related: [{ at, message: "It is set here now" }] }) };
  },
});
