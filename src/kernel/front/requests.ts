import { readFileSync } from "node:fs";
import { quote } from "../../nn/quote";
import { type Content, protocolVersion } from "./wire";

type Kind = "string" | "offset" | "object" | "string or absent";

/** What the requests that the engine answers must carry. Jupyter: "Messaging in Jupyter". */
const needed: { [type: string]: { [field: string]: Kind } } = {
  execute_request: { code: "string" },
  complete_request: { code: "string", cursor_pos: "offset" },
  inspect_request: { code: "string", cursor_pos: "offset" },
  is_complete_request: { code: "string" },
  comm_info_request: { target_name: "string or absent" },
  comm_open: { comm_id: "string", target_name: "string", data: "object" },
  comm_msg: { comm_id: "string", data: "object" },
  comm_close: { comm_id: "string", data: "object" },
};

const holds: { [kind in Kind]: (value: unknown) => boolean } = {
  string: (value) => typeof value === "string",
  offset: (value) => Number.isInteger(value) && (value as number) >= 0,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "string or absent": (value) => value === undefined || value === null || typeof value === "string",
};

const said: { [kind in Kind]: string } = {
  string: "a string",
  offset: "a whole number from 0 on",
  object: "an object",
  "string or absent": "a string, or nothing",
};

/** Whether a message of this type has a reply. */
export function isAnswered(type: string): boolean {
  return type.endsWith("_request");
}

/** Whether anything is done about a message of this type: a request, or one of a comm, which has no reply. */
export function isHeeded(type: string): boolean {
  return isAnswered(type) || /^comm_(open|msg|close)$/.test(type);
}

/** What is wrong with a request's content, in one sentence, or null. */
export function complaint(type: string, content: Content): string | null {
  if (!Object.hasOwn(needed, type)) return null;
  for (const [field, kind] of Object.entries(needed[type]!)) {
    const value = content[field];
    if (!holds[kind](value)) return `${type}'s ${field} is ${quote(value)}; expected ${said[kind]}.`;
  }
  return null;
}

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
      // By this name JupyterLab 4 and Notebook 7 find how TypeScript is read and coloured.
      codemirror_mode: "typescript",
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
