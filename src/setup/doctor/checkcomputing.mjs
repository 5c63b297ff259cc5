// @ts-check
// What computes, draws and prints: ZeroMQ for the kernel, TensorFlow, compiled kernels, figures, a browser.
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findBrowser } from "../browser.mjs";
import { kernelsAddon, kernelsReady, kernelsStampFile } from "../compiledkernels.mjs";
import { readStamp } from "../files.mjs";
import { nativeReady, nativeStampFile, tensorflowTrial } from "../nativetensorflow.mjs";
import { inRoot, isInstalled, packageFolder } from "../paths.mjs";
import { doctorCommand, own, setUpCommand, toInstallAgain, toRun, toSetUp } from "./advice.mjs";
import { ask, askTrial } from "./askprogram.mjs";
import { isSetUpWanted } from "./checkpython.mjs";
import { fine, lastWords, wanting } from "./findings.mjs";
import { whole, word } from "./wording.mjs";

/** @type {import("./findings.mjs").Check[]} */
export const checks = [
  { name: "ZeroMQ", look: zeromq },
  { name: "native TensorFlow", look: native },
  { name: "compiled kernels", look: compiled },
  { name: "prepared start", look: prepared },
  { name: "Plotly's renderer", look: renderer },
  { name: "browser", look: browser },
];

const anew = () => (isInstalled ? toInstallAgain() : word("deleteAnd", inRoot("node_modules"), setUpCommand));

async function zeromq() {
  const seconds = 30;
  const { answer, error, late } = await askTrial("zeromq", null, { seconds });
  if (answer?.works) return fine("ZeroMQ", word("zeromqWorks", answer.version), { version: answer.version });
  if (answer !== undefined)
    return wanting("ZeroMQ", "broken", late ? word("noAnswer", seconds) : lastWords(error), word("loopback"));
  return wanting("ZeroMQ", "broken", late ? word("noAnswer", seconds) : lastWords(error), anew());
}

async function native() {
  const name = "native TensorFlow";
  const wish = process.env.TSLAB_GRADIENTS_NATIVE;
  const use = word("goodFor", word("nativeGoodFor"));
  if (wish === "0") return wanting(name, "optional", word("notWanted", "TSLAB_GRADIENTS_NATIVE=0"), use);
  const folder = packageFolder("@tensorflow/tfjs-node");
  const isWanted = wish === "1" || isSetUpWanted();
  const mend = isWanted ? { setup: [] } : undefined;
  if (folder === undefined) {
    const advice = isWanted ? toSetUp() : word("both", use, toSetUp());
    return wanting(name, isWanted ? "missing" : "optional", word("nativeNotTried"), advice, { mend });
  }
  const stamp = readStamp(nativeStampFile);
  const { program, ...options } = tensorflowTrial();
  const { ok, error, milliseconds } = await ask(process.execPath, [program], options);
  const path = realpathSync(folder);
  const facts = { path, milliseconds, reason: stamp?.reason };
  if (ok && (!stamp?.works || nativeReady()))
    return fine(name, word("nativeWorks", milliseconds, path), { path, milliseconds });
  if (stamp?.works) {
    const version = String(stamp.works).split(" ")[0] ?? "";
    const isOtherNode = version !== process.version;
    const change = isOtherNode ? word("nativeOtherNode", version, process.version) : word("nativeChanged");
    if (ok) return wanting(name, "optional", word("nativeStill", change), toSetUp(), { facts });
    const hasChanged = isOtherNode || !nativeReady();
    const detail = hasChanged
      ? word("nativeFails", change, lastWords(error))
      : word("nativeStopped", lastWords(error));
    // Set-up trusts its stamp where nothing seems to have changed.
    const advice = hasChanged ? toSetUp() : toRun(`${doctorCommand} --fix`);
    return wanting(name, "broken", detail, advice, { mend: { setup: [nativeStampFile] }, facts });
  }
  if (stamp?.failed !== undefined) {
    const when = new Date(stamp.failed).toISOString().slice(0, 16).replace("T", " ");
    const detail = word("tried", stamp.reason ?? "?", when);
    const advice = word("both", use, word("set", "TSLAB_GRADIENTS_NATIVE=1", setUpCommand));
    return wanting(name, wish === "1" ? "broken" : "optional", detail, advice, { mend, facts });
  }
  const state = isWanted ? "missing" : "optional";
  return wanting(name, state, word("nativeNotTried"), isWanted ? toSetUp() : word("both", use, toSetUp()), {
    mend,
  });
}

