// @ts-check
import { message } from "./messages.mjs";
import { say, showing } from "./say.mjs";
import { explained, sentence, Trouble } from "./trouble.mjs";

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
