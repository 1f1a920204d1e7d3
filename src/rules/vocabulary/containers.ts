/** The containers that a configuration runs, however it runs them: their images, their mounts and their options. */
import type { Answer, At, Configuration, OptionNode } from "../../engine/model/index.ts";
import type { ConfigurationContext } from "../../engine/run/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { placeOf } from "./options.ts";
import { scriptContainers } from "./podman.ts";
import { code } from "./show.ts";
import { type SourcedText, sourcedText, sureTexts } from "./text.ts";
import { isSurelyOn, nodesAt } from "./units.ts";

/** A word and where it is written; `HOLE` stands for what is not known of it. */
type Word = Pick<SourcedText, "text" | "at">;

/** One use of a container image. */
export interface ContainerUse {
  /** What messages call it: "the container `web`". */
  readonly title: string;
  /** The image reference; null where it is not known or no registry is asked for it. */
  readonly image: Pick<SourcedText, "text" | "at" | "origin"> | null;
  /** Volumes as `host:container[:options]`. */
  readonly volumes: readonly Word[];
  /** The words of the command line between `run` and the image, in their order, without those that options above stand for. */
  readonly options: readonly Word[];
  /** Options of the module that take the walls down like a flag of the command line would. */
  readonly privileges: readonly { readonly at: At; readonly shown: string }[];
}

/** A place on the host that a container gets to see. */
export interface Mount {
  /** Where on the host, or the name of a volume; `HOLE` for what is not known. */
  readonly source: string;
  readonly at: At | null;
}

/** Every use of a container: declared, or run by a script. */
export function containerUses({ config, scripts }: Pick<ConfigurationContext<unknown>, "config" | "scripts">): readonly ContainerUse[] {
  return [...declaredContainers(config), ...runContainers(scripts)];
}

/** Whether a container is surely declared in the way of `virtualisation.oci-containers`. */
export function hasOciContainers(config: Configuration): boolean {
  return ociNodes(config).length > 0;
}

const OCI = ["virtualisation", "oci-containers", "containers"] as const;

function ociNodes(config: Configuration): OptionNode[] {
  return nodesAt(config, [...OCI, "*"]).filter((node) => node.answer().definitions.some(({ undecided }) => undecided.length === 0));
}

const declaredContainers = onceFor(ociContainers);
const runContainers = onceFor(scriptContainers);

function ociContainers(config: Configuration): ContainerUse[] {
  return ociNodes(config).map((node) => {
    const answer = (name: string): Answer => node.child(name).answer();
    const image = answer("image");
    const isPulled = ["imageFile", "imageStream"].every((name) => isUnset(answer(name)));
    return {
      title: `the container ${code(node.path[node.path.length - 1] as string)}`,
      image: isPulled && image.state === "known" && image.value?.t === "string" ? sourcedText(image.value, placeOf(image)) : null,
      volumes: sureTexts(answer("volumes")),
      options: sureTexts(answer("extraOptions")),
      privileges: [
        ...grant(answer("privileged"), "privileged = true"),
        ...grant(node.child("capabilities").child("ALL").answer(), "capabilities.ALL = true"),
      ],
    };
  });
}

function grant(answer: Answer, shown: string): ContainerUse["privileges"] {
  const at = isSurelyOn(answer) ? placeOf(answer) : null;
  return at === null ? [] : [{ at, shown }];
}

function isUnset(answer: Answer): boolean {
  return answer.state === "undefined" || (answer.state === "known" && answer.value?.t === "null");
}

/** A flag of the command line with its value; `at` is the word to blame, the value's where that is a word of its own. */
export interface Flag {
  readonly name: string;
  readonly value: string | null;
  readonly at: At | null;
}

/**
 * The flags among a container's options. Which flags take a value is not known here, so that of a flag without `=` is
 * the next word; a rule that knows better ignores it.
 */
export function flagsOf({ options }: ContainerUse): Flag[] {
  // Whoever writes flag and value into one element means both.
  const words = options.flatMap(({ text, at }) => (text.startsWith("-") ? text.split(/ +/) : [text]).map((word) => ({ word, at })));
  return words.flatMap(({ word, at }, index): Flag[] => {
    const [, name, value] = /^(-[A-Za-z]|--[A-Za-z][\w-]*)(?:=([^]*))?$/.exec(word) ?? [];
    if (name === undefined) return [];
    if (value !== undefined) return [{ name, value, at }];
    const next = words[index + 1];
    return next === undefined || next.word.startsWith("-") ? [{ name, value: null, at }] : [{ name, value: next.word, at: next.at }];
  });
}

/** What a container mounts: its volumes and the flags that mount (podman-run(1) `--volume`, `--mount`). */
export function mountsOf(use: ContainerUse): Mount[] {
  const flags = flagsOf(use).flatMap(({ name, value, at }): Mount[] => {
    if (value === null) return [];
    if (name === "-v" || name === "--volume") return volumeSource(value, at);
    if (name !== "--mount") return [];
    const fields = new Map(value.split(",").map((field): [string, string] => [field.split("=", 1)[0] as string, field.slice(field.indexOf("=") + 1)]));
    const source = fields.get("source") ?? fields.get("src");
    return source === undefined || fields.get("type") !== "bind" ? [] : [{ source, at }];
  });
  return [...use.volumes.flatMap(({ text, at }) => volumeSource(text, at)), ...flags];
}

/** A volume without a colon is anonymous: nothing of the host. */
function volumeSource(volume: string, at: At | null): Mount[] {
  const colon = volume.indexOf(":");
  return colon < 0 ? [] : [{ source: volume.slice(0, colon), at }];
}
