// @ts-check
// What Jupyter gets of ours beside the kernel: JupyterLab's extension, the server's, and nbconvert's exporters.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { labFolder } from "./build.mjs";
import { leadsTo, link, textOf, writeWhole } from "./files.mjs";
import { inRoot, venvEtc, venvJupyter } from "./paths.mjs";
import { needWritable } from "./trouble.mjs";
import { sitePackages } from "./venv.mjs";

/**
 * Where a Jupyter has the extension.
 * @param {string} jupyter its data folder
 */
export const labextensionIn = (jupyter) => join(jupyter, "labextensions", "tslab-gradients");

const extension = labextensionIn(venvJupyter);
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

function noteLabextension() {
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

/**
 * Gives a Jupyter the extension, without which JupyterLab, Notebook and hubs show figures as still pictures.
 * @param {string} jupyter the data folder that is to have it
 */
export function writeLabextension(jupyter) {
  if (!existsSync(labFolder)) return;
  const place = labextensionIn(jupyter);
  needWritable(dirname(place));
  noteLabextension();
  rmSync(place, { recursive: true, force: true });
  try {
    link(labFolder, place);
  } catch {
    // Where links are not allowed a copy does, until the next installation.
    cpSync(labFolder, place, { recursive: true });
  }
}

const name = "tslab_gradients_exporters";
const modules = [name, "tslab_gradients_server"];
const entryPoints = `[nbconvert.exporters]
tslab-gradients = ${name}:LiveHTML
tslab-gradients-slides = ${name}:LiveSlides
tslab-gradients-pdf = ${name}:PrintedPDF
`;

const serverConfig = `${JSON.stringify({ ServerApp: { jpserver_extensions: { tslab_gradients_server: true } } })}\n`;

/** What makes the exports known to nbconvert and to Jupyter's server, by path. */
function files() {
  const folder = sitePackages();
  if (folder === undefined) return {};
  const { version } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  const about = join(folder, `${name}-${version}.dist-info`);
  const command = [process.execPath, inRoot("dist", "cli.js")];
  return {
    ...Object.fromEntries(
      modules.map((module) => [
        join(folder, `${module}.py`),
        readFileSync(fileURLToPath(new URL(`${module}.py`, import.meta.url)), "utf8"),
      ]),
    ),
    [join(folder, `${name}.json`)]: JSON.stringify(command),
    [join(about, "METADATA")]:
      `Metadata-Version: 2.1\nName: ${name.replaceAll("_", "-")}\nVersion: ${version}\n`,
    [join(about, "entry_points.txt")]: entryPoints,
    [join(about, "INSTALLER")]: "npm\n",
    [join(venvEtc, "jupyter_server_config.d", "tslab_gradients.json")]: serverConfig,
  };
}

/** Whether nbconvert in `.venv`, and JupyterLab beside it, offer our exports. */
export function exporterReady() {
  return Object.entries(files()).every(([path, text]) => textOf(path) === text);
}

function writeExporter() {
  for (const [path, text] of Object.entries(files())) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeWhole(path, text);
  }
}
