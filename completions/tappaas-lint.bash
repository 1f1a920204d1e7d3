# Completion of tappaas-lint for bash. Made by scripts/shell-texts.mjs.
_tappaas_lint() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}"
  case "$previous" in
    --rule) COMPREPLY=($(compgen -W "admin-user allow-unfree backup-coverage backup-errors-hidden backup-folder-access backup-location backup-redis-save backup-retention backup-schedule backup-timer boot-loader cloud-init conflicting-definitions container-privileged container-volume duplicate-attribute ethernet-profile firewall-enabled firewall-private-ports firewall-service-port firewall-ssh flake-pinned flake-release grow-partition hardware-import host-name image-pinned import-deployable networkd-disabled networkmanager nix-features overridable-defaults parse-error passwordless-sudo podman-backend postgres-ownership postgres-package postgres-trust qemu-guest redis-bind redis-memory secrets-generator secrets-literal secrets-location secrets-logged secrets-mode serial-console ssh-hardening state-version state-version-changed timer-calendar tmpfiles-syntax trusted-users unit-command-path unit-hardening unit-write-paths unknown-option-root unused-suppression unused-version versions-block" -- "$current")); return ;;
    --ignore-rule) COMPREPLY=($(compgen -W "admin-user allow-unfree backup-coverage backup-errors-hidden backup-folder-access backup-location backup-redis-save backup-retention backup-schedule backup-timer boot-loader cloud-init conflicting-definitions container-privileged container-volume duplicate-attribute ethernet-profile firewall-enabled firewall-private-ports firewall-service-port firewall-ssh flake-pinned flake-release grow-partition hardware-import host-name image-pinned import-deployable networkd-disabled networkmanager nix-features overridable-defaults parse-error passwordless-sudo podman-backend postgres-ownership postgres-package postgres-trust qemu-guest redis-bind redis-memory secrets-generator secrets-literal secrets-location secrets-logged secrets-mode serial-console ssh-hardening state-version state-version-changed timer-calendar tmpfiles-syntax trusted-users unit-command-path unit-hardening unit-write-paths unknown-option-root unused-suppression unused-version versions-block" -- "$current")); return ;;
    --base) COMPREPLY=($(compgen -W "" -- "$current")); return ;;
    --config) COMPREPLY=($(compgen -f -- "$current")); return ;;
    --plugin) COMPREPLY=($(compgen -f -- "$current")); return ;;
    --stdin-filename) COMPREPLY=($(compgen -f -- "$current")); return ;;
    --baseline) COMPREPLY=($(compgen -f -- "$current")); return ;;
    --format) COMPREPLY=($(compgen -W "pretty compact json sarif github gitlab junit checkstyle matrix matrix-html markdown" -- "$current")); return ;;
    --fail-on) COMPREPLY=($(compgen -W "error warning info never" -- "$current")); return ;;
    --max-warnings) COMPREPLY=($(compgen -W "" -- "$current")); return ;;
    --threads) COMPREPLY=($(compgen -W "" -- "$current")); return ;;
    --profile) COMPREPLY=($(compgen -f -- "$current")); return ;;
    --cache-location) COMPREPLY=($(compgen -f -- "$current")); return ;;
    explain) COMPREPLY=($(compgen -W "admin-user allow-unfree backup-coverage backup-errors-hidden backup-folder-access backup-location backup-redis-save backup-retention backup-schedule backup-timer boot-loader cloud-init conflicting-definitions container-privileged container-volume duplicate-attribute ethernet-profile firewall-enabled firewall-private-ports firewall-service-port firewall-ssh flake-pinned flake-release grow-partition hardware-import host-name image-pinned import-deployable networkd-disabled networkmanager nix-features overridable-defaults parse-error passwordless-sudo podman-backend postgres-ownership postgres-package postgres-trust qemu-guest redis-bind redis-memory secrets-generator secrets-literal secrets-location secrets-logged secrets-mode serial-console ssh-hardening state-version state-version-changed timer-calendar tmpfiles-syntax trusted-users unit-command-path unit-hardening unit-write-paths unknown-option-root unused-suppression unused-version versions-block" -- "$current")); return ;;
    options) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "--rule --ignore-rule --base --changed --dependents --config --plugin --stdin-filename --write-baseline --prune-baseline --baseline --no-baseline --fix --fix-proposed --diff --format --sarif-include-suppressed --quiet --color --no-color --fail-on --max-warnings --threads --watch --statistics --profile --no-cache --cache-location --version -h --help" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
    ((COMP_CWORD > 1)) || COMPREPLY+=($(compgen -W "explain rules options init lsp" -- "$current"))
  fi
}
complete -o filenames -F _tappaas_lint tappaas-lint
