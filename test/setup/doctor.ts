import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder } from "./project";

/** What `doctor --json` says of a check. */
export interface Check {
  name: string;
  state: "ok" | "missing" | "broken" | "optional";
  detail: string;
  advice: string;
  fixable: boolean;
  facts: Record<string, unknown>;
}

export interface Told {
  status: number | null;
  out: string;
  error: string;
  checks: Check[];
  /** The check of that name. */
  of(name: string): Check | undefined;
  /** The check of the kernelspec in that folder. */
  kernel(folder: string): Check | undefined;
}

/** The environment of somebody for whom no Jupyter is active, with folders of their own. */
export function someone(): NodeJS.ProcessEnv & { HOME: string; JUPYTER_DATA_DIR: string } {
  const home = emptyFolder();
  // A test may run as another user.
  chmodSync(home, 0o777);
  return {
    HOME: home,
    JUPYTER_DATA_DIR: join(home, "jupyter"),
    JUPYTER_PATH: "",
    VIRTUAL_ENV: "",
    CONDA_PREFIX: "",
    LANG: "C.UTF-8",
    LC_ALL: "",
    LC_MESSAGES: "",
    LANGUAGE: "",
  };
}

/** Runs a doctor.mjs to its end, while others run. */
export async function tell(
  program: string,
  env: NodeJS.ProcessEnv,
  args: string[] = ["--json"],
  { cwd = emptyFolder(), uid }: { cwd?: string; uid?: number } = {},
): Promise<Told> {
  const options = { cwd, env: { ...process.env, ...env }, ...(uid === undefined ? {} : { uid }) };
  const child = spawn(process.execPath, [program, ...args], options);
  let out = "";
  let error = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (error += text));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const checks = out.startsWith("[") ? (JSON.parse(out) as Check[]) : [];
  return {
    ...{ status, out, error, checks },
    of: (name) => checks.find((check) => check.name === name),
    kernel: (folder) => checks.find(({ name, facts }) => name === "kernelspec" && facts.folder === folder),
  };
}

/** Writes a kernelspec into a Jupyter's data folder, and says where. */
export function writeSpec(jupyter: string, name: string, spec: object | string): string {
  const folder = join(jupyter, "kernels", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), typeof spec === "string" ? spec : JSON.stringify(spec));
  return folder;
}

/** What a tslab-gradients in a folder writes. */
export function ours(place: string, node = process.execPath): object {
  return {
    argv: [node, join(place, "src", "setup", "kernel.mjs"), "--config-path", "{connection_file}"],
    language: "typescript",
    metadata: { "tslab-gradients": true },
  };
}