async function compiled() {
  const name = "compiled kernels";
  const use = word("goodFor", word("kernelsGoodFor"));
  if (process.env.TSLAB_GRADIENTS_KERNELS === "0")
    return wanting(name, "optional", word("notWanted", "TSLAB_GRADIENTS_KERNELS=0"), use);
  const stamp = readStamp(kernelsStampFile);
  const isWanted = isSetUpWanted();
  const advice = isWanted ? toSetUp() : word("both", use, toSetUp());
  const state = isWanted ? "missing" : "optional";
  const mend = isWanted ? { setup: [] } : undefined;
  if (stamp?.failed !== undefined) {
    const when = new Date(stamp.failed).toISOString().slice(0, 16).replace("T", " ");
    return wanting(name, "optional", word("tried", stamp.reason ?? "?", when), use);
  }
  if (stamp === undefined) return wanting(name, state, word("kernelsNone"), advice, { mend });
  if (!kernelsReady())
    return wanting(name, isWanted ? "broken" : "optional", word("kernelsOld"), advice, { mend });
  const code = "process.stdout.write(require(process.argv[1]).instructions())";
  const { ok, out, error } = await ask(process.execPath, ["-e", code, kernelsAddon], { seconds: 30 });
  if (ok) return fine(name, word("kernelsWork", out), { path: kernelsAddon, instructions: out });
  const detail = word("nativeStopped", lastWords(error));
  return wanting(name, "broken", detail, toRun(`${doctorCommand} --fix`), {
    mend: { setup: [kernelsStampFile] },
  });
}

function prepared() {
  const name = "prepared start";
  const file = inRoot("dist", "kernel", "front", "snapshotfile.js");
  if (!existsSync(file)) return wanting(name, "optional", word("noBuild"), "");
  /** @type {string} */
  const wanted = createRequire(import.meta.url)(file).preparedFile();
  const size = statSync(wanted, { throwIfNoEntry: false })?.size;
  const facts = { path: wanted };
  if (size) return fine(name, word("preparedThere", process.version), facts);
  const use = word("goodFor", word("preparedGoodFor"));
  // Set-up remembers with an empty file that this Node cannot.
  if (size === 0) return wanting(name, "optional", word("preparedVain", process.version), use, { facts });
  const folder = dirname(wanted);
  const others = existsSync(folder) ? readdirSync(folder).filter((other) => other.endsWith(".blob")) : [];
  const versions = others.map((other) => other.split("-")[0]).join(", ");
  const detail = others.length > 0 ? word("preparedOther", process.version, versions) : word("preparedNone");
  const isWanted = isSetUpWanted();
  const command = isInstalled ? toRun(own("install")) : toSetUp();
  const state = isWanted ? "missing" : "optional";
  return wanting(name, state, detail, isWanted ? command : word("both", use, command), {
    mend: { prepare: true },
    facts,
  });
}

async function renderer() {
  const name = "Plotly's renderer";
  if (!existsSync(inRoot("dist", "figures", "still", "thread.js")))
    return wanting(name, "missing", word("noBuild"), isInstalled ? toInstallAgain() : toSetUp());
  const seconds = 60;
  const { ok, answer, error, late, milliseconds } = await askTrial("picture", null, { seconds });
  if (ok && answer?.svg && answer.png) return fine(name, word("painted", milliseconds), { milliseconds });
  const reason = late ? word("noAnswer", seconds) : lastWords(error);
  const advice = isInstalled ? toInstallAgain() : word("deleteAnd", inRoot("dist"), setUpCommand);
  return wanting(name, "broken", word("paintFailed", reason), advice);
}

async function browser() {
  const named = process.env.TSLAB_GRADIENTS_BROWSER;
  if (named && !existsSync(named))
    return wanting("browser", "broken", word("browserWrong", named), word("browserUnset"));
  const chosen = findBrowser()?.executablePath ?? (named || (await ofTheMachine()));
  if (chosen !== undefined) return fine("browser", whole(chosen), { path: chosen });
  const advice = isInstalled ? word("browserInstall") : word("browserTests", "npm test");
  return wanting("browser", "optional", word("browserNone"), advice);
}

/** @returns {Promise<string | undefined>} */
async function ofTheMachine() {
  // Asked apart, since it waits for each browser to tell its version.
  const file = pathToFileURL(fileURLToPath(new URL("../browser.mjs", import.meta.url))).href;
  const code = `import(process.argv[1]).then(({ installedBrowser }) =>
    console.log(JSON.stringify(installedBrowser()?.executablePath ?? null)))`;
  const { ok, out } = await ask(process.execPath, ["-e", code, file], { seconds: 40 });
  return ok ? (JSON.parse(out) ?? undefined) : undefined;
}
