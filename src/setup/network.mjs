// @ts-check

/** How often a program that is left without an answer is looked into, at most, in milliseconds. */
const atMost = 4_000;

/** Where one program has no network, another is looked into sooner. */
const soon = 2_000;
let isGone = false;

/**
 * Looks after a program that fetches: where nothing reaches it for a while, or a try of it failed, it is asked in the
 * program's own way whether its registry answers at all. A slow or unsteady network does, and is waited for; without one
 * every program tries for minutes.
 * @param {() => Promise<boolean>} answers
 * @param {number} quiet how many milliseconds without a word are none too many
 */
export function watchNetwork(answers, quiet) {
  let heard = Date.now();
  let wait = quiet;
  let asked = 0;
  let asking = false;
  let lost = false;
  let resting = false;
  const look = async () => {
    asking = true;
    asked = Date.now();
    const answered = (await answers()) || heard > asked;
    asking = false;
    lost = isGone = !answered;
    heard = Date.now();
    wait *= 2;
  };
  return {
    /** Something was fetched. */
    hear() {
      heard = Date.now();
      wait = quiet;
    },
    /** A try has failed. */
    doubt() {
      if (Date.now() - asked > atMost) heard = 0;
    },
    /** What comes now needs no network. */
    rest() {
      resting = true;
    },
    /** For `run`: whether it is worth waiting for. */
    goOn() {
      if (!asking && !lost && !resting && Date.now() - heard > (isGone ? Math.min(soon, wait) : wait))
        void look();
      return !lost;
    },
    get lost() {
      return lost;
    },
  };
}
