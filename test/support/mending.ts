/** What must hold of every fix, whatever tree it is made in. */
import { type Host, Project, optionView } from "../../src/engine/model/index.ts";
import type { FixKind, Rule, RunResult } from "../../src/engine/run/index.ts";
import { parse } from "../../src/engine/syntax/index.ts";
import { rules } from "../../src/rules/index.ts";
import { memoryHost } from "../../src/engine/model/memory-host.ts";
import { type TreeOptions, fixTree, lintTree } from "./lint.ts";
import { parser, shell } from "./parser.ts";

/** The options that each rule with a fix is about, by the beginning of their paths; `*` stands for one name. */
export const ABOUT: Readonly<Record<string, readonly string[]>> = {
  "unknown-option-root": ["*"],
  // What another hardware configuration sets is no longer taken in.
  "hardware-import": ["fileSystems"],
  "state-version": ["system.stateVersion"],
  "state-version-changed": ["system.stateVersion"],
  "overridable-defaults": ["networking.hostName", "time.timeZone"],
  "unused-version": [],
  // One in a script is part of it.
  "unused-suppression": ["systemd.services.*.script"],
  "boot-loader": ["boot.loader.systemd-boot.enable"],
  "grow-partition": ["boot.growPartition"],
  "cloud-init": ["services.cloud-init"],
  networkmanager: ["networking.networkmanager.enable"],
  "networkd-disabled": ["systemd.network.enable"],
  "ethernet-profile": ["networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet"],
  "host-name": ["networking.hostName"],
  "serial-console": ["systemd.services.serial-getty@ttyS0"],
  "qemu-guest": ["services.qemuGuest.enable"],
  "ssh-hardening": ["services.openssh"],
  "admin-user": ["users.users.tappaas", "users.extraUsers.tappaas"],
  "passwordless-sudo": ["security.sudo"],
  "nix-features": ["nix.settings.experimental-features"],
  "trusted-users": ["nix.settings.trusted-users"],
  "allow-unfree": ["nixpkgs.config.allowUnfree"],
  "firewall-ssh": ["networking.firewall.allowedTCPPorts"],
  "firewall-enabled": ["networking.firewall.enable"],
  "firewall-private-ports": ["networking.firewall", "services.redis.servers.*.openFirewall"],
  "secrets-mode": ["environment.etc.*.mode", "systemd.tmpfiles", "systemd.services.*", "system.activationScripts"],
  "secrets-generator": ["systemd.services.*"],
  "backup-schedule": ["services.postgresqlBackup.startAt", "systemd.services.*.startAt", "systemd.timers.*.timerConfig.OnCalendar"],
  "backup-redis-save": ["systemd.services.*"],
  "backup-timer": ["systemd.timers.*", "services.postgresqlBackup.startAt"],
  "podman-backend": ["virtualisation.podman.enable", "virtualisation.oci-containers.backend"],
  "container-volume": ["systemd.tmpfiles.rules"],
  "postgres-ownership": ["services.postgresql.ensureUsers", "services.postgresql.ensureDatabases"],
  "redis-bind": ["services.redis"],
  "redis-memory": ["services.redis"],
  "unit-command-path": ["systemd.services.*", "systemd.user.services.*"],
  "unit-hardening": ["systemd.services.*.serviceConfig"],
};

/** Rules whose fix takes something out, with what was said about it: what stands behind an entry goes with it, and a suppression is a comment. */
const TAKES_COMMENTS = new Set(["unused-version", "unused-suppression", "firewall-private-ports"]);

/** What is found because of a fix, and rightly so. */
const MAY_COME: Readonly<Record<string, readonly string[] | "anything">> = {
  // Under its right name an option counts for the first time.
  "unknown-option-root": "anything",
  // What a suppression keeps back, and which of several does, may be another finding.
  "unused-suppression": "anything",
  // Of a firewall that is off it is not said which ports it lacks.
  "firewall-enabled": ["firewall-ssh"],
  // With a timer a script is a backup job, of which more is asked.
  "backup-timer": ["backup-retention"],
  // The release that a machine was installed with need not be the one that the project pins.
  "state-version-changed": ["state-version"],
};

export interface Mending {
  /** What is wrong with the fixes; empty where all holds. */
  readonly mistakes: readonly string[];
  /** How many findings were mended, by rule. */
  readonly mended: ReadonlyMap<string, number>;
  /** The texts afterwards. */
  readonly files: Readonly<Record<string, string>>;
  readonly changed: readonly string[];
  /** Nix would refuse the tree as it was. */
  readonly wasRefused: boolean;
  readonly result: RunResult;
}

/**
 * Mends a tree and looks at what came of it.
 * @param chosen the rules whose findings are mended; all rules look at the tree before and after
 */
