/**
 * The layout of a `.vsix`: a zip with the extension in a folder of its own, a manifest and a list of the kinds of files in it
 * (Open Packaging Conventions, ECMA-376 part 2, as the Marketplace and VS Code read them).
 */
import { extname } from "node:path";
import { zipSync } from "fflate";

/** The kinds of files that VS Code's own packager names, by what the file names end in. */
const CONTENT_TYPES = {
  ".css": "text/css",
  ".js": "application/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".mjs": "application/javascript",
  ".png": "image/png",
  ".txt": "text/plain",
  ".vsixmanifest": "text/xml",
  ".wasm": "application/wasm",
};

/** Files with a meaning of their own, by their path in the extension. */
const ASSETS = {
  "package.json": "Microsoft.VisualStudio.Code.Manifest",
  "README.md": "Microsoft.VisualStudio.Services.Content.Details",
  "CHANGELOG.md": "Microsoft.VisualStudio.Services.Content.Changelog",
  "LICENSE.txt": "Microsoft.VisualStudio.Services.Content.License",
  "icon.png": "Microsoft.VisualStudio.Services.Icons.Default",
};

/** The earliest time that a zip can hold, wherever it is made: the same files give the same bytes. */
const EPOCH = new Date(1980, 0, 1);

/**
 * The bytes of a `.vsix`.
 * @param manifest the extension's `package.json`
 * @param files contents by path in the extension, with `/`
 */
export function vsix(manifest, files) {
  const names = Object.keys(files).sort();
  const entries = {
    "extension.vsixmanifest": Buffer.from(vsixManifest(manifest, names)),
    "[Content_Types].xml": Buffer.from(contentTypes([".vsixmanifest", ...names.map((name) => extname(name))])),
    ...Object.fromEntries(names.map((name) => [`extension/${name}`, files[name]])),
  };
  return zipSync(entries, { level: 9, mtime: EPOCH });
}

function contentTypes(extensions) {
  const kinds = [...new Set(extensions)].sort().map((extension) => {
    if (CONTENT_TYPES[extension] === undefined) throw new Error(`The kind of files that end in "${extension}" is not known; add it to CONTENT_TYPES.`);
    return `  <Default Extension="${extension}" ContentType="${CONTENT_TYPES[extension]}"/>\n`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\n${kinds.join("")}</Types>\n`;
}

function vsixManifest({ name, publisher, version, displayName, description, keywords, categories, engines, extensionKind, repository, bugs, license, galleryBanner, contributes }, names) {
  const property = (id, value) => `      <Property Id="${id}" Value="${escape(value)}"/>\n`;
  const source = repository.url;
  // What the Marketplace finds an extension by, beside its own words.
  const tags = [...keywords, "snippet", ...contributes.languages.flatMap(({ id, extensions = [] }) => [id, ...extensions.map((extension) => `__ext_${extension.slice(1)}`)])];
  const asset = (path) => `    <Asset Type="${ASSETS[path]}" Path="extension/${path}" Addressable="true"/>\n`;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escape(name)}" Version="${escape(version)}" Publisher="${escape(publisher)}"/>
    <DisplayName>${escape(displayName)}</DisplayName>
    <Description xml:space="preserve">${escape(description)}</Description>
    <Tags>${escape([...new Set(tags)].join(","))}</Tags>
    <Categories>${escape(categories.join(","))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${property("Microsoft.VisualStudio.Code.Engine", engines.vscode)}${property("Microsoft.VisualStudio.Code.ExtensionKind", extensionKind.join(","))}${property("Microsoft.VisualStudio.Services.Links.Source", source)}${property("Microsoft.VisualStudio.Services.Links.Getstarted", source)}${property("Microsoft.VisualStudio.Services.Links.GitHub", source)}${property("Microsoft.VisualStudio.Services.Links.Support", bugs.url)}${property("Microsoft.VisualStudio.Services.Branding.Color", galleryBanner.color)}${property("Microsoft.VisualStudio.Services.Branding.Theme", galleryBanner.theme)}${property("Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown", "true")}${property("Microsoft.VisualStudio.Services.Content.Pricing", "Free")}    </Properties>
    <License>extension/LICENSE.txt</License>
    <Icon>extension/icon.png</Icon>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
${names.filter((path) => path in ASSETS).map(asset).join("")}  </Assets>
</PackageManifest>
`;
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
