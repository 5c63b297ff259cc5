// @ts-check
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The folder that outlives this checkout: native TensorFlow, the tests' browser, logs and locks. */
export function cacheFolder(env = process.env, platform = process.platform) {
  if (env.TSLAB_GRADIENTS_CACHE) return resolve(env.TSLAB_GRADIENTS_CACHE);
  if (platform === "win32") {
    return join(env.LOCALAPPDATA || join(homedir(), "AppData", "Local"), "tslab-gradients", "Cache");
  }
  if (platform === "darwin") return join(homedir(), "Library", "Caches", "tslab-gradients");
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "tslab-gradients");
}

/** @param {...string} parts */
export const inCache = (...parts) => join(cacheFolder(), ...parts);
