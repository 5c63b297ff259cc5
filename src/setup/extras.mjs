// @ts-check
// What `npm install tslab-gradients` leaves out, since it is large and not everybody's: TensorFlow.js's binding to native
// TensorFlow, and a browser that prints PDFs where the machine has none. A checkout has both from its own lock file.
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installedBrowser } from "./browser.mjs";
import { message } from "./messages.mjs";
import { npm } from "./npm.mjs";
import { inRoot, isInstalled, memory, modules, packageFolder } from "./paths.mjs";
import { readStamp } from "./stamp.mjs";
import { needSpace } from "./trouble.mjs";

const binding = "@tensorflow/tfjs-node";
const browser = "@sparticuz/chromium";

function wanted() {
  const carries = process.platform === "linux" && process.arch === "x64";
  return carries && installedBrowser() === undefined ? [binding, browser] : [binding];
}

export function extrasReady() {
  return !isInstalled || wanted().every((name) => packageFolder(name) !== undefined);
}

/**
 * Puts them below this package's own folder, where its own and no other's `require` finds them; what they need of what is
 * there already, TensorFlow.js above all, they find beside it.
 * @param {import("./say.mjs").Progress} progress
 */
export async function addExtras(progress) {
  needSpace(modules, 700);
  const own = readStamp(inRoot("package.json")) ?? {};
  const folder = join(memory, "extras");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, "package.json"), "{}");
    const names = wanted().filter((name) => packageFolder(name) === undefined);
    progress(names.join(", "));
    await npm(
      ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"].concat(
        names.map((name) => `${name}@${own.devDependencies?.[name]}`),
      ),
      () => progress(message("installing")),
      folder,
    );
    moveInto(join(folder, "node_modules"), "", own.dependencies ?? {});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} from
 * @param {string} scope with its slash, or nothing
 * @param {object} dependencies of this package
 */
function moveInto(from, scope, dependencies) {
  for (const name of readdirSync(join(from, scope))) {
    if (name.startsWith(".")) continue;
    if (name.startsWith("@")) {
      moveInto(from, `${name}/`, dependencies);
      continue;
    }
    const full = scope + name;
    // One TensorFlow.js: the binding is to use the one that is there; and our own packages stay the ones that npm chose.
    if (full !== binding && (full.startsWith("@tensorflow/") || full in dependencies)) continue;
    mkdirSync(join(modules, scope), { recursive: true });
    rmSync(join(modules, full), { recursive: true, force: true });
    renameSync(join(from, full), join(modules, full));
  }
}
