// @ts-check
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL(".", import.meta.url));

/** Served beside the bundle: what a page fetches only when a figure needs it. */
const assets = [
  "plotly.js-dist-min/plotly.min.js",
  "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
];

/**
 * An import of what JupyterLab shares becomes a look-up in the page: a second copy would be another class.
 * @type {import("esbuild").Plugin}
 */
const sharedModules = {
  name: "shared",
  setup(builder) {
    builder.onResolve({ filter: /^@(codemirror|jupyterlab|lumino)\// }, ({ path }) => ({
      path,
      namespace: "shared",
    }));
    builder.onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => ({
      contents: `module.exports = require("./sharedmodules").shared(${JSON.stringify(path)});`,
      resolveDir: here,
    }));
  },
};

/**
 * What JupyterLab reads of the extension's settings, by the plugin whose they are. What they are called is put in by the
 * extension, which knows the reader's language. The toolbar's place is another plugin's: JupyterLab looks for those
 * before it has loaded what an extension puts in.
 */
const schemas = {
  "stale-cells": {
    "jupyter.lab.setting-icon": "ui-components:run",
    "jupyter.lab.transform": true,
    type: "object",
    properties: { runDependentsAutomatically: { type: "boolean", default: false } },
    additionalProperties: false,
  },
  "follow-switch": {
    "jupyter.lab.toolbars": { Notebook: [{ name: "tslab-gradients-follow", rank: 50 }] },
    type: "object",
    properties: {},
    additionalProperties: false,
  },
};

/**
 * Builds the JupyterLab extension into a folder as JupyterLab's labextensions/tslab-gradients wants it.
 * @param {string} outDir
 * @param {string} pageDir where the page's bundle is, whose live figure this one draws too
 */
export async function bundleLab(outDir, pageDir) {
  const folder = join(outDir, "static");
  await rm(outDir, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { remoteEntry: join(here, "container.ts") },
    entryNames: "[name].[hash]",
    outdir: folder,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    plugins: [sharedModules],
  });
  const load = `static/${(await readdir(folder))[0]}`;
  for (const asset of assets) {
    await copyFile(require.resolve(asset), join(folder, asset.slice(asset.lastIndexOf("/") + 1)));
  }
  await copyFile(join(pageDir, "explore.js"), join(folder, "explore.js"));
  const { name, version, description, license } = JSON.parse(
    await readFile(join(here, "../../package.json"), "utf8"),
  );
  const jupyterlab = { extension: true, schemaDir: "schema", _build: { load, extension: "./extension" } };
  const about = JSON.stringify({ name, version, description, license, jupyterlab }, null, 2);
  await writeFile(join(outDir, "package.json"), about);
  const settings = join(outDir, "schemas", name);
  await mkdir(settings, { recursive: true });
  // There JupyterLab reads the version that the settings are of.
  await writeFile(join(settings, "package.json.orig"), about);
  for (const [plugin, schema] of Object.entries(schemas))
    await writeFile(join(settings, `${plugin}.json`), JSON.stringify(schema, null, 2));
}
