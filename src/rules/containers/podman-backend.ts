/** Convention: containers run under podman, and the module says so. */
import type { At } from "../../engine/model/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { hasOciContainers } from "../vocabulary/containers.ts";
import { addDefinitions, rewriteValues } from "../vocabulary/fixes.ts";
import { type Part, is, judge, thingAt } from "../vocabulary/options.ts";
import { code, enumerate, showValue } from "../vocabulary/show.ts";

const CONTAINERS = "virtualisation.oci-containers";
const PARTS: readonly Part[] = [
  { path: "virtualisation.podman.enable", want: is(true) },
  { path: `${CONTAINERS}.backend`, want: is("podman") },
];

export default defineRule({
  id: "podman-backend",
  theme: "containers",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Run containers under podman",
    convention: "With any container in `virtualisation.oci-containers.containers`, `virtualisation.podman.enable` is true and `virtualisation.oci-containers.backend` is `\"podman\"`. The default of NixOS does not count: both are written.",
    handbook: "Service Patterns, “Podman Container”: `virtualisation.podman.enable = true; virtualisation.oci-containers.backend = \"podman\";`",
    why: "Units, backups and scripts call the containers by the names that podman gives them (`podman-<name>.service`, `podman stop <name>`). Which engine NixOS takes by itself depends on the release that the machine was installed with; under docker none of these names exist.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦virtualisation.oci-containers⟧.containers.web.image = "docker.io/library/nginx:1.27.4";\n}\n',
        says: ['`virtualisation.oci-containers` runs containers, but `virtualisation.podman.enable` and `virtualisation.oci-containers.backend` are not set: write `virtualisation.podman.enable = true;` and `virtualisation.oci-containers.backend = "podman";`'],
      },
      {
        code: '{ ... }:\n{\n  virtualisation.podman.enable = true;\n  virtualisation.oci-containers = {\n    backend = ⟦"docker"⟧;\n    containers.web.image = "docker.io/library/nginx:1.27.4";\n  };\n}\n',
        says: ['`virtualisation.oci-containers.backend` is `"docker"`: write `virtualisation.oci-containers.backend = "podman";`, the engine that units, backups and scripts count on'],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  virtualisation.podman.enable = true;\n  virtualisation.oci-containers.backend = "podman";\n  virtualisation.oci-containers.containers.web.image = "docker.io/library/nginx:1.27.4";\n}\n',
      },
    ],
  },
  messages: {
    missing: `\`${CONTAINERS}\` runs containers, but {options} not set: write {write}`,
    wrong: "{option} is {found}: write {write}, the engine that units, backups and scripts count on",
  },
  *check({ config }) {
    if (!hasOciContainers(config)) return;
    const missing: Part[] = [];
    for (const part of PARTS) {
      const verdict = judge(config, part);
      if (verdict.kind === "missing") missing.push(part);
      else if (verdict.kind === "wrong") {
        yield { message: "wrong", at: verdict.at, data: { option: code(part.path), found: code(showValue(verdict.value)), write: code(`${part.path} = ${part.want.write};`) }, fix: () => rewriteValues(verdict.answer.winners, part.want.write) };
      }
    }
    if (missing.length === 0) return;
    const options = `${enumerate(missing.map(({ path }) => code(path)))} ${missing.length > 1 ? "are" : "is"}`;
    const write = enumerate(missing.map(({ path, want }) => code(`${path} = ${want.write};`)));
    const near: At | null = thingAt(config, CONTAINERS);
    yield { message: "missing", missing: missing.map(({ path }) => path), ...(near === null ? {} : { near }), data: { options, write }, fix: (place) => addDefinitions([], missing.map(({ path, want }) => ({ path, value: want.write })))(place) };
  },
});
