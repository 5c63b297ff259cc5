// @ts-check
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { addonFlags, withCompiler } from "./compiler.mjs";

/**
 * Compiles tfjs-node's binding against folder/include and folder/lib into folder/tfjs_binding.node, and beside it the
 * addon that lets TensorFlow load in silence.
 * @param {string} tfjsNode the package's own folder
 * @param {string} folder
 * @param {import("./say.mjs").Progress} progress
 */
export async function compileBinding(tfjsNode, folder, progress) {
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => join(tfjsNode, "binding", name));
  const libraries = [
    "-ltensorflow",
    "-ltensorflow_framework",
    "-Wl,-rpath,$ORIGIN/lib:$ORIGIN/../../deps/lib",
  ];
  const paths = ["-I", join(folder, "include"), "-L", join(folder, "lib")];
  const to = (/** @type {string} */ name) => ["-O2", "-shared", ...addonFlags(), "-o", join(folder, name)];
  const quiet = fileURLToPath(new URL("quiet.cc", import.meta.url));
  await withCompiler(
    folder,
    progress,
    async (compile) =>
      (await compile([...to("tfjs_binding.node"), ...paths, ...sources, ...libraries])) &&
      (await compile([...to("quiet.node"), quiet])),
  );
}
