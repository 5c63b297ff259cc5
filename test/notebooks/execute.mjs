// @ts-check
// Runs the notebooks in the project's own kernel and writes the outputs into them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inRoot, venvPython } from "../../src/setup/paths.mjs";

const script = fileURLToPath(new URL("execute.py", import.meta.url));
for (const stem of ["shortcut-connections", "depth-width-seeds", "questions"]) {
  for (const language of ["zh", "en"]) {
    const file = inRoot("notebooks", language, `${stem}.ipynb`);
    const { status } = spawnSync(venvPython, [script, file, file], { stdio: "inherit" });
    if (status !== 0) process.exit(1);
  }
}
