// @ts-check
import { browserReady, setUpBrowser } from "./browser.mjs";
import { build, buildReady } from "./build.mjs";
import { kernelsReady, setUpKernels } from "./compiledkernels.mjs";
import {
  addExtras,
  dependenciesReady,
  extrasReady,
  installDependencies,
  linkSelf,
  selfReady,
} from "./dependencies.mjs";
import { hash } from "./files.mjs";
import { kernelspecReady, writeKernelspec } from "./install.mjs";
import { labextensionReady, linkLabextension } from "./labextension.mjs";
import { withLock } from "./lock.mjs";
import { message } from "./messages.mjs";
import { librariesReady, nativeReady, setUpLibraries, setUpNative } from "./nativetensorflow.mjs";
import { cacheFolder, inCache, root } from "./paths.mjs";
import { engineReady, prepareStart } from "./preparestart.mjs";
import { say, showing } from "./say.mjs";
import { explained, needWritable, sentence, Trouble } from "./trouble.mjs";
import {
  installJupyter,
  installTestPackages,
  jupyterReady,
  makeVenv,
  pythonReady,
  testPackagesReady,
} from "./venv.mjs";

/**
 * A step asks cheaply whether its result is there, and works only where it is not; what it returns is told to the user.
 * @typedef {object} Step
 * @property {import("./messages.mjs").MessageName} title
 * @property {Step[]} [needs] what must be done before; where one of them fails, this one is left out
 * @property {Step[]} [after] what must have ended before, well or not
 * @property {boolean} [optional] whether those that come after can do without
 * @property {() => boolean} ready
 * @property {(progress: import("./say.mjs").Progress) => Promise<string | undefined | void> | void} work
 */

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
  work: () => writeKernelspec(),
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

/**
 * Does the steps side by side, each as soon as those that it waits for allow. What fails stops only what needs it; the
 * first failure is thrown when all else is done.
 * @param {Step[]} steps each after those that it waits for; a step that is not among them is not waited for
 */
export async function carryOutSideBySide(steps) {
  /** @type {Map<Step, Promise<boolean>>} */
  const ends = new Map();
  /** @type {unknown[]} */
  const failures = [];
  let working = 0;
  /** @param {Step} step */
  const carryOut = async (step) => {
    const endsOf = (/** @type {Step[]} */ others = []) => Promise.all(others.map((other) => ends.get(other)));
    const needed = await endsOf(step.needs);
    await endsOf(step.after);
    if (needed.includes(false)) return false;
    if (step.ready()) return true;
    working += 1;
    try {
      const note = await showing(message(step.title), async (progress) => step.work(progress));
      if (note) say(note);
      return true;
    } catch (error) {
      const optional = step.optional && explained(error) instanceof Trouble;
      if (!optional) failures.push(error);
      // Told at once where the rest takes a while yet; the last line tells it again.
      if (!optional && failures.length === 1 && working > 1)
        say(message("failed", message(step.title), told(error)));
      return false;
    } finally {
      working -= 1;
    }
  };
  for (const step of steps) ends.set(step, carryOut(step));
  await Promise.all(ends.values());
  if (failures.length > 0) throw failures[0];
}

/** @param {unknown} error */
function told(error) {
  const known = explained(error);
  return sentence(known instanceof Error ? known.message : String(known));
}
