/** The inputs of a flake as it declares them (manual page nix3-flake, "Flake inputs"). */
import { type FlakeReference, parseFlakeReference } from "../../engine/domain/flake-ref.ts";
import { type At, type Attr, type Project, type SourceFile, type Value, textOf } from "../../engine/model/index.ts";

/** One declared input. */
export interface FlakeInput {
  /** Below `inputs`: `["nixpkgs"]`, or `["home", "inputs", "nixpkgs"]` for the input of an input. */
  readonly path: readonly string[];
  /** The URL, or the input's attribute path where it has none. */
  readonly at: At;
  /** What it refers to; null where that cannot be read, or where it has no reference of its own. */
  readonly reference: FlakeReference | null;
  /** The path of the input that it stands for. */
  readonly follows: readonly string[] | null;
  /** Nothing says where it comes from, so that the registry decides by its name. */
  readonly isImplicit: boolean;
}

export interface FlakeInputs {
  readonly inputs: readonly FlakeInput[];
  /** Where they are declared: `inputs` of the first one. */
  readonly at: At | null;
}

const MAX_DEPTH = 10;

/** The inputs of a flake; empty where there are none or they cannot be read. */
export function flakeInputs(project: Project, flake: SourceFile): FlakeInputs {
  const value = project.value(flake);
  const attr = value.t === "attrs" ? value.attrs.get("inputs") : undefined;
  return { inputs: attr === undefined ? [] : readInputs(attr.thunk.force(), []), at: attr?.key ?? null };
}

function readInputs(value: Value, above: readonly string[]): FlakeInput[] {
  if (value.t !== "attrs" || above.length > MAX_DEPTH) return [];
  return [...value.attrs].flatMap(([name, attr]) => readInput(attr, [...above, name]));
}

function readInput({ thunk, key }: Attr, path: readonly string[]): FlakeInput[] {
  const value = thunk.force();
  if (value.t !== "attrs") return [];
  const own = (name: string): Value | null => value.attrs.get(name)?.thunk.force() ?? null;
  const text = (name: string): string | null => {
    const found = own(name);
    return found === null ? null : textOf(found);
  };
  const inner = own("inputs");
  const below = inner === null ? [] : readInputs(inner, [...path, "inputs"]);
  const at = value.attrs.get("url")?.thunk.at ?? key;
  if (at === null) return below;
  const follows = text("follows");
  const made = (rest: Partial<FlakeInput>): FlakeInput[] => [{ path, at, reference: null, follows: null, isImplicit: false, ...rest }, ...below];
  if (value.attrs.has("follows")) return made({ follows: follows?.split("/") ?? null });
  if (value.attrs.has("type")) return made({ reference: referenceOf(text) });
  const url = text("url");
  if (value.attrs.has("url")) return made({ reference: url === null ? null : parseFlakeReference(url) });
  // The input of an input keeps what that flake says of it.
  return made({ isImplicit: value.open === null && path.length === 1 });
}

/** A reference given as attributes (manual page nix3-flake, "Attribute set representation"). */
function referenceOf(text: (name: string) => string | null): FlakeReference | null {
  const type = text("type");
  const place = { ref: text("ref"), rev: text("rev") };
  switch (type) {
    case "github":
    case "gitlab":
    case "sourcehut":
      return { type, owner: text("owner"), repo: text("repo"), ...place };
    case "indirect":
      return { type, owner: null, repo: text("id"), ...place };
    case "path":
      return { type, owner: null, repo: text("path"), ...place };
    default: {
      const url = text("url");
      const read = url === null ? null : parseFlakeReference(type === "git" || type === "hg" ? `${type}+${url}` : url);
      return read === null ? null : { ...read, ref: place.ref ?? read.ref, rev: place.rev ?? read.rev };
    }
  }
}
