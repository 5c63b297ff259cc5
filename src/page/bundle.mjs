// @ts-check
import { copyFile, mkdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { functionsOfPages, tensorflowOfPages } from "./pageoperations.mjs";

const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL(".", import.meta.url));

/** A page stores and fetches no models. @type {import("esbuild").Plugin} */
const withoutModels = {
  name: "without-models",
  setup(builder) {
    builder.onResolve({ filter: /(^|\/)io\/(io|local_storage|indexed_db)$/ }, ({ importer }) =>
      /[\\/]tfjs-core[\\/]/.test(importer) ? { path: "io", namespace: "nothing" } : null,
    );
    builder.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** Of sucrase: its check of options, source maps, and what is for JSX, Flow, tests, CommonJS and older JavaScript. */
const unasked =
  /\/(Options|CJSImportProcessor|computeSourceMap|formatTokens|flow|jsx(\/index)?|(CJSImport|Flow|JSX|JestHoist|NumericSeparator|OptionalCatchBinding|OptionalChainingNullish|ReactDisplayName|ReactHotLoader)Transformer)$/;

/** A page asks sucrase to take types away and for nothing else: the rest is 19 kB of a compressed page. @type {import("esbuild").Plugin} */
const typesAlone = {
  name: "types-alone",
  setup(builder) {
    builder.onResolve({ filter: unasked }, ({ importer }) =>
      /[\\/]sucrase[\\/]/.test(importer) ? { path: "unasked", namespace: "unasked" } : null,
    );
    builder.onLoad({ filter: /.*/, namespace: "unasked" }, () => ({
      contents: "exports.validateOptions = () => {};",
    }));
  },
};

/** What a worker has and no file holds: its share of TensorFlow.js, and what browsers lack. @type {import("esbuild").Plugin} */
const inWorker = {
  name: "in-worker",
  setup(builder) {
    builder.onResolve({ filter: /^tensorflow(\/functions)?$/ }, ({ path }) => ({ path, namespace: "made" }));
    builder.onLoad({ filter: /.*/, namespace: "made" }, ({ path }) => ({
      contents: path === "tensorflow" ? tensorflowOfPages() : functionsOfPages(),
      resolveDir: here,
    }));
    // Browsers cannot tell by themselves which cell a promise belongs to.
    builder.onResolve({ filter: /^node:async_hooks$/ }, () => ({
      path: join(here, "worker/asynccontext.ts"),
    }));
  },
};

/**
 * Builds what live pages are made of into a folder: its scripts, the live figure's, plotly.js and the styles.
 * @param {string} outDir
 */
export async function bundlePage(outDir) {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const common = /** @type {const} */ ({
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    outdir: outDir,
    legalComments: "none",
    // Chinese as it is written: shorter, and an export looks in the live figure's script for the characters that its
    // font must have.
    charset: "utf8",
    define: { "process.pid": "0" },
  });
  await Promise.all([
    build({
      ...common,
      entryPoints: { worker: join(here, "worker/main.ts") },
      plugins: [inWorker, withoutModels],
    }),
    build({ ...common, entryPoints: { page: join(here, "main.ts") }, plugins: [typesAlone] }),
    build({
      ...common,
      entryPoints: { page: join(here, "style/page.css"), slides: join(here, "style/slides.css") },
    }),
    build({ ...common, entryPoints: { slides: join(here, "slides.ts") } }),
    build({ ...common, entryPoints: { paper: join(here, "paper/main.ts") }, globalName: "paper" }),
    build({
      ...common,
      entryPoints: { explore: join(here, "../explorer/main.ts") },
      plugins: [withoutModels],
    }),
  ]);
  const plotly = join(
    dirname(require.resolve("plotly.js-basic-dist-min/package.json")),
    "plotly-basic.min.js",
  );
  await copyFile(plotly, join(outDir, "plotly.js"));
}
