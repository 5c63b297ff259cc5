// @ts-check
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inRoot, venv, venvEtc } from "./paths.mjs";
import { textOf, writeWhole } from "./stamp.mjs";

const name = "tslab_gradients_exporters";
const modules = [name, "tslab_gradients_server"];
const entryPoints = `[nbconvert.exporters]
tslab-gradients = ${name}:LiveHTML
tslab-gradients-slides = ${name}:LiveSlides
tslab-gradients-pdf = ${name}:PrintedPDF
`;

const serverConfig = `${JSON.stringify({ ServerApp: { jpserver_extensions: { tslab_gradients_server: true } } })}\n`;

/** Where `.venv` looks for Python's modules, on Windows in Lib; undefined where there is none. */
export function sitePackages() {
  const library = join(venv, "lib");
  const folders = existsSync(library) ? readdirSync(library).map((folder) => join(library, folder)) : [];
  return [...folders, join(venv, "Lib")]
    .map((folder) => join(folder, "site-packages"))
    .find((folder) => existsSync(folder));
}

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

export function writeExporter() {
  for (const [path, text] of Object.entries(files())) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeWhole(path, text);
  }
}
