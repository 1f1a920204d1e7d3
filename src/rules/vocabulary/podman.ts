/** Reads `podman run` and its kin in scripts: which image, with which options. */
import { HOLE } from "../../engine/domain/hole.ts";
import type { At, Script } from "../../engine/model/index.ts";
import type { CommandUse, Text } from "../../engine/model/script/index.ts";
import type { ContainerUse } from "./containers.ts";
import { code } from "./show.ts";

/** Long options of `podman run` and `create` that stand alone (podman-run(1)); all others take a value. */
const FLAGS = new Set(
  (
    "detach env-host help http-proxy init interactive no-healthcheck no-hosts no-hostname oom-kill-disable passwd privileged publish-all quiet " +
    "read-only read-only-tmpfs replace rm rmi sig-proxy systemd tls-verify tty all-tags no-trunc disable-content-trust"
  ).split(" "),
);
/** Short options with a value. */
const SHORT_WITH_VALUE = "acehlmpuvw";

/** Subcommands that name an image, with where they take it from. */
const WITH_IMAGE = new Set(["run", "create", "pull"]);

/** A text with `HOLE` for what is not known of it. */
function shownText(text: Text): string {
  return text.parts.map((part) => (typeof part === "string" ? part : HOLE)).join("");
}

/** One run, creation or pull of a container image in a script. */
interface Invocation {
  readonly image: number;
  /** Indexes of the arguments between the subcommand and the image. */
  readonly options: readonly number[];
}

function invocationOf({ args }: CommandUse): Invocation | null {
  const words = args.map(shownText);
  const start = words.findIndex((word, index) => WITH_IMAGE.has(word) && !(words[index - 1] ?? "").startsWith("-"));
  if (start < 0 || words.slice(0, start).some((word) => !word.startsWith("-") && word !== "container" && word !== "image")) return null;
  const options: number[] = [];
  for (let i = start + 1; i < words.length; i++) {
    const word = words[i] as string;
    if (!word.startsWith("-")) return args[i]?.splits === true ? null : { image: i, options };
    options.push(i);
    if (word === "--") return i + 1 < words.length ? { image: i + 1, options } : null;
    if (word.includes(HOLE) && !word.includes("=")) return null;
    const takesValue = word.startsWith("--") ? !word.includes("=") && !FLAGS.has(word.slice(2)) : SHORT_WITH_VALUE.includes(word[word.length - 1] as string) && word.length === 2;
    if (takesValue) options.push(++i);
  }
  return null;
}

/** The containers that scripts run, create or pull. */
export function scriptContainers(scripts: readonly Script[]): ContainerUse[] {
  return scripts.flatMap((script) =>
    script.facts.commands.flatMap((command): ContainerUse[] => {
      if ((command.name !== "podman" && command.name !== "docker") || command.elsewhere) return [];
      const invocation = invocationOf(command);
      if (invocation === null) return [];
      const placeOf = (index: number): At | null => {
        const span = command.argsAt[index];
        return span === undefined ? null : script.at(span);
      };
      const word = (index: number): { text: string; at: At | null } => ({ text: shownText(command.args[index] as Text), at: placeOf(index) });
      const image = word(invocation.image);
      return [
        {
          title: script.source.unit === null ? "in a script" : `in the unit ${code(script.source.unit)}`,
          image: { ...image, origin: () => null },
          volumes: [],
          options: invocation.options.map(word),
          privileges: [],
        },
      ];
    }),
  );
}
