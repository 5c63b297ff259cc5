// @ts-check
import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { inCache } from "./cache.mjs";
import { message } from "./messages.mjs";

const names = process.platform === "win32" ? ["TEMP", "TMP"] : ["TMPDIR", "TMP", "TEMP"];

/**
 * Where the folder for temporary files is none, or cannot be written, takes another one for this process and all that it
 * starts: figures, exports and compilers would each fail on their own, long after.
 * @returns {string | undefined} what to tell of it
 */
export function mendTemporaryFolder() {
  const given = tmpdir();
  if (isUsable(given)) return undefined;
  for (const name of names) Reflect.deleteProperty(process.env, name);
  const found = [tmpdir(), "/var/tmp", own()].find(isUsable);
  if (found === undefined) return undefined;
  for (const name of names.slice(0, process.platform === "win32" ? 2 : 1)) process.env[name] = found;
  return message("temporaryFolder", given, found);
}

function own() {
  const folder = inCache("temporary");
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // Then it is not usable either.
  }
  return folder;
}

/** @param {string} folder */
function isUsable(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
