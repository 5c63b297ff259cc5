// @ts-check
import { findBrowser } from "./browser.mjs";
import { buildReady } from "./build.mjs";
import { cacheFolder } from "./cache.mjs";
import { dependenciesReady } from "./dependencies.mjs";
import { jupyterReady } from "./jupyter.mjs";
import { kernelspecReady } from "./kernelspec.mjs";
import { labextensionReady } from "./labextension.mjs";
import { kernelsReady, kernelsState } from "./kernels.mjs";
import { nativeReady, nativeState } from "./native.mjs";
import { root, venvPython } from "./paths.mjs";
import { pythonReady } from "./python.mjs";

/**
 * What is there of what set-up makes; it changes nothing.
 * @returns {{ name: string, ok: boolean, detail: string }[]}
 */
export function diagnose() {
  const missing = "missing or outdated";
  /** @type {[string, boolean, string?][]} */
  const findings = [
    ["Node.js", true, `${process.version}, ${process.execPath}`],
    ["project", true, root],
    ["cache", true, cacheFolder()],
    ["npm packages", dependenciesReady()],
    ["build", buildReady()],
    ["Python", pythonReady(), venvPython],
    ["JupyterLab", pythonReady() && jupyterReady()],
    ["kernelspec", kernelspecReady()],
    ["JupyterLab extension", labextensionReady()],
    ["native TensorFlow", nativeReady() && nativeState() !== undefined, nativeState()],
    ["compiled kernels", kernelsReady() && kernelsState() !== undefined, kernelsState()],
    ["browser for the tests", findBrowser() !== undefined, findBrowser()?.executablePath],
  ];
  return findings.map(([name, ok, detail]) => ({ name, ok, detail: ok ? (detail ?? "there") : missing }));
}

/** Prints the findings and, where something is missing, what to run. */
export function doctor() {
  const findings = diagnose();
  for (const { name, ok, detail } of findings)
    process.stdout.write(`${ok ? "ok" : "--"}  ${name}: ${detail}\n`);
  if (findings.some(({ ok }) => !ok)) process.stdout.write('Run "npm run setup" to make what is missing.\n');
}
