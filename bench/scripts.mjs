/**
 * Times a module with ten scripts against one of the same length whose texts are no scripts, in turn with a bare Node start, and
 * prints the ratio of the two:
 *
 *     npm run bench:scripts -- [--runs N]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PROGRAM, expectProgram, inTurn, machine, median } from "./measure.mjs";

const { values } = parseArgs({ options: { runs: { type: "string", default: "21" } } });
expectProgram();
const SCRIPTS = 10;

/** About thirty lines as modules have them: checks, loops, pipes, a generated secret. */
const script = (number) =>
  `set -euo pipefail
TARGET=/var/backup/service${number}
STAMP=$(date +%Y%m%d-%H%M%S)
mkdir -p "$TARGET"
if [ ! -d /var/lib/service${number} ]; then
  echo "nothing to save"
  exit 0
fi
for part in config data state; do
  if [ -d "/var/lib/service${number}/$part" ]; then
    cp -r "/var/lib/service${number}/$part" "$TARGET/$part-$STAMP"
  else
    echo "no $part"
  fi
done
if [ ! -f /etc/secrets/service${number}.env ]; then
  KEY=$(head -c 32 /dev/urandom | base64)
  umask 077
  cat > /etc/secrets/service${number}.env <<EOF
SERVICE_KEY=$KEY
EOF
  chmod 600 /etc/secrets/service${number}.env
fi
find "$TARGET" -type f -mtime +30 -delete
COUNT=$(ls "$TARGET" | wc -l)
case "$COUNT" in
  0) echo "no copies" ;;
  *) echo "$COUNT copies" ;;
esac
`.replace(/^(?=.)/gm, "      ");

/** `wrap` gives ten definitions of the same length, whatever they set. */
const module = (wrap) => `{ config, lib, pkgs, ... }:
{
  system.stateVersion = "25.05";
  imports = [ /etc/nixos/hardware-configuration.nix ];
${Array.from({ length: SCRIPTS }, (_, number) => wrap(number)).join("")}}
`;

const folder = mkdtempSync(join(tmpdir(), "tappaas-lint-bench-"));
try {
  writeFileSync(join(folder, "with.nix"), module((number) => `  systemd.services.service${number} = {\n    script = ''\n${script(number)}    '';\n  };\n`));
  writeFileSync(join(folder, "without.nix"), module((number) => `  environment.etc."service${number}" = {\n    text   = ''\n${script(number)}    '';\n  };\n`));
  const cases = [
    { name: "node -e 0", args: ["-e", "0"], cwd: folder },
    { name: "without scripts", args: [PROGRAM, "without.nix"], cwd: folder },
    { name: "with ten", args: [PROGRAM, "with.nix"], cwd: folder },
  ];
  const medians = inTurn(cases, Number(values.runs)).map(median);
  console.log(machine());
  cases.forEach(({ name }, index) => console.log(`${name.padEnd(16)} median ${medians[index].toFixed(1).padStart(7)} ms`));
  const [node, without, withScripts] = medians;
  console.log(`with scripts / without: ${(withScripts / without).toFixed(2)}; without the start of Node: ${((withScripts - node) / (without - node)).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true });
}
