// @ts-check
import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { inCache, stampFolder } from "./paths.mjs";
import { withLock } from "./lock.mjs";
import { message } from "./messages.mjs";
import { browserPlaces } from "./platform.mjs";
import { readStamp, writeStamp } from "./files.mjs";
import { needSpace, needWritable, Trouble } from "./trouble.mjs";

const stampFile = join(stampFolder, "browser.json");

/** @typedef {{ executablePath: string, env: Record<string, string> }} Browser what playwright-core's launch takes */

/**
 * The browser that `npm test` chose, with the environment it needs beside the process's own.
 * @returns {Browser | undefined}
 */
export function findBrowser() {
  const browser = readStamp(stampFile);
  const named = process.env.TSLAB_GRADIENTS_BROWSER;
  if (!existsSync(browser?.executablePath ?? "") || (named && named !== browser.executablePath))
    return undefined;
  const libraries = browser.env?.LD_LIBRARY_PATH;
  return libraries && !existsSync(libraries) ? undefined : browser;
}

/** @returns {boolean} */
export function browserReady() {
  return findBrowser() !== undefined;
}

export async function setUpBrowser() {
  const named = process.env.TSLAB_GRADIENTS_BROWSER;
  if (named && !runs({ executablePath: named, env: {} })) throw new Trouble(message("badBrowser", named));
  rmSync(stampFile, { force: true });
  const browser = named
    ? { executablePath: named, env: {} }
    : (installedBrowser() ?? (await carriedBrowser()));
  if (browser === undefined) throw new Trouble(message("noBrowser"));
  writeStamp(stampFile, browser);
}

/** A browser that the machine has. @returns {Browser | undefined} */
export function installedBrowser(env = process.env, platform = process.platform) {
  return browserPlaces(env, platform)
    .filter((path) => existsSync(path))
    .map((executablePath) => ({ executablePath, env: {} }))
    .find((browser) => runs(browser, platform));
}

/** @param {Browser} browser */
function runs({ executablePath, env }, platform = process.platform) {
  // Chrome for Windows opens a window instead of telling its version.
  if (platform === "win32") return existsSync(executablePath);
  const { status } = spawnSync(executablePath, ["--version"], {
    env: { ...process.env, ...env },
    timeout: 30_000,
  });
  return status === 0;
}

/**
 * The browser that npm's @sparticuz/chromium carries for Linux on x64, unpacked into the cache.
 * @returns {Promise<Browser | undefined>}
 */
async function carriedBrowser() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  let packed;
  let version = "";
  try {
    const require = createRequire(import.meta.url);
    packed = join(dirname(require.resolve("@sparticuz/chromium")), "..", "..", "bin");
    version = readStamp(join(packed, "..", "package.json")).version;
  } catch {
    return undefined;
  }
  const folder = inCache("browser", `chromium-${version}`);
  const executablePath = join(folder, "chromium");
  const plain = { executablePath, env: {} };
  const libraries = join(folder, "al2023", "lib");
  // The libraries come along for machines that lack some of them, such as libnss3; others use their own.
  const helped = { executablePath, env: { LD_LIBRARY_PATH: libraries } };
  const found = [plain, helped];
  return (
    found.find((browser) => runs(browser)) ??
    withLock(inCache("locks", "browser.lock"), () => unpack(packed, folder, found))
  );
}

/**
 * @param {string} packed
 * @param {string} folder
 * @param {Browser[]} found
 */
async function unpack(packed, folder, found) {
  const browser = found.find((browser) => runs(browser));
  if (browser) return browser;
  const partial = `${folder}.partial`;
  needWritable(dirname(folder));
  needSpace(dirname(folder), 400);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  const program = createWriteStream(join(partial, "chromium"), { mode: 0o755 });
  await pipeline(createReadStream(join(packed, "chromium.br")), createBrotliDecompress(), program);
  // tar-fs comes with @sparticuz/chromium.
  const { extract } = createRequire(join(packed, "..", "package.json"))("tar-fs");
  for (const [archive, target] of [
    ["al2023.tar.br", "al2023"],
    ["swiftshader.tar.br", "."],
  ]) {
    const source = createReadStream(join(packed, archive ?? ""));
    await pipeline(source, createBrotliDecompress(), extract(join(partial, target ?? "")));
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  return found.find((browser) => runs(browser));
}
