/** Keeps what is asked while files are judged: a judgement holds for as long as the same questions get the same answers. */
import { hash } from "node:crypto";
import type { Host, Kind } from "../../engine/model/index.ts";
import type { Settings, SettingsOf } from "../../engine/run/index.ts";
import type { Changes } from "../base.ts";
import type { DiskHost } from "../disk-host.ts";
import type { Judged } from "../judging.ts";

/** What was asked, and a short text for each answer. */
export type Asked = ReadonlyMap<string, string>;

/** The letters that questions begin with; what follows is a path, or for `mentions` what the Host was asked with. */
const LETTER = { text: "t", kind: "k", place: "p", folder: "l", mentions: "m", listing: "n", settings: "s" } as const;

/** Stands before questions about the tree as it was in a base revision. */
const BASE = "b";

/** Which `.nix` files there are. */
export const LISTING = LETTER.listing;

/** A text's digest: whoever writes what is linted shall not be able to write another text that passes for it. */
export function digestOf(text: string): string {
  return hash("sha256", text, "base64").slice(0, 32);
}

export const textQuestion = (path: string): string => LETTER.text + path;
export const kindQuestion = (path: string): string => LETTER.kind + path;
export const isAboutMentions = (question: string): boolean => question.startsWith(LETTER.mentions);
export const isAboutBase = (question: string): boolean => question.startsWith(BASE);

/** The path whose text is asked for; null for other questions. */
export function textPathOf(question: string): string | null {
  return question.startsWith(LETTER.text) ? question.slice(1) : null;
}

/** What answers are made of. */
export interface Sources {
  readonly host: Host;
  readonly settings: SettingsOf;
  /** The ids of all rules that settings may speak of. */
  readonly ruleIds: readonly string[];
}

/** Answers questions in short texts, each once. */
export class Answers {
  /** The files that the search through the tree has found. No link is ever among them. */
  readonly listed: ReadonlySet<string>;
  readonly #sources: Sources;
  #base: Host | null = null;
  readonly #known = new Map<string, string>();

  constructor(sources: Sources) {
    this.#sources = sources;
    this.listed = new Set(sources.host.nixFiles());
  }

  /** To be called before questions about the base are asked, where there is one. */
  async compare(disk: DiskHost, changes: Changes | null): Promise<void> {
    if (changes !== null) this.#base = (await import("../base.ts")).baseHost(disk, changes);
  }

  of(question: string): string {
    let answer = this.#known.get(question);
    if (answer === undefined) {
      const host = isAboutBase(question) ? this.#base : this.#sources.host;
      answer = host === null ? "" : this.#ask(host, isAboutBase(question) ? question.slice(BASE.length) : question);
      this.#known.set(question, answer);
    }
    return answer;
  }

  #ask(host: Host, question: string): string {
    const about = question.slice(1);
    switch (question[0]) {
      case LETTER.text: {
        const text = host.read(about);
        return text === null ? "" : digestOf(text);
      }
      case LETTER.kind:
        return host.kind(about) ?? "";
      case LETTER.place:
        return host.realPath?.(about) ?? about;
      case LETTER.folder:
        return digestOf([...host.list(about)].sort().join("\0"));
      case LETTER.mentions:
        return digestOf((host.mentioning?.(about) ?? []).join("\0"));
      case LETTER.listing:
        return digestOf(host.nixFiles().join("\0"));
      default:
        return settingsDigest(this.#sources.settings(about), this.#sources.ruleIds);
    }
  }
}

/** What answers the questions of a run's judgements; those about the base come later. */
export function answersFor({ host, settings, knownRules }: Pick<Judged, "host" | "settings" | "knownRules">): Answers {
  return new Answers({ host, settings, ruleIds: [...knownRules] });
}

function settingsDigest(settings: Settings, ruleIds: readonly string[]): string {
  const { role, ignored, requireReasons, requirements } = settings;
  return digestOf(JSON.stringify([role, ignored, requireReasons, requirements, ruleIds.map((id) => settings.rule(id))]));
}

/** Records what is asked for one judgement. */
export class Recorder {
  readonly #answers: Answers;
  /** Null for an answer that is worked out when all is done: a Host on the disk keeps what it has read. */
  readonly #asked = new Map<string, string | null>([[LISTING, null]]);

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** A Host that hands questions on and notes them down. */
  host(host: Host): Host {
    return new RecordingHost(host, this.#asked, "", this.#answers.listed);
  }

  /** The same for the tree as it was. */
  base(host: Host): Host {
    return new RecordingHost(host, this.#asked, BASE, new Set());
  }

  settings(settings: SettingsOf): SettingsOf {
    return (path) => {
      this.#asked.set(LETTER.settings + path, null);
      return settings(path);
    };
  }

  asked(): Asked {
    return new Map([...this.#asked].map(([question, answer]) => [question, answer ?? this.#answers.of(question)]));
  }
}

class RecordingHost implements Host {
  readonly mentioning?: (name: string) => readonly string[];
  readonly #host: Host;
  readonly #asked: Map<string, string | null>;
  readonly #prefix: string;
  readonly #listed: ReadonlySet<string>;

  /** @param listed files that are known to be no links */
  constructor(host: Host, asked: Map<string, string | null>, prefix: string, listed: ReadonlySet<string>) {
    this.#host = host;
    this.#asked = asked;
    this.#prefix = prefix;
    this.#listed = listed;
    // Without it whoever asks goes through the texts, which are noted down as well.
    if (host.mentioning !== undefined) {
      this.mentioning = (name) => {
        this.#note(LETTER.mentions + name);
        return host.mentioning?.(name) ?? [];
      };
    }
  }

  read(path: string): string | null {
    this.#note(LETTER.text + path);
    return this.#host.read(path);
  }

  kind(path: string): Kind {
    this.#note(LETTER.kind + path);
    return this.#host.kind(path);
  }

  realPath(path: string): string {
    const place = this.#host.realPath?.(path) ?? path;
    if (!this.#listed.has(path)) this.#note(LETTER.place + path, place);
    return place;
  }

  list(folder: string): readonly string[] {
    this.#note(LETTER.folder + folder);
    return this.#host.list(folder);
  }

  nixFiles(): readonly string[] {
    this.#note(LISTING);
    return this.#host.nixFiles();
  }

  #note(question: string, answer: string | null = null): void {
    this.#asked.set(this.#prefix + question, answer);
  }
}
