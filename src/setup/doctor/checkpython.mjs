// @ts-check
// The Python that JupyterLab runs on: the one of `.venv`, or one that set-up would make it of.
import { existsSync, readdirSync } from "node:fs";
import { servesWithoutVenv } from "../jupyterkernels.mjs";
import { isInstalled, root, venv, venvPython } from "../paths.mjs";
import { pythonEnvironment } from "../run.mjs";
import { findPython, jupyterReady, pythonReady, venvStamp } from "../venv.mjs";
import { setUpCommand, toSetUp } from "./advice.mjs";
import { ask } from "./askprogram.mjs";
import { fine, lastWords, wanting } from "./findings.mjs";
import { word } from "./wording.mjs";

/** @type {import("./findings.mjs").Check[]} */
export const checks = [
  { name: "Python", look: python },
  { name: "JupyterLab", look: jupyterLab },
];

/**
 * Whether what set-up makes is missed where it is not there: not in an installed package that nobody ran it for, and not
 * in a checkout whose kernel only other Jupyters and VS Code start.
 */
export function isSetUpWanted() {
  return venvStamp() !== undefined || !(isInstalled || servesWithoutVenv());
}

/** @param {string} detail */
function notThere(detail) {
  const isWanted = isSetUpWanted();
  const advice = isWanted ? toSetUp() : word("both", word("goodFor", word("pythonGoodFor")), toSetUp());
  const mend = isWanted ? { setup: [] } : undefined;
  return wanting("JupyterLab", isWanted ? "missing" : "optional", detail, advice, { mend });
}

async function python() {
  // An environment that is ready tells of its own Python.
  if (pythonReady()) {
    const { ok, out, error } = await ask(venvPython, ["--version"], {
      seconds: 30,
      env: pythonEnvironment(),
    });
    if (ok) return found(out.replace("Python", "").trim(), venvPython);
    const advice = word("deleteAnd", venv, setUpCommand);
    return wanting("Python", "broken", word("venvFails", venvPython, lastWords(error)), advice);
  }
  try {
    const [program = "", ...args] = await findPython();
    const code = "import sys; print(sys.version.split()[0], sys.executable)";
    const { out } = await ask(program, [...args, "-c", code], { seconds: 30, env: pythonEnvironment() });
    const [version = "?", ...path] = out.trim().split(" ");
    return found(version, path.join(" "));
  } catch (error) {
    // Set-up's own sentence says what is wrong, and after a colon what to do before it runs again.
    const detail = /** @type {Error} */ (error).message.split(/[:\uff1a]/, 1)[0] ?? "";
    const isNamed = Boolean(process.env.TSLAB_GRADIENTS_PYTHON);
    const state = isNamed ? "broken" : isSetUpWanted() ? "missing" : "optional";
    const advice = word("pythonAdvice");
    const use = word("goodFor", word("pythonGoodFor"));
    return wanting("Python", state, detail, state === "optional" ? word("both", use, advice) : advice);
  }
}

/**
 * @param {string} version
 * @param {string} path
 */
function found(version, path) {
  return fine("Python", word("pythonFound", version, path), { version, path });
}

async function jupyterLab() {
  const name = "JupyterLab";
  const stamp = venvStamp();
  const files = existsSync(venv) ? readdirSync(venv).length : 0;
  if (files === 0) return notThere(word("venvGone", venv));
  if (stamp === undefined) {
    const state = isSetUpWanted() ? "broken" : "optional";
    return wanting(name, state, word("venvForeign", venv), word("moveVenv", setUpCommand));
  }
  /** @param {string} detail */
  const broken = (detail) => wanting(name, "broken", detail, toSetUp(), { mend: { setup: [] } });
  if (stamp.root !== root) return broken(word("venvMoved", venv, stamp.root, root));
  if (stamp.state === "making" || stamp.state === "installing") return broken(word("venvInterrupted", venv));
  if (!existsSync(venvPython)) return broken(word("venvPythonGone", venv));
  if (!jupyterReady()) return broken(word("venvOld"));
  const code =
    "import importlib.metadata as m, platform, ssl, zmq, jupyter_client; print(m.version('jupyterlab'), platform.python_version())";
  const options = { seconds: 60, env: pythonEnvironment() };
  const { ok, out, error, late } = await ask(venvPython, ["-c", code], options);
  if (!ok) {
    const reason = late ? word("noAnswer", options.seconds) : lastWords(error);
    return wanting(
      name,
      "broken",
      word("venvFails", venvPython, reason),
      word("deleteAnd", venv, setUpCommand),
    );
  }
  const [version = "", ofPython = ""] = out.trim().split(" ");
  return fine(name, word("venvRuns", version, ofPython, venv), { version, python: ofPython, path: venv });
}
