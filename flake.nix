# The linter as a package, an app and a check.
{
  description = "The checker that knows the conventions of TAPPaaS's NixOS modules";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.05";

  outputs = { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      inherit (builtins.fromJSON (builtins.readFile ./package.json)) version;

      # What the build takes, by what npm calls the processor; the hashes are those of node_modules and follow package-lock.json.
      systems = {
        x86_64-linux = { cpu = "x64"; hash = "sha256-Xo7kikV3QgGvK3WrWKhdhSLUpr5P1GTyhaN+xO/Swy8="; };
        aarch64-linux = { cpu = "arm64"; hash = "sha256-MTh3p2H/ha9gg1aMNG+qaDehQvYB234LMVnoiGHOLLQ="; };
      };
      forSystems = make: builtins.mapAttrs (system: target: make system nixpkgs.legacyPackages.${system} target) systems;
    in
    {
      packages = forSystems (system: pkgs: { cpu, hash }: {
        default =
          let
            modules = pkgs.stdenvNoCC.mkDerivation {
              pname = "tappaas-lint-modules";
              inherit version;
              src = lib.fileset.toSource {
                root = ./.;
                fileset = lib.fileset.unions [ ./package.json ./package-lock.json ./.npmrc ];
              };
              nativeBuildInputs = [ pkgs.nodejs pkgs.cacert ];
              buildPhase = ''
                export HOME="$TMPDIR"
                npm ci --ignore-scripts --no-audit --no-fund --os=linux --cpu=${cpu} --libc=glibc
              '';
              installPhase = ''
                rm node_modules/.package-lock.json
                mv node_modules "$out"
              '';
              dontFixup = true;
              outputHashMode = "recursive";
              outputHash = hash;
            };
          in
          pkgs.stdenvNoCC.mkDerivation {
            pname = "tappaas-lint";
            inherit version;
            src = self;
            nativeBuildInputs = [ pkgs.nodejs pkgs.makeWrapper pkgs.installShellFiles ];
            buildPhase = ''
              cp -r ${modules} node_modules
              node scripts/build.mjs
            '';
            installPhase = ''
              mkdir -p "$out/lib"
              cp -r dist "$out/lib/tappaas-lint"
              makeWrapper ${pkgs.nodejs}/bin/node "$out/bin/tappaas-lint" \
                --add-flags "$out/lib/tappaas-lint/tappaas-lint.js" \
                --suffix PATH : ${lib.makeBinPath [ pkgs.git ]}
              installManPage man/tappaas-lint.1
              installShellCompletion completions/tappaas-lint.bash completions/tappaas-lint.fish completions/_tappaas-lint
            '';
            meta = {
              description = "Checks TAPPaaS's NixOS modules against the project's conventions";
              homepage = "https://github.com/TAPPaaS/tappaas-lint";
              license = lib.licenses.mpl20;
              mainProgram = "tappaas-lint";
            };
          };
      });

      apps = forSystems (system: _: _: {
        default = {
          type = "app";
          program = "${self.packages.${system}.default}/bin/tappaas-lint";
        };
      });

      checks = forSystems (system: pkgs: _: {
        examples = pkgs.runCommand "tappaas-lint-examples" { } ''
          ${self.packages.${system}.default}/bin/tappaas-lint ${./examples/conforming}
          touch "$out"
        '';
      });
    };
}
