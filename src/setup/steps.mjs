// @ts-check
import { browserReady, setUpBrowser } from "./browser.mjs";
import { build, buildReady } from "./build.mjs";
import { cacheFolder, inCache } from "./cache.mjs";
import { dependenciesReady, installDependencies } from "./dependencies.mjs";
import { installJupyter, installTestPackages, jupyterReady, testPackagesReady } from "./jupyter.mjs";
import { addExtras, extrasReady } from "./extras.mjs";
import { kernelsReady, setUpKernels } from "./kernels.mjs";
import { kernelspecReady, writeKernelspec } from "./kernelspec.mjs";
import { labextensionReady, linkLabextension } from "./labextension.mjs";
import { withLock } from "./lock.mjs";
import { librariesReady, nativeReady, setUpLibraries, setUpNative } from "./native.mjs";
import { root } from "./paths.mjs";
import { engineReady, prepareStart } from "./prepared.mjs";
import { makeVenv, pythonReady } from "./python.mjs";
import { carryOutSideBySide } from "./schedule.mjs";
import { linkSelf, selfReady } from "./self.mjs";
import { hash } from "./stamp.mjs";
import { needWritable } from "./trouble.mjs";

/** @typedef {import("./schedule.mjs").Step} Step */

/** @type {Step} */
const dependencies = { title: "stepDependencies", ready: dependenciesReady, work: installDependencies };
/** @type {Step} */
const self = { title: "stepSelf", needs: [dependencies], ready: selfReady, work: linkSelf };
/** @type {Step} */
const built = { title: "stepBuild", needs: [dependencies], ready: buildReady, work: build };
/** @type {Step} */
const python = { title: "stepPython", ready: pythonReady, work: makeVenv };
/** @type {Step} */
const jupyter = { title: "stepJupyter", needs: [python], ready: jupyterReady, work: installJupyter };
/** A browser and the binding to native TensorFlow, which a checkout has of npm. @type {Step} */
const extras = { title: "stepExtras", optional: true, ready: extrasReady, work: addExtras };
/** Only Python unpacks it, and without Python native TensorFlow has another way. @type {Step} */
const libraries = {
  title: "stepLibraries",
  optional: true,
  needs: [python],
  ready: librariesReady,
  work: setUpLibraries,
};
/** @type {Step} */
const native = {
  title: "stepNative",
  needs: [dependencies],
  after: [python, libraries, extras],
  ready: nativeReady,
  work: setUpNative,
};
/** A machine without a compiler gets one from pip. @type {Step} */
const kernels = {
  title: "stepKernels",
  needs: [dependencies],
  after: [python],
  ready: kernelsReady,
  work: setUpKernels,
};
/** What a kernel is prepared with is what it would load, and that is native TensorFlow where it is there. @type {Step} */
const engine = {
  title: "stepEngine",
  needs: [self, built],
  after: [native, kernels],
  ready: engineReady,
  work: prepareStart,
};
/** @type {Step} */
const kernelspec = {
  title: "stepKernelspec",
  needs: [python],
  ready: kernelspecReady,
  work: writeKernelspec,
};
/** @type {Step} */
const labextension = {
  title: "stepLabextension",
  needs: [built, jupyter],
  ready: labextensionReady,
  work: linkLabextension,
};

/** @type {Step[]} */
export const building = [dependencies, self, built, engine];
/** @type {Step[]} */
export const settingUp = [
  ...[dependencies, self, built, python, jupyter, extras, libraries, native, kernels, engine],
  ...[kernelspec, labextension],
];
/** @type {Step[]} */
export const testing = [
  {
    title: "stepTestPackages",
    needs: [python],
    after: [jupyter],
    ready: testPackagesReady,
    work: installTestPackages,
  },
  { title: "stepBrowser", needs: [dependencies], ready: browserReady, work: setUpBrowser },
];

/**
 * Does what is still to do, one set-up of a checkout at a time.
 * @param {Step[]} steps
 */
export async function carryOut(steps) {
  if (steps.every(({ ready }) => ready())) return;
  needWritable(root);
  needWritable(cacheFolder());
  await withLock(inCache("locks", `${hash(root).slice(0, 16)}.lock`), () => carryOutSideBySide(steps));
}
