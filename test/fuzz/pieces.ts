/** What has meaning somewhere: in Nix, in a script, in a schedule, in a suppression, in JSON, or in no text at all. */

const CHARACTERS = ["\n", "\r\n", "\t", "\u0000", "\u001b[31m", "\u202e", "\u2028", "\ufeff", "😀", "e\u0301", "\ud800", "\u00a0", "\u0085", "]]>", "</script>", "<!--", "&amp;", "\u0060\u0060\u0060", "::error::", "%0A", "|"];

const SUPPRESSIONS = ["# tappaas-lint: disable-next-line ", "# tappaas-lint: disable-file ", "# tappaas-lint: disable ", "# tappaas-lint: disable-line ", "# tappaas-lint: enable", "/* tappaas-lint: disable-next-line ", " */", " -- ", "--", ",", ", ", "grow-partition", "secrets-literal", "all", "*", "nothing-such", "# tappaas-lint", "tappaas-lint:disable"];

const SHELL = [
  "<<EOF\n", "EOF\n", "<<-'X'\n", "X\n", "<<<", "$(", ")", "`", "$((1+1))", "${", "}", "${X:-", "${X##*/}", "$", "\"", "'", "\\", "\\\n", "|| true", "|| :", "| tee ", "&& chmod 600 ", "chmod u=rw,go= ", "> /etc/secrets/x", ">> ", ">&2", "2>&1", "<(", "umask 077\n", "case $x in a) ;; esac", "esac", ";;", "for i in 1 2; do ", "while read -r line; do ", "done", "if true; then ", "fi", "function f { ", "f() {", "{ ", "; }", "openssl rand -hex 32",
  "pg_dump x | gzip > /var/backup/x", "tar czf /var/backup/x.tgz ", "find /var/backup -mtime +30 -delete\n", "redis-cli SAVE\n", "install -m 600 /dev/null ", "runuser -u postgres -- ", "xargs ", "podman run docker.io/x:latest\n", "PASSWORD=hunter2hunter2 ", "set -euo pipefail\n", "set -x\n", "exec ", "trap ", "eval ", "[[ ", " ]]", "(( ", " ))", "*", "?", "~", "!", "&", ";", "|", "%s",
];

const NIX = [
  "{", "}", "[", "]", "(", ")", "\"", "''", "${", "$${", "''${", "''\\", "\\", ";", ":", "=", "==", ".", "...", ",", "?", "@", "//", "++", "->", "!", "-", "/*", "*/", "#",
  " or ", " let ", " in ", " rec ", " with ", " inherit ", " if ", " then ", " else ", " assert ", " null ", " import ", "./.", "../..", "<nixpkgs>", "~/x", "http://x.y", "1.5e9", "99999999999999999999",
  "lib.mkForce ", "lib.mkDefault ", "lib.mkIf config.x ", "lib.mkMerge [ ", "builtins.readFile ", "builtins.fromJSON ", "builtins.toJSON ", "config.", "pkgs.",
  "*-*-* 02:00:00", "Mon..Fri *-*-1..7/2 *:0/5", "~1", "d /x 0750 root root - -", "f+! /etc/secrets/x 0644 - - - %m",
];

const JSON_PIECES = [
  "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud83d", "null", "true", "false", "0", "-0", "1e400", "-1", "1.5", "99999999999999999999", "\"\"", "\"__proto__\"", "\"constructor\"", "\"toString\"", "//", "/*", "*/", "# ", "\"..\"", "\"../..\"", "\"/etc/passwd\"", "\"**/*.nix\"", "\"!{a,b}[!c-a]?*\"", "\"[\"", "\"off\"", "\"error\"", "\"extends\": ", "\"files\": ", "\"version\": ", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "\"vmname\": ", "\"proxyPort\": ", "\"ports\": ", "\"8000:8010\"", "\"nodes\": ", "\"locked\": ", "\"root\"",
];

/** Schedules and lines as systemd has them. */
const LINES = [
  "*", "-", ":", "/", "..", ",", "~", " ", "Mon", "Sun", "Fri..Mon", "2026", "0", "59", "60", "1/0", "999999999999", ".5", "@1234567890", "@", "UTC", "Europe/Berlin", "daily", "monthly", "d ", "f+ ", "L+! ", "x", "/var/lib/x", "0750", "~0644", ":", "root", "10d", "1w2h", "%i", "%%", "%", "\\x2f", "\\", "'", "\"", "=", "^", "local ", "host ", "trust", "127.0.0.1/32", "::1/128", "docker.io/", "@sha256:", ":latest", "registry:5000/", "8080:80/tcp", "-p ",
];

/** By what a text is. */
export const PIECES = {
  nix: [...NIX, ...SHELL, ...SUPPRESSIONS, ...CHARACTERS],
  shell: [...SHELL, ...CHARACTERS],
  json: [...JSON_PIECES, ...CHARACTERS],
  lines: [...LINES, ...CHARACTERS],
  suppressions: [...SUPPRESSIONS, ...CHARACTERS],
} as const;
