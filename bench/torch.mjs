// @ts-check
import { rmSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../src/setup/paths.mjs";
import { findPython } from "../src/setup/venv.mjs";
import { pythonEnvironment, run } from "../src/setup/run.mjs";

const folder = inRoot(".venv-torch");
const python =
  process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");

/**
 * The Python of a virtual environment that has PyTorch; made where it is missing, with the user's own mirrors and proxies.
 * @returns {Promise<string>}
 */
export async function torchPython() {
  const { ok } = await run(python, ["-c", "import torch, numpy, ipykernel, matplotlib"], {
    env: pythonEnvironment(),
  });
  if (ok) return python;
  process.stderr.write("PyTorch for the benchmark …\n");
  rmSync(folder, { recursive: true, force: true });
  const [program = "", ...args] = await findPython();
  const requirements = inRoot("bench", "requirements.txt");
  const install = ["-m", "pip", "install", "--no-input", "--progress-bar", "off", "-r", requirements];
  for (const [command, words] of /** @type {const} */ ([
    [program, [...args, "-m", "venv", folder]],
    [python, install],
  ])) {
    const { ok, output } = await run(command, [...words], { env: pythonEnvironment(), log: "torch" });
    if (!ok) throw new Error(`PyTorch could not be installed: ${output.trim().split("\n").pop()}`);
  }
  return python;
}

/**
 * The version of the PyTorch that is there, and what it computes with ("AVX512", "AVX2", "DEFAULT", …).
 * @returns {Promise<{ version: string, capability: string } | null>}
 */
export async function torchBuild() {
  const program = "import torch; print(torch.__version__, torch.backends.cpu.get_cpu_capability())";
  const { ok, output } = await run(python, ["-c", program], { env: pythonEnvironment() });
  const [version, capability] = output.trim().split(/\s+/).slice(-2);
  return ok && version && capability ? { version, capability } : null;
}
