// @ts-check
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inRoot, venv } from "./paths.mjs";
import { textOf, writeWhole } from "./stamp.mjs";

const name = "tslab_gradients_exporters";
const source = fileURLToPath(new URL(`${name}.py`, import.meta.url));
const entryPoints = `[nbconvert.exporters]
tslab-gradients = ${name}:LiveHTML
tslab-gradients-slides = ${name}:LiveSlides
tslab-gradients-pdf = ${name}:PrintedPDF
`;

/** Where `.venv` looks for Python's modules, on Windows in Lib; undefined where there is none. */
export function sitePackages() {
  const library = join(venv, "lib");
  const folders = existsSync(library) ? readdirSync(library).map((folder) => join(library, folder)) : [];
  return [...folders, join(venv, "Lib")]
    .map((folder) => join(folder, "site-packages"))
    .find((folder) => existsSync(folder));
}

/** What makes the exporters known to nbconvert, by path. */
function files() {
  const folder = sitePackages();
  if (folder === undefined) return {};
  const { version } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  const about = join(folder, `${name}-${version}.dist-info`);
  const command = [process.execPath, inRoot("dist", "cli.js")];
  return {
    [join(folder, `${name}.py`)]: readFileSync(source, "utf8"),
    [join(folder, `${name}.json`)]: JSON.stringify(command),
    [join(about, "METADATA")]:
      `Metadata-Version: 2.1\nName: ${name.replaceAll("_", "-")}\nVersion: ${version}\n`,
    [join(about, "entry_points.txt")]: entryPoints,
    [join(about, "INSTALLER")]: "npm\n",
  };
}

/** Whether nbconvert in `.venv`, and JupyterLab with it, offers our exports. */
export function exporterReady() {
  return Object.entries(files()).every(([path, text]) => textOf(path) === text);
}

export function writeExporter() {
  for (const [path, text] of Object.entries(files())) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeWhole(path, text);
  }
}
