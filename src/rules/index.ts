/** The list of all rules: a new rule is one new file and one new line here. */
import type { Rule } from "../engine/run/index.ts";
// structure
import parseError from "./structure/parse-error.ts";
import duplicateAttribute from "./structure/duplicate-attribute.ts";
import unknownOptionRoot from "./structure/unknown-option-root.ts";
import conflictingDefinitions from "./structure/conflicting-definitions.ts";
import hardwareImport from "./structure/hardware-import.ts";
import importDeployable from "./structure/import-deployable.ts";
import stateVersion from "./structure/state-version.ts";
import stateVersionChanged from "./structure/state-version-changed.ts";
import overridableDefaults from "./structure/overridable-defaults.ts";
import versionsBlock from "./structure/versions-block.ts";
import unusedVersion from "./structure/unused-version.ts";
import unusedSuppression from "./structure/unused-suppression.ts";
// baseline
import bootLoader from "./baseline/boot-loader.ts";
import growPartition from "./baseline/grow-partition.ts";
import cloudInit from "./baseline/cloud-init.ts";
import networkmanager from "./baseline/networkmanager.ts";
import networkdDisabled from "./baseline/networkd-disabled.ts";
import ethernetProfile from "./baseline/ethernet-profile.ts";
import hostName from "./baseline/host-name.ts";
import serialConsole from "./baseline/serial-console.ts";
import qemuGuest from "./baseline/qemu-guest.ts";
import sshHardening from "./baseline/ssh-hardening.ts";
import adminUser from "./baseline/admin-user.ts";
import passwordlessSudo from "./baseline/passwordless-sudo.ts";
import nixFeatures from "./baseline/nix-features.ts";
import trustedUsers from "./baseline/trusted-users.ts";
import allowUnfree from "./baseline/allow-unfree.ts";
// firewall
import firewallSsh from "./firewall/firewall-ssh.ts";
import firewallEnabled from "./firewall/firewall-enabled.ts";
import firewallPrivatePorts from "./firewall/firewall-private-ports.ts";
import firewallServicePort from "./firewall/firewall-service-port.ts";
// secrets
import secretsMode from "./secrets/secrets-mode.ts";
import secretsLocation from "./secrets/secrets-location.ts";
import secretsLiteral from "./secrets/secrets-literal.ts";
import secretsGenerator from "./secrets/secrets-generator.ts";
import secretsLogged from "./secrets/secrets-logged.ts";
// backups
import backupSchedule from "./backups/backup-schedule.ts";
import backupLocation from "./backups/backup-location.ts";
import backupFolderAccess from "./backups/backup-folder-access.ts";
import backupCoverage from "./backups/backup-coverage.ts";
import backupRetention from "./backups/backup-retention.ts";
import backupRedisSave from "./backups/backup-redis-save.ts";
import backupTimer from "./backups/backup-timer.ts";
import backupErrorsHidden from "./backups/backup-errors-hidden.ts";
// containers
import podmanBackend from "./containers/podman-backend.ts";
import imagePinned from "./containers/image-pinned.ts";
import containerPrivileged from "./containers/container-privileged.ts";
import containerVolume from "./containers/container-volume.ts";
import postgresPackage from "./containers/postgres-package.ts";
import postgresOwnership from "./containers/postgres-ownership.ts";
import postgresTrust from "./containers/postgres-trust.ts";
import redisBind from "./containers/redis-bind.ts";
import redisMemory from "./containers/redis-memory.ts";
// units
import unitCommandPath from "./units/unit-command-path.ts";
import timerCalendar from "./units/timer-calendar.ts";
import tmpfilesSyntax from "./units/tmpfiles-syntax.ts";
import unitWritePaths from "./units/unit-write-paths.ts";
import unitHardening from "./units/unit-hardening.ts";
// flakes
import flakePinned from "./flakes/flake-pinned.ts";
import flakeRelease from "./flakes/flake-release.ts";

/** Every rule, by theme. */
export const rules: readonly Rule[] = [
  // structure
  parseError,
  duplicateAttribute,
  unknownOptionRoot,
  conflictingDefinitions,
  hardwareImport,
  importDeployable,
  stateVersion,
  stateVersionChanged,
  overridableDefaults,
  versionsBlock,
  unusedVersion,
  unusedSuppression,
  // baseline
  bootLoader,
  growPartition,
  cloudInit,
  networkmanager,
  networkdDisabled,
  ethernetProfile,
  hostName,
  serialConsole,
  qemuGuest,
  sshHardening,
  adminUser,
  passwordlessSudo,
  nixFeatures,
  trustedUsers,
  allowUnfree,
  // firewall
  firewallSsh,
  firewallEnabled,
  firewallPrivatePorts,
  firewallServicePort,
  // secrets
  secretsMode,
  secretsLocation,
  secretsLiteral,
  secretsGenerator,
  secretsLogged,
  // backups
  backupSchedule,
  backupLocation,
  backupFolderAccess,
  backupCoverage,
  backupRetention,
  backupRedisSave,
  backupTimer,
  backupErrorsHidden,
  // containers
  podmanBackend,
  imagePinned,
  containerPrivileged,
  containerVolume,
  postgresPackage,
  postgresOwnership,
  postgresTrust,
  redisBind,
  redisMemory,
  // units
  unitCommandPath,
  timerCalendar,
  tmpfilesSyntax,
  unitWritePaths,
  unitHardening,
  // flakes
  flakePinned,
  flakeRelease,
];
