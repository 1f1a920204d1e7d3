/** Which folders and files of a machine a configuration brings into being, so that what needs them finds them. */
import { HOLE } from "../../engine/domain/hole.ts";
import { parseTmpfilesLine } from "../../engine/domain/tmpfiles.ts";
import { type Answer, type Configuration, textOf } from "../../engine/model/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { type CreatingText, creatingTexts, isCreatedByText } from "./creating-texts.ts";
import { isWhollyKnown, linesOf, sourcedText, sureTexts } from "./text.ts";
import { isNixosService, isOn, isSurelyOff, nodesAt } from "./units.ts";

/** `created`: the configuration or every NixOS makes it · `missing`: surely nothing does · `unknown`: something may. */
export type Existence = "created" | "missing" | "unknown";

/** Folders of every NixOS: its activation and systemd's own tmpfiles.d make them. */
const EVERYWHERE = new Set(
  (
    "/ /bin /boot /dev /etc /etc/nixos /etc/ssl /etc/ssl/certs /etc/systemd /etc/pam.d /etc/static /home /nix /nix/store /nix/var /proc /root /run /srv /sys /tmp " +
    "/usr /usr/bin /var /var/cache /var/db /var/empty /var/lib /var/lib/nixos /var/lib/private /var/lib/systemd /var/log /var/log/journal /var/run /var/spool /var/tmp"
  ).split(" "),
);

/** Below these nothing can be said: the kernel, running programs, the store or people put things there. */
const UNSAID = "/boot /dev /home /media /mnt /nix /proc /root /run /sys /tmp /var/run /var/tmp /var/lib/containers /var/lib/docker /var/lib/systemd /etc/ssl /etc/pki /etc/static /etc/systemd".split(" ");

/** Files in `/etc` that NixOS itself writes. */
const SYSTEM_FILES = new Set(
  "bashrc fstab fuse.conf group hostname hosts inputrc issue localtime locale.conf login.defs lsb-release machine-id mtab nsswitch.conf os-release passwd profile protocols resolv.conf services set-environment shadow shells subgid subuid sudoers terminfo timezone vconsole.conf zoneinfo".split(" "),
);

/** Line types that make something at their path (tmpfiles.d(5) "Type"). */
const MAKING = "fFdDvqQpLcbC";
/** Of these it is not said what is below. */
const FILLED = "LC";

/** The folder below which each kind of a unit's directories stands (systemd.exec(5) "RuntimeDirectory="). */
const UNIT_FOLDERS = { StateDirectory: "/var/lib", CacheDirectory: "/var/cache", LogsDirectory: "/var/log", RuntimeDirectory: "/run", ConfigurationDirectory: "/etc" } as const;

/** Paths that are looked for in all texts; the rest of a stranger's thousands stays unknown. */
const MAX_SEARCHES = 500;
/** `PATH_MAX` of Linux, in bytes. */
const MAX_PATH = 4096;

/** What a configuration makes. */
class Folders {
  readonly #config: Configuration;
  /** With all folders above: whatever makes a path makes these too. */
  readonly #made = new Set<string>();
  /** Made, with contents that nobody here can know: state of a service, a home, a mounted disk. */
  readonly #filled = new Set<string>();
  /** Something may be made at any path that starts so. */
  readonly #vague = new Set<string>();
  #texts: readonly CreatingText[] | null | undefined;
  #searches = 0;

  constructor(config: Configuration) {
    this.#config = config;
    if (config.unfollowed.length > 0) this.#vague.add("");
    this.#tmpfiles();
    this.#unitFolders();
    this.#etc();
    this.#homes();
    for (const node of nodesAt(config, ["fileSystems", "*"])) this.#add(node.path[1] as string, true);
    if (config.node("fileSystems").open !== null) this.#vague.add("/");
  }

