// @ts-check
// What to run, as it can be run where this package lies: a checkout has npm's scripts, an installed package its command.
import { sep } from "node:path";
import { cacheFolder, home, isInstalled, root } from "../paths.mjs";
import { userFolder } from "../jupyterkernels.mjs";
import { currentFolder } from "./askprogram.mjs";
import { word } from "./wording.mjs";

/** Whether npm has put the package where no project is. */
const isGlobal = isInstalled && home.startsWith(cacheFolder());

/** Where the commands below are to be run; undefined where it does not matter. */
const place = isGlobal ? undefined : home;

/** @param {string} command of `tslab-gradients` with its arguments */
export function own(command) {
  return isGlobal
    ? `tslab-gradients ${command}`
    : isInstalled
      ? `npx tslab-gradients ${command}`
      : `node dist/cli.js ${command}`;
}

export const setUpCommand = isInstalled ? own("setup") : "npm run setup";

/** How to ask doctor; without the build, or npm's packages, only its own file runs. */
export const doctorCommand = isInstalled ? own("doctor") : "node src/setup/doctor.mjs";

/** @param {string} command */
export function toRun(command) {
  return place === undefined || place === currentFolder()
    ? word("run", command)
    : word("runIn", command, place);
}

export const toSetUp = () => toRun(setUpCommand);

/** How to get what lies in this package's folder, and in npm's packages, anew. */
export function toInstallAgain() {
  if (isGlobal)
    return word(
      "againGlobal",
      "npm uninstall --global tslab-gradients",
      "npm install --global tslab-gradients",
    );
  return isInstalled
    ? word("again", root, "npm install", home)
    : word("again", `${root}${sep}node_modules`, "npm run setup", root);
}

/** How to get a package of npm that is not there: npm sees that it is missing. */
export const toInstallPackages = () => (isGlobal ? toInstallAgain() : toRun("npm install"));

/**
 * How to write a kernelspec anew.
 * @param {string} jupyter the data folder that is to have it
 * @param {string} name
 */
export function toInstallKernel(jupyter, name) {
  const named = name === "tslab" ? "" : ` --name ${name}`;
  if (jupyter === userFolder()) return toRun(own(`install${named}`));
  const tail = ["", "share", "jupyter"].join(sep);
  if (!jupyter.endsWith(tail)) return toRun(`${doctorCommand} --fix`);
  const prefix = jupyter.slice(0, -tail.length);
  return toRun(own(`install --prefix ${/\s/.test(prefix) ? JSON.stringify(prefix) : prefix}${named}`));
}
