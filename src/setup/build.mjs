// @ts-check
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { message } from "./messages.mjs";
import { inRoot, stampFolder, modules, root } from "./paths.mjs";
import { run } from "./run.mjs";
import { complain } from "./say.mjs";
import { hash, readStamp, writeStamp } from "./files.mjs";
import { Trouble } from "./trouble.mjs";

/** Without it set-up builds anew. */
export const buildStampFile = join(stampFolder, "build.json");
const config = inRoot("tsconfig.build.json");
const labBundle = inRoot("src", "lab", "bundle.mjs");
const stillBundle = inRoot("src", "figures", "still", "bundle.mjs");
const pageBundle = inRoot("src", "page", "bundle.mjs");

/** Whether dist/ was made of the sources as they are now. */
export function buildReady() {
  // An installed package comes built.
  if (!existsSync(config)) return true;
  const complete =
    existsSync(inRoot("dist", "index.js")) && (!existsSync(labBundle) || existsSync(labFolder));
  return complete && readStamp(buildStampFile)?.sources === sourcesHash();
}

/** The built JupyterLab extension. */
export const labFolder = inRoot("dist", "lab");

function sourcesHash() {
  const files = readdirSync(inRoot("src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(inRoot("src", "setup")));
  const roots = ["tsconfig.json", "tsconfig.build.json", "package.json", "package-lock.json"].map((name) =>
    inRoot(name),
  );
  const parts = [...files.sort(), ...roots.filter((file) => existsSync(file))];
  return hash(...parts.flatMap((file) => [file.slice(root.length), readFileSync(file)]));
}

/** Builds beside dist/ and swaps: what stops half-way leaves the old build or none, never a broken one. */
export async function build() {
  const sources = sourcesHash();
  for (const name of existsSync(stampFolder) ? readdirSync(stampFolder) : []) {
    if (name.startsWith("dist-")) rmSync(join(stampFolder, name), { recursive: true, force: true });
  }
  const fresh = join(stampFolder, `dist-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  const parts = [compile(fresh), bundleFigures(fresh), bundlePages(fresh)];
  // Whichever fails, none may still write when the next build begins.
  for (const part of await Promise.allSettled(parts)) if (part.status === "rejected") throw part.reason;
  if (existsSync(stillBundle)) {
    const { bundlePainter } = await import(pathToFileURL(stillBundle).href);
    await bundlePainter(join(fresh, "figures", "still"));
  }
  const old = `${fresh}-old`;
  const dist = inRoot("dist");
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
  writeStamp(buildStampFile, { sources });
}

/** @param {string} folder */
async function compile(folder) {
  const compiler = join(modules, "typescript", "bin", "tsc");
  const { ok, output } = await run(process.execPath, [compiler, "-p", config, "--outDir", folder], {
    cwd: root,
  });
  if (ok) return;
  complain(output.trimEnd());
  throw new Trouble(message("buildFailed"));
}

/** @param {string} folder */
async function bundleFigures(folder) {
  if (!existsSync(stillBundle)) return;
  const target = join(folder, "figures", "still");
  mkdirSync(target, { recursive: true });
  const { bundleFont, copyFonts } = await import(pathToFileURL(stillBundle).href);
  copyFonts(join(folder, "fonts"));
  await bundleFont(target);
}

/** @param {string} folder */
async function bundlePages(folder) {
  if (!existsSync(labBundle)) return;
  const pageFolder = join(folder, "page", "live");
  const { bundlePage } = await import(pathToFileURL(pageBundle).href);
  await bundlePage(pageFolder);
  const { bundleLab } = await import(pathToFileURL(labBundle).href);
  await bundleLab(join(folder, "lab"), pageFolder);
}
