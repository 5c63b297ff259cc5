// @ts-check
// Where doctor runs, which may be nowhere: a folder that was removed, and a user without a home.
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { homeVariable } from "../platform.mjs";

/** Why there is no home folder; undefined where there is one. @type {Error | undefined} */
export const lostHome = findHome();

function findHome() {
  try {
    homedir();
    return undefined;
  } catch (error) {
    // Set-up's modules ask for it as they are loaded; the other checks are worth having all the same.
    process.env[homeVariable()] = join(tmpdir(), "tslab-gradients-without-home");
    return /** @type {Error} */ (error);
  }
}

/** The current folder; undefined where it was removed. */
export function currentFolder() {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
