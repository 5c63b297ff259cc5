// @ts-check
import { existsSync } from "node:fs";
import { browserReady, setUpBrowser } from "./browser.mjs";
import { build, buildReady } from "./build.mjs";
import { cacheFolder, inCache } from "./cache.mjs";
import { dependenciesReady, installDependencies } from "./dependencies.mjs";
import { installJupyter, installTestPackages, jupyterReady, testPackagesReady } from "./jupyter.mjs";
import { kernelsReady, setUpKernels } from "./kernels.mjs";
import { kernelspecReady, writeKernelspec } from "./kernelspec.mjs";
import { labextensionReady, linkLabextension } from "./labextension.mjs";
import { withLock } from "./lock.mjs";
import { message } from "./messages.mjs";
import { nativeReady, setUpNative } from "./native.mjs";
import { root, venvPython } from "./paths.mjs";
import { engineReady, prepareStart } from "./prepared.mjs";
import { makeVenv, pythonReady } from "./python.mjs";
import { say, showing } from "./say.mjs";
import { linkSelf, selfReady } from "./self.mjs";
import { hash } from "./stamp.mjs";
import { needWritable, Trouble } from "./trouble.mjs";

/**
 * A step asks cheaply whether its result is there, and works only where it is not; what it returns is told to the user.
 * @typedef {object} Step
 * @property {import("./messages.mjs").MessageName} title
 * @property {() => boolean} ready
 * @property {(progress: import("./say.mjs").Progress) => Promise<string | undefined | void> | void} work
 */

/** @type {Step} */
const dependencies = { title: "stepDependencies", ready: dependenciesReady, work: installDependencies };
/** @type {Step[]} */
const built = [
  dependencies,
  { title: "stepSelf", ready: selfReady, work: linkSelf },
  { title: "stepBuild", ready: buildReady, work: build },
];
/** @type {Step} */
const engine = { title: "stepEngine", ready: engineReady, work: prepareStart };
export const building = [...built, engine];
/** @type {Step[]} */
const python = [
  { title: "stepPython", ready: pythonReady, work: makeVenv },
  { title: "stepJupyter", ready: jupyterReady, work: installJupyter },
];
/** @type {Step} */
const native = { title: "stepNative", ready: nativeReady, work: setUpNative };
/** @type {Step} */
const kernels = { title: "stepKernels", ready: kernelsReady, work: setUpKernels };
/** @type {Step[]} */
const jupyter = [
  { title: "stepKernelspec", ready: kernelspecReady, work: writeKernelspec },
  { title: "stepLabextension", ready: labextensionReady, work: linkLabextension },
];
/** @type {Step[]} */
export const testing = [
  { title: "stepTestPackages", ready: testPackagesReady, work: installTestPackages },
  { title: "stepBrowser", ready: browserReady, work: setUpBrowser },
];
/** @type {Step[]} */
// What a kernel is prepared with is what it would load, and that is native TensorFlow where it is there.
export const settingUp = [...built, ...python, native, kernels, engine, ...jupyter];

/**
 * Does what is still to do, one set-up of a checkout at a time.
 * @param {Step[]} steps
 */
export async function carryOut(steps) {
  if (steps.every(({ ready }) => ready())) return;
  needWritable(root);
  needWritable(cacheFolder());
  await withLock(inCache("locks", `${hash(root).slice(0, 16)}.lock`), async () => {
    try {
      for (const step of steps) await carryOutOne(step);
    } catch (error) {
      // VS Code does without Python, and there too native TensorFlow and a prepared kernel are worth having.
      if (steps.includes(native) && error instanceof Trouble && !existsSync(venvPython)) {
        if (selfReady() && buildReady()) for (const step of [native, engine]) await carryOutOne(step);
      }
      throw error;
    }
  });
}

/** @param {Step} step */
async function carryOutOne({ title, ready, work }) {
  if (ready()) return;
  const note = await showing(message(title), async (progress) => work(progress));
  if (note) say(note);
}
