// @ts-check
import { mkdirSync, mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inCache } from "./cache.mjs";
import { message } from "./messages.mjs";
import { temporaryVariables } from "./platform.mjs";

/**
 * Where the folder for temporary files is none, or cannot be written, takes another one for this process and all that it
 * starts: figures, exports and compilers would each fail on their own, long after.
 * @returns {string | undefined} what to tell of it
 */
export function mendTemporaryFolder(platform = process.platform) {
  const given = tmpdir();
  if (isUsable(given)) return undefined;
  const names = temporaryVariables(platform);
  for (const name of names) Reflect.deleteProperty(process.env, name);
  const found = [tmpdir(), ...(platform === "win32" ? [] : ["/var/tmp"]), own()].find(isUsable);
  if (found === undefined) return undefined;
  for (const name of names) process.env[name] = found;
  return message("temporaryFolder", given, found, names[0] ?? "");
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

/** Windows tells who may write only when it is tried. @param {string} folder */
function isUsable(folder) {
  try {
    rmdirSync(mkdtempSync(join(folder, "tslab-gradients-")));
    return true;
  } catch {
    return false;
  }
}
