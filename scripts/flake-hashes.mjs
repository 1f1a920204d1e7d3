/** Writes the hashes of node_modules into flake.nix anew, as they follow package-lock.json. Takes npm's registry and `nix-hash`. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FILE = "flake.nix";

function run(program, args, cwd) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

/** What `modules` of flake.nix comes to for a processor, as npm calls it. */
function hashFor(cpu) {
  const folder = mkdtempSync(join(tmpdir(), "tappaas-lint-modules-"));
  try {
    for (const name of ["package.json", "package-lock.json", ".npmrc"]) cpSync(name, join(folder, name));
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--os=linux", `--cpu=${cpu}`, "--libc=glibc"], folder);
    rmSync(join(folder, "node_modules/.package-lock.json"));
    return `sha256-${Buffer.from(run("nix-hash", ["--type", "sha256", "node_modules"], folder), "hex").toString("base64")}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const text = readFileSync(FILE, "utf8");
writeFileSync(FILE, text.replace(/cpu = "(\w+)"; hash = "[^"]*"/g, (_, cpu) => `cpu = "${cpu}"; hash = "${hashFor(cpu)}"`));
