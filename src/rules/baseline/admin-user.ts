/** Convention: one user administers every machine. */
import type { Configuration } from "../../engine/model/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { type Want, hasAll, is, judge, optionMessages, requireOptions } from "../vocabulary/options.ts";

const USER = "tappaas";
const PATH = `users.users.${USER}`;

const messages = optionMessages("people and the deployment log in as this user and become root through `wheel`");

export default defineRule({
  id: "admin-user",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Create the user tappaas",
    convention: "`users.users.tappaas` has `isNormalUser = true` and, in `extraGroups`, `wheel` and `networkmanager`. `users.groups.<name>.members` puts it into a group as well.",
    handbook: "Key Conventions: “tappaas user in wheel group, passwordless sudo”; Base Configuration Pattern, “User”",
    why: "Everything that reaches a VM does so as `tappaas`: the deployment, updates, people. Outside `wheel` it cannot become root, outside `networkmanager` it cannot mend the network.",
    bad: [
      {
        code: '{ ... }:\n{\n  users.users.tappaas = {\n    isNormalUser = true;\n    ⟦extraGroups⟧ = [ "wheel" ];\n  };\n}\n',
        says: ['`users.users.tappaas.extraGroups` lacks `"networkmanager"`: add it (people and the deployment log in as this user and become root through `wheel`)'],
      },
      {
        code: '{ ... }:\n{\n  ⟦users.users.tappaas⟧ = {\n    extraGroups = [ "wheel" "networkmanager" ];\n  };\n}\n',
        says: ["`users.users.tappaas` lacks `isNormalUser`: write `users.users.tappaas.isNormalUser = true;` (people and the deployment log in as this user and become root through `wheel`)"],
      },
    ],
    good: [{ code: '{ ... }:\n{\n  users.users.tappaas = {\n    isNormalUser = true;\n    extraGroups = [ "wheel" "networkmanager" ];\n  };\n}\n' }],
  },
  messages,
  check: (context) => {
    const groups = ["wheel", "networkmanager"].filter((group) => isNoMemberOtherwise(context.config, group));
    return requireOptions(context, messages, PATH, [
      { path: `${PATH}.isNormalUser`, want: is(true) },
      ...(groups.length === 0 ? [] : [{ path: `${PATH}.extraGroups`, want: hasAll(groups) }]),
    ]);
  },
});

/** Whether the user is surely not made a member by the group's own list or as its main group. */
function isNoMemberOtherwise(config: Configuration, group: string): boolean {
  const isNot = (path: string, want: Want): boolean => ["missing", "wrong"].includes(judge(config, { path, want }).kind);
  return isNot(`users.groups.${group}.members`, hasAll([USER])) && isNot(`${PATH}.group`, is(group));
}
