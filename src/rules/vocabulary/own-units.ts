/** Tells services that a tree makes from those of NixOS's modules to which it only adds something. */
import type { Configuration } from "../../engine/model/index.ts";
import { isNixosUnit, type Unit } from "./units.ts";

/** What whoever makes a service says of it besides its script. */
const MAKING = ["description", "wantedBy", "requiredBy", "startAt", "serviceConfig", "unitConfig", "after", "before"];
/** The order of a definition without `mkBefore` or `mkAfter` (nixpkgs, `lib/modules.nix`, `defaultOrderPriority`). */
const PLAIN_ORDER = 1000;

/**
 * Whether a service is the tree's own: it has its command there, its name is not that of a unit of NixOS's, and it does not
 * look like an addition to one (`roundcube-setup` of `services.roundcube` with nothing but a script).
 */
export function isOwnUnit(config: Configuration, unit: Unit): boolean {
  const script = unit.node.child("script");
  if (!script.isDefined && !unit.node.child("serviceConfig").child("ExecStart").isDefined) return false;
  if (isNixosUnit(config, unit) || script.definitions.some(({ order }) => order !== PLAIN_ORDER)) return false;
  if (MAKING.some((name) => unit.node.child(name).isDefined) || config.node(["systemd", "timers", unit.name]).isDefined) return true;
  return !config.node("services").names().some((service) => unit.name.startsWith(`${service}-`));
}