export function mend(files: Readonly<Record<string, string>>, chosen: readonly Rule[], kinds: readonly FixKind[], options: TreeOptions = {}): Mending {
  const mistakes: string[] = [];
  const before = lintTree(files, rules, options);
  const outcome = fixTree(files, chosen, kinds, options);
  const after: Record<string, string> = { ...files };
  for (const file of outcome.files) after[file.path] = file.after;
  const mended = new Map<string, number>();
  for (const { rule } of outcome.files.flatMap((file) => file.mended)) mended.set(rule, (mended.get(rule) ?? 0) + 1);
  const by = [...mended.keys()];

  mistakes.push(...outcome.unsettled.map((path) => `${path}: the fixes do not settle`));
  mistakes.push(...outcome.result.failures.map(({ message }) => message));
  for (const { path, findings } of outcome.result.files) {
    for (const { rule, fix, message } of findings) if (fix !== null && kinds.includes(fix) && !outcome.unsettled.includes(path)) mistakes.push(`${path}: ${rule} is left with its fix: ${message}`);
  }
  const now = chosen === rules ? outcome.result : lintTree(after, rules, options);
  for (const finding of without(shown(now), shown(before))) {
    const rule = finding.split(" ")[1] as string;
    const isRight = by.some((id) => MAY_COME[id] === "anything" || MAY_COME[id]?.includes(rule));
    if (!isRight) mistakes.push(`new: ${finding}`);
  }
  // Of a suppression's own rule nothing can be told so: without one another is used.
  if (!by.includes("unused-suppression")) {
    const found = new Set(shown(before));
    const gone = without(shown(before), shown(now));
    const told = outcome.files.flatMap((file) => file.mended.map(({ rule, message }) => line(file.path, rule, message))).filter((each) => found.has(each));
    for (const each of without(told, gone)) mistakes.push(`mended and still there: ${each}`);
  }
  for (const { path, before: old, after: text } of outcome.files) {
    if (parse(old).errors.length > 0) mistakes.push(`${path} has a syntax error and was touched`);
    for (const error of parse(text).errors) mistakes.push(`${path} has a syntax error now: ${error.message}`);
    if (!by.some((id) => TAKES_COMMENTS.has(id))) for (const lost of without(commentsOf(old), commentsOf(text))) mistakes.push(`${path} lost a comment: ${lost}`);
    if (!/[^\r]\n/.test(old) && /[^\r]\n/.test(text)) mistakes.push(`${path} changed its line endings`);
  }
  const again = outcome.files.length === 0 ? [] : fixTree(after, chosen, kinds, options).files;
  for (const file of again) if (!outcome.unsettled.includes(file.path)) mistakes.push(`${file.path} changes again: ${file.mended.map(({ rule }) => rule).join(", ")}`);
  const configured = Object.values(options.options?.["overridable-defaults"] ?? {}).flat() as string[];
  const allowed = by.flatMap((id) => [...(ABOUT[id] ?? []), ...(id === "overridable-defaults" ? configured : [])]);
  const [old, new_] = [optionsOf(files), outcome.files.length === 0 ? [] : optionsOf(after)];
  for (const option of outcome.files.length === 0 ? [] : [...without(old, new_), ...without(new_, old)]) {
    const path = option.split("\t")[1] as string;
    if (!allowed.some((about) => isBelow(path, about))) mistakes.push(`${by.join(", ")} changed ${option}`);
  }
  return { mistakes, mended, files: after, changed: outcome.files.map(({ path }) => path), wasRefused: before.files.some(({ findings }) => findings.some(({ rule }) => rule === "duplicate-attribute" || rule === "parse-error")), result: outcome.result };
}

const commentsOf = (text: string): string[] => parse(text).comments.map((comment) => comment.text).sort();

/** Without the lines that some messages name. */
const line = (path: string, rule: string, message: string): string => `${path} ${rule} ${message.replace(/\bline \d+/g, "line …")}`;
const shown = (result: RunResult): string[] => result.files.flatMap(({ path, findings }) => findings.map(({ rule, message, suppressed }) => line(path, rule, suppressed ? `(suppressed) ${message}` : message)));

/** What of a list is not, or not as often, in another. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1);
  return all.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

/** What NixOS would take for each option, by file, as comparable lines. */
function optionsOf(files: Readonly<Record<string, string>>): string[] {
  const host: Host = memoryHost(files);
  const project = new Project(host, parser);
  project.shell = shell;
  return Object.keys(files).filter((path) => path.endsWith(".nix")).flatMap((path) => {
    const configuration = project.configuration(path);
    return configuration === null ? [] : Object.entries(optionView(configuration)).map(([option, { state, value, priority }]) => `${path}\t${option}\t${JSON.stringify({ state, value, priority })}`);
  });
}

/** Whether an option's path is one that a rule is about, or leads to or from it (a set that was whole may be taken apart). */
function isBelow(option: string, about: string): boolean {
  const names = (path: string): string[] => [...path.matchAll(/"((?:[^"\\]|\\.)*)"|[^.]+/g)].map((match) => match[1] ?? match[0]);
  const [own, wanted] = [names(option), names(about)];
  return own.every((name, index) => wanted[index] === undefined || wanted[index] === "*" || wanted[index] === name);
}
