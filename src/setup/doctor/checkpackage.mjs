// @ts-check
// What came with this package, and which package cells in the current folder get.
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { buildReady, buildStampFile } from "../build.mjs";
import { dependenciesReady, selfReady } from "../dependencies.mjs";
import { readStamp } from "../files.mjs";
import { inRoot, isInstalled, packageFolder, root } from "../paths.mjs";
import { toInstallAgain, toInstallPackages, toSetUp } from "./advice.mjs";
import { currentFolder } from "./askprogram.mjs";
import { fine, wanting } from "./findings.mjs";
import { word } from "./wording.mjs";

/** @type {import("./findings.mjs").Check[]} */
export const checks = [
  { name: "package", look: ownPackage },
  { name: "npm packages", look: packages },
  { name: "build", look: build },
  { name: "fonts", look: fonts },
  { name: "cells' tslab-gradients", look: cellsPackage },
  { name: "cells' TensorFlow.js", look: cellsTensorflow },
];

/** In a checkout set-up mends what is missing; what npm has put somewhere only npm puts there again. */
const again = () => (isInstalled ? { advice: toInstallAgain() } : { advice: toSetUp(), mend: { setup: [] } });

/** @param {string} folder */
const versionIn = (folder) => String(readStamp(join(folder, "package.json"))?.version ?? "?");

function ownPackage() {
  const version = versionIn(root);
  const detail = word(isInstalled ? "installed" : "checkout", version, root);
  return fine("package", detail, { version, path: root, installed: isInstalled });
}

function packages() {
  const names = Object.keys(readStamp(inRoot("package.json"))?.dependencies ?? {});
  const gone = names.filter((name) => packageFolder(name) === undefined);
  const { advice, mend } = isInstalled ? { advice: toInstallPackages() } : again();
  const facts = { missing: gone };
  if (gone.length > 0) {
    const detail = word(
      "packagesGone",
      gone.length > 3 ? `${gone.slice(0, 3).join(", ")} …` : gone.join(", "),
    );
    return wanting("npm packages", "missing", detail, advice, { mend, facts });
  }
  if (!fits()) return wanting("npm packages", "broken", word("packagesOld"), advice, { mend, facts });
  return fine("npm packages", word("packagesThere", names.length), facts);
}

/** Whether npm's packages are the locked ones, and the checkout finds itself by its name. */
function fits() {
  try {
    return dependenciesReady() && (isInstalled || selfReady());
  } catch (error) {
    // That they are is remembered, which a folder that cannot be written does without.
    return ["EACCES", "EPERM", "EROFS"].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? "");
  }
}

/** What an installed package must have; a checkout's set-up knows better. */
const parts = ["index.js", "cli.js", join("kernel", "front", "main.js"), join("lab", "package.json")];

function build() {
  const { advice, mend } = again();
  const gone = parts.map((part) => inRoot("dist", part)).find((file) => !existsSync(file));
  if (gone !== undefined)
    return wanting("build", "missing", word("buildGone", gone), advice, { mend, facts: { missing: gone } });
  if (!buildReady()) return wanting("build", "broken", word("buildOld"), advice, { mend });
  return fine("build", word(isInstalled ? "buildCame" : "buildThere"));
}

function fonts() {
  const folder = inRoot("dist", "fonts");
  const expected = ["NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf"];
  const there = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ttf")) : [];
  const gone = expected.filter((name) => !there.includes(name));
  if (!existsSync(inRoot("dist", "figures", "still", "font.ttf"))) gone.push("font.ttf");
  if (gone.length === 0) return fine("fonts", word("fontsThere", there.length, folder), { path: folder });
  const detail = word("fontsGone", folder, gone.join(", "));
  // The build's stamp says that all is well: it is the folder that has to go.
  const advice = isInstalled ? toInstallAgain() : word("again", inRoot("dist"), "npm run setup", root);
  const mend = isInstalled ? undefined : { setup: [buildStampFile] };
  return wanting("fonts", "missing", detail, advice, { mend, facts: { missing: gone } });
}

/** What the kernel itself answers; undefined where there is no build to ask. */
function chosenFolder() {
  const file = inRoot("dist", "kernel", "packages.js");
  if (!existsSync(file)) return undefined;
  /** @type {string} */
  const folder = createRequire(import.meta.url)(file).packageFolder(currentFolder() ?? root);
  return folder;
}

function cellsPackage() {
  const name = "cells' tslab-gradients";
  const folder = chosenFolder();
  if (folder === undefined) return wanting(name, "missing", word("noBuild"), again().advice);
  const isOwn = folder === realpathSync(root);
  const version = versionIn(folder);
  const facts = { version, path: folder, own: isOwn };
  if (isOwn) return fine(name, word("ownPackage", version), facts);
  if (existsSync(join(folder, "dist", "index.js")))
    return fine(name, word("otherPackage", version, folder), facts);
  // A project's own is the project's to mend; npm knows where it came from.
  const project = folder.split(/[\\/]node_modules[\\/]/, 1)[0] ?? folder;
  const advice = word("again", folder, "npm install", project);
  return wanting(name, "broken", word("packageBroken", folder), advice, { facts });
}

/** The packages that bring a TensorFlow.js. */
const kinds = ["@tensorflow/tfjs", "@tensorflow/tfjs-core", "@tensorflow/tfjs-node"];

/**
 * @param {string} folder
 * @param {string} kind
 */
function tensorflowFrom(folder, kind) {
  try {
    return dirname(realpathSync(createRequire(join(folder, "package.json")).resolve(`${kind}/package.json`)));
  } catch {
    return undefined;
  }
}

function cellsTensorflow() {
  const name = "cells' TensorFlow.js";
  const from = chosenFolder() ?? root;
  const used = tensorflowFrom(from, "@tensorflow/tfjs");
  if (used === undefined) {
    const { advice, mend } = again();
    return wanting(name, "missing", word("tensorflowGone", from), advice, from === root ? { mend } : {});
  }
  const here = currentFolder() ?? root;
  const unused = kinds.flatMap((kind) => {
    const folder = tensorflowFrom(here, kind);
    if (folder === undefined || folder === tensorflowFrom(from, kind)) return [];
    return [{ package: kind, version: versionIn(folder), path: folder }];
  });
  const version = versionIn(used);
  const others = unused.map((other) => `${other.package} ${other.version}, ${other.path}`);
  const detail = [
    word("tensorflowUsed", version, used),
    ...others.map((other) => word("tensorflowUnused", other)),
  ];
  return fine(name, detail.join(word("also")), { version, path: used, unused });
}
