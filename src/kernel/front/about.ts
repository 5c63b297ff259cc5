import { readFileSync } from "node:fs";
import type { Content } from "./message";
import { protocolVersion } from "./message";

function versionOf(packageJson: string): string {
  return (JSON.parse(readFileSync(packageJson, "utf8")) as { version: string }).version;
}

/** Jupyter: `kernel_info_reply`. TypeScript itself is not loaded for it. */
export function kernelInfo(): Content {
  const typescript = versionOf(require.resolve("typescript/package.json"));
  const own = versionOf(require.resolve("../../../package.json"));
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "tslab-gradients",
    implementation_version: own,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      // JupyterLab reads `mode`, the classic notebook `name` and `typescript`.
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
      nbconvert_exporter: "script",
    },
    banner: `tslab-gradients ${own}: TypeScript ${typescript} on Node.js ${process.versions.node}`,
    debugger: false,
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "TensorFlow.js", url: "https://js.tensorflow.org/api/latest/" },
    ],
    supported_features: [],
  };
}
