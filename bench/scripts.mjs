/**
 * Times a module with ten scripts against one of the same length whose texts are no scripts, in turn with a bare Node start, and
 * prints the ratio of the two:
 *
 *     npm run bench:scripts -- [--runs N]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { runs: { type: "string", default: "21" } } });
const program = resolve(import.meta.dirname, "../dist/tappaas-lint.js");
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
  const cases = [["node -e 0", ["-e", "0"]], ["without scripts", [program, "without.nix"]], ["with ten", [program, "with.nix"]]];
  const times = cases.map(() => []);
  for (let run = 0; run < Number(values.runs); run++) {
    cases.forEach(([, args], index) => {
      const start = process.hrtime.bigint();
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
      times[index].push(Number(process.hrtime.bigint() - start) / 1e6);
      if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
    });
  }
  const medians = times.map((all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]);
  cases.forEach(([name], index) => console.log(`${name.padEnd(16)} median ${medians[index].toFixed(1).padStart(7)} ms`));
  const [node, without, withScripts] = medians;
  console.log(`with scripts / without: ${(withScripts / without).toFixed(2)}; without the start of Node: ${((withScripts - node) / (without - node)).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true });
}
