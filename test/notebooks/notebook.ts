import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { venvPython } from "../../src/setup/paths.mjs";

/** One of a cell's outputs, as a notebook file keeps it. */
export interface Output {
  output_type: string;
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}

export interface Cell {
  cell_type: "markdown" | "code";
  id: string;
  source: string | string[];
  metadata: Record<string, unknown>;
  execution_count?: number;
  outputs?: Output[];
}

export interface Notebook {
  cells: Cell[];
  metadata: { kernelspec: { name: string; language: string }; language_info: { name: string } };
  nbformat: number;
  nbformat_minor: number;
}

export type Language = "zh" | "en";
export const languages: Language[] = ["zh", "en"];

/** The notebooks' names. */
export const notebooks = ["shortcut-connections", "depth-width-seeds", "questions"];

export const fileOf = (language: Language): string =>
  resolve("notebooks", language, "shortcut-connections.ipynb");

export const readNotebook = (file: string): Notebook => JSON.parse(readFileSync(file, "utf8")) as Notebook;

/** A notebook's texts are strings or lists of lines. */
export const textOf = (text: string | string[] = ""): string =>
  typeof text === "string" ? text : text.join("");

export const codeCells = ({ cells }: Notebook): Cell[] =>
  cells.filter(({ cell_type }) => cell_type === "code");

/** Executes a notebook in its own folder and returns it with its new outputs; the file stays as it is. */
export async function execute(
  file: string,
  { kernel = "tslab", only = [] as string[], env = {} } = {},
): Promise<Notebook> {
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-notebook-"));
  try {
    const output = join(folder, "executed.ipynb");
    const options = ["--kernel", kernel, ...(only.length > 0 ? ["--only", only.join()] : [])];
    const child = spawn(venvPython, ["test/notebooks/execute.py", file, output, ...options], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (data) => (stderr += data));
    const [code] = (await once(child, "close")) as [number];
    if (code !== 0) throw new Error(stderr);
    return readNotebook(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes a kernelspec of the unmodified tslab into `folder`, and returns the environment in which Jupyter finds it. */
export function stockKernel(folder: string, name: string): Record<string, string> {
  const spec = join(folder, "kernels", name);
  mkdirSync(spec, { recursive: true });
  const argv = [process.execPath, resolve("node_modules/tslab/bin/tslab"), "kernel", "--config-path"];
  writeFileSync(
    join(spec, "kernel.json"),
    JSON.stringify({ argv: [...argv, "{connection_file}"], display_name: "tslab", language: "typescript" }),
  );
  return { JUPYTER_PATH: folder };
}
