/** Convention: every container image is pinned to a version. */
import { HOLE } from "../../engine/domain/hole.ts";
import { isPinned, parseImageReference } from "../../engine/domain/image.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { containerUses } from "../vocabulary/containers.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";

export default defineRule({
  id: "image-pinned",
  theme: "containers",
  severity: "error",
  fix: null,
  security: 5.9,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Pin container images",
    convention: "Every container image has a digest, or a tag with a version number: not none, and not `latest`, `main`, `stable`, `nightly` and the like. Images that Nix builds itself (`imageFile`, `imageStream`) and locally built ones (`localhost/…`) are not pulled, so they are not judged.",
    handbook: "Key Conventions: “Use versions = { ... } let block for version pinning”; security review list: images and packages are pinned",
    why: "A tag that moves brings another program at the next pull, on one machine and not on the other, without anybody having changed the module, and `nixos-rebuild --rollback` does not bring the old one back.",
    bad: [
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.web.image = ⟦"docker.io/library/nginx:latest"⟧;\n}\n',
        says: ["The tag `latest` of the image `docker.io/library/nginx` (the container `web`) has no version number, so each pull may bring another version: write a tag with a version number or a digest"],
      },
      {
        code: 'let\n  versions.web = "stable";\nin\n{\n  virtualisation.oci-containers.containers = {\n    web.image = ⟦"nginx:${versions.web}"⟧;\n    cache.image = ⟦"redis"⟧;\n  };\n}\n',
        says: [
          "The tag `stable` of the image `nginx` (the container `web`) has no version number, so each pull may bring another version: write a tag with a version number or a digest",
          "The image `redis` (the container `cache`) has no tag, which means `latest`, so each pull may bring another version: write a tag with a version number or a digest",
        ],
      },
    ],
    good: [
      {
        code: 'let\n  versions.web = "1.27.4";\nin\n{\n  virtualisation.oci-containers.containers = {\n    web.image = "docker.io/library/nginx:${versions.web}-alpine";\n    cache.image = "docker.io/library/redis@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";\n  };\n}\n',
      },
    ],
  },
  messages: {
    moving: "The tag {tag} of the image {name} ({container}) has no version number, so each pull may bring another version: write a tag with a version number or a digest",
    untagged: "The image {name} ({container}) has no tag, which means `latest`, so each pull may bring another version: write a tag with a version number or a digest",
    invalid: "{image} ({container}) is no image reference that a container engine takes: write `name:version`, in lower case but for the version",
  },
  *check(context) {
    for (const { image, title } of containerUses(context)) {
      if (image === null || image.at === null || image.text.includes(HOLE)) continue;
      const { text, at } = image;
      const reference = parseImageReference(text);
      if (reference === null) {
        yield { message: "invalid", at, data: { image: text === "" ? "An empty text" : text.trim() === "" ? "A blank text" : code(inMessage(text)), container: title } };
        continue;
      }
      // Nothing pulls what was built on this machine.
      if (isPinned(reference) || (reference.registry === "localhost" && reference.port === null)) continue;
      if (reference.tag === null) {
        yield { message: "untagged", at, data: { name: code(text), container: title } };
        continue;
      }
      const name = text.slice(0, text.length - reference.tag.length - 1);
      const origin = image.origin(name.length + 1, text.length);
      const related = origin === null ? [] : [{ at: origin, message: `The tag ${code(reference.tag)} comes from here` }];
      yield { message: "moving", at, data: { tag: code(reference.tag), name: code(name), container: title }, related };
    }
  },
});
