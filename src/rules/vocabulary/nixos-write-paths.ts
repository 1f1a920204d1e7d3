/** Folders that NixOS's own hardened units may write to because an option of the tree names them. */
import { type At, type Configuration, textOf } from "../../engine/model/index.ts";
import { cleanPath } from "./folders.ts";
import { placeOf } from "./options.ts";
import { isSurelyOn } from "./units.ts";

/** A folder in a `ReadWritePaths` that NixOS's module writes. */
export interface NixosWritePath {
  readonly unit: string;
  readonly user: string;
  readonly path: string;
  /** The option that names a file in it. */
  readonly option: string;
  readonly at: At;
}

/** Promtail's positions (nixpkgs, `nixos/modules/services/logging/promtail.nix`): only its own cache folder is made for it. */
export function nixosWritePaths(config: Configuration): NixosWritePath[] {
  const option = "services.promtail.configuration.positions.filename";
  if (!isSurelyOn(config.option("services.promtail.enable"))) return [];
  const answer = config.option(option);
  const file = answer.state === "known" && answer.value !== null ? textOf(answer.value) : null;
  const at = placeOf(answer);
  const path = file === null || file.startsWith("/var/cache/promtail") ? null : cleanPath(file.slice(0, file.lastIndexOf("/")));
  return path === null || path === "/" || at === null ? [] : [{ unit: "promtail", user: "promtail", path, option, at }];
}
