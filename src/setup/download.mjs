// @ts-check
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { message } from "./messages.mjs";
import { modules } from "./paths.mjs";
import { run } from "./run.mjs";
import { Trouble } from "./trouble.mjs";

/** A blocked network often swallows packets: after so many seconds without a file there will be none. */
const patience = 20;

/** Where the package registry could not be reached either, it is most likely the network. */
const littlePatience = 6;

/**
 * Lets @tensorflow/tfjs-node download its library and binding as it would at its installation.
 * @param {string} tfjsNode the package's own folder
 * @param {boolean} isOffline whether there seems to be no network
 */
export async function ownDownload(tfjsNode, isOffline) {
  const deps = join(tfjsNode, "deps");
  for (const folder of [deps, join(tfjsNode, "lib")]) rmSync(folder, { recursive: true, force: true });
  // Its script rewrites this file while it works, and an interrupted one leaves it so.
  const manifest = join(tfjsNode, "package.json");
  const before = readFileSync(manifest);
  let waited = 0;
  try {
    const programs = join(modules, ".bin");
    const { ok } = await run(process.execPath, [join(tfjsNode, "scripts", "install.js")], {
      cwd: tfjsNode,
      env: { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH ?? ""}` },
      log: "tfjs-node",
      timeout: 900,
      goOn: () =>
        ++waited < (isOffline ? littlePatience : patience) ||
        (existsSync(deps) && readdirSync(deps).length > 0),
    });
    if (!ok) throw new Trouble(message("ownDownloadFailed"));
  } finally {
    writeFileSync(manifest, before);
  }
}
