// @ts-check
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { labFolder } from "./build.mjs";
import { exporterReady, writeExporter } from "./exporter.mjs";
import { venvJupyter } from "./paths.mjs";
import { leadsTo, link } from "./self.mjs";
import { textOf, writeWhole } from "./stamp.mjs";

const extension = join(venvJupyter, "labextensions", "tslab-gradients");
const noteFile = join(labFolder, "install.json");
/** Tells JupyterLab's extension manager who put the extension there. */
const note = `${JSON.stringify({ packageManager: "npm", packageName: "tslab-gradients" }, null, 2)}\n`;

const settingsFile = join(venvJupyter, "lab", "settings", "overrides.json");
/** JupyterLab asks nobody for news or updates: a lesson starts without a question, and without a network. */
const settings = `${JSON.stringify(
  { "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false } },
  null,
  2,
)}\n`;

/** Whether `.venv`'s JupyterLab sees the extension, where one was built, and our defaults. */
export function labextensionReady() {
  if (textOf(settingsFile) !== settings || !exporterReady()) return false;
  return !existsSync(labFolder) || (leadsTo(extension, labFolder) && textOf(noteFile) === note);
}

export function noteLabextension() {
  if (textOf(noteFile) !== note) writeWhole(noteFile, note);
}

/** Linked, so that the next build is seen without another set-up. */
export function linkLabextension() {
  writeWhole(settingsFile, settings);
  writeExporter();
  if (!existsSync(labFolder)) return;
  noteLabextension();
  rmSync(extension, { recursive: true, force: true });
  link(labFolder, extension);
}
