// @ts-check
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { stampFolder, root } from "../../src/setup/paths.mjs";
import { hash, writeWhole } from "../../src/setup/files.mjs";

const require = createRequire(import.meta.url);

/** TensorFlow.js's core is published with its specifications, as modules that no version of Node takes as they are. */
const entry = `
import { setTestEnvs } from "@tensorflow/tfjs-core/dist/jasmine_util";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
export function declareSpecifications(backendName) {
  setTestEnvs([{ name: backendName, backendName, isDataSync: true }]);
  require("@tensorflow/tfjs-core/dist/tests");
}`;

/**
 * The file whose `declareSpecifications(backendName)` declares the specifications to the Jasmine that is in place; made where missing.
 * @returns {Promise<string>}
 */
export async function specificationsBundle() {
  const folder = dirname(require.resolve("@tensorflow/tfjs-core/package.json"));
  const { version } = require(join(folder, "package.json"));
  const made = hash(require("esbuild/package.json").version, version, entry).slice(0, 16);
  const file = join(stampFolder, `specifications-${version}-${made}.cjs`);
  if (existsSync(file)) return file;
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    // The package says of its specifications' modules that they have no effects, and they would be left out.
    ignoreAnnotations: true,
    external: ["jasmine-core"],
    logLevel: "error",
  });
  writeWhole(file, outputFiles[0]?.text ?? "");
  return file;
}