  existence(path: string, before: string | null): Existence {
    const clean = cleanPath(path);
    if (clean === null) return "unknown";
    if (EVERYWHERE.has(clean)) return "created";
    const [, top, name, inner] = clean.split("/");
    if (top === "etc" && inner === undefined && SYSTEM_FILES.has(name ?? "")) return "created";
    if (this.#made.has(clean)) return "created";
    if (UNSAID.some((folder) => clean.startsWith(`${folder}/`)) || clean.endsWith(".sock") || clean.endsWith(".socket")) return "unknown";
    for (let end = 0; end <= clean.length; end++) if (this.#vague.has(clean.slice(0, end))) return "unknown";
    if (foldersAbove(clean).some((folder) => this.#filled.has(folder)) || this.#isOfService(clean)) return "unknown";
    if (this.#texts === undefined) this.#texts = creatingTexts(this.#config);
    return ++this.#searches > MAX_SEARCHES || this.#texts === null || isCreatedByText(this.#texts, clean, before) ? "unknown" : "missing";
  }

  #add(path: string, isFilled: boolean): void {
    const hole = path.indexOf(HOLE);
    const clean = hole >= 0 ? null : cleanPath(path);
    if (clean === null) this.#vague.add(hole >= 0 ? path.slice(0, hole) : "/");
    else {
      for (const made of [clean, ...foldersAbove(clean)]) this.#made.add(made);
      if (isFilled) this.#filled.add(clean);
    }
  }

  #tmpfiles(): void {
    const rules = this.#config.node("systemd.tmpfiles.rules").answer();
    if (!isWhollyKnown(rules)) this.#vagueItems(rules);
    for (const { text } of sureTexts(rules)) {
      for (const { text: line } of linesOf(text)) {
        const words = line.trim().split(/\s+/);
        const parsed = parseTmpfilesLine(line);
        if (parsed.kind === "rule") {
          const { type, path, pathField } = parsed.rule;
          if (MAKING.includes(type)) this.#add(path ?? pathField.text.replace(/%.*/s, HOLE), FILLED.includes(type));
        } else if (line.includes(HOLE)) this.#add(words[0]?.includes(HOLE) === true ? HOLE : (words[1] ?? HOLE), true);
      }
    }
    const settings = this.#config.node("systemd.tmpfiles.settings");
    for (const node of nodesAt(this.#config, ["systemd", "tmpfiles", "settings", "*", "*", "*"])) {
      const [path, type] = node.path.slice(-2) as [string, string];
      if (MAKING.includes(type[0] ?? " ")) this.#add(path, FILLED.includes(type[0] as string));
    }
    if (settings.open !== null || nodesAt(this.#config, ["systemd", "tmpfiles", "settings", "*"]).some(({ open }) => open !== null)) this.#vague.add("/");
  }

  /** Lines that are there only under a condition may make their path; what cannot be read may make any. */
  #vagueItems(answer: Answer): void {
    for (const { value } of answer.definitions) {
      if (value.t !== "list" || value.open !== null) this.#vague.add("/");
      else {
        for (const item of value.items) {
          const element = item.thunk.force();
          const [, path] = element.t === "string" ? sourcedText(element, null).text.trim().split(/\s+/) : [];
          this.#vague.add(path?.startsWith("/") === true ? (path.split(HOLE)[0] as string) : "/");
        }
      }
    }
    if (answer.state === "unknown") this.#vague.add("/");
  }

  #unitFolders(): void {
    for (const unit of nodesAt(this.#config, ["systemd", "services", "*", "serviceConfig"])) {
      for (const [setting, folder] of Object.entries(UNIT_FOLDERS)) {
        const answer = unit.child(setting).answer();
        if (answer.state === "undefined") continue;
        if (!isWhollyKnown(answer)) this.#vague.add(`${folder}/`);
        for (const { text } of sureTexts(answer)) {
          for (const word of text.split(/\s+/).filter((each) => each !== "")) this.#add(`${folder}/${word.split(":")[0] as string}`.replace(/%.*/s, HOLE), true);
        }
      }
    }
    if (this.#config.node("systemd.services").open !== null) for (const folder of Object.values(UNIT_FOLDERS)) this.#vague.add(`${folder}/`);
  }

  #etc(): void {
    for (const node of nodesAt(this.#config, ["environment", "etc", "*"])) {
      if (isSurelyOff(node.child("enable").answer())) continue;
      const target = node.child("target").answer();
      const name = target.state === "undefined" ? (node.path[2] as string) : target.state === "known" && target.value?.t === "string" ? sourcedText(target.value, null).text : HOLE;
      // A source may be a folder; text is a file.
      this.#add(`/etc/${name.replace(/^\/?(etc\/)?/, "")}`, node.child("source").isDefined);
    }
    if (this.#config.node("environment.etc").open !== null) this.#vague.add("/etc/");
  }

  #homes(): void {
    for (const user of ["users", "extraUsers"].flatMap((name) => nodesAt(this.#config, ["users", name, "*"]))) {
      const isMade = ["createHome", "isNormalUser"].map((name) => user.child(name).answer()).filter(({ state }) => state !== "undefined");
      if (isMade.every(({ state, value }) => state === "known" && value !== null && isOn(value) === false)) continue;
      const home = user.child("home").answer();
      if (home.state === "undefined") this.#add(`/home/${user.path[2] as string}`, true);
      else this.#add((home.state === "known" && home.value !== null ? textOf(home.value) : null) ?? HOLE, true);
    }
  }

  /** Services that NixOS runs make folders of their own names: `/var/lib/grafana`, `/var/lib/redis-x`; promtail has a cache alone. */
  #isOfService(path: string): boolean {
    const name = /^\/(?:var\/(?:lib|cache|log|spool|backup|www)|srv|etc)\/([^/]+)/.exec(path)?.[1]?.toLowerCase();
    if (name === undefined) return false;
    return this.#config.node("services").names().some((service) => {
      const other = service.toLowerCase();
      if (other === "promtail" && !path.startsWith("/var/cache/")) return false;
      return (name.startsWith(other) || (name.length > 3 && other.startsWith(name))) && isNixosService(this.#config, service);
    });
  }
}

const madeBy = onceFor((config: Configuration) => new Folders(config));

/**
 * Whether what stands at an absolute path is made by a configuration.
 *
 * @param before the unit, without `.service`, that needs it before it runs anything of its own; null where there is none
 */
export function existence(config: Configuration, path: string, before: string | null = null): Existence {
  return madeBy(config).existence(path, before);
}

/** A path without doubled, empty and `.` parts; null where it is not absolute, climbs with `..` or is longer than Linux takes. */
export function cleanPath(path: string): string | null {
  const parts = path.split("/");
  if (path.length > MAX_PATH || parts[0] !== "" || parts.includes("..") || path.includes(HOLE)) return null;
  return `/${parts.filter((part) => part !== "" && part !== ".").join("/")}`;
}

/** The folders in which a clean path lies, nearest first, without the root. */
function foldersAbove(path: string): string[] {
  const found: string[] = [];
  for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) found.push(path.slice(0, slash));
  return found;
}
