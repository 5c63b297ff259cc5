// @ts-check
// One line of the benchmark: a ratio of medians, and the most that it may be.

/** Seconds of each round; null where a round failed. @typedef {(number | null)[]} Rounds */
/** @typedef {{ title: string, ours: number | null, theirs: number | null, peer: string, besides: { [name: string]: number | null }, ratio: number | null, most: number | null, passes: boolean }} Row */

/** @param {Rounds} rounds */
function median(rounds) {
  if (rounds.length === 0 || rounds.includes(null)) return null;
  const sorted = /** @type {number[]} */ ([...rounds]).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const [lower, upper] = /** @type {[number, number]} */ ([sorted[(sorted.length - 1) >> 1], sorted[half]]);
  return (lower + upper) / 2;
}

/**
 * @param {{ title: string, ours: Rounds, theirs: Rounds, peer: string, besides?: { [name: string]: Rounds }, most?: number }} measured
 * @returns {Row}
 */
export function row({ title, ours, theirs, peer, besides = {}, most }) {
  const [mine, other] = [median(ours), median(theirs)];
  // A peer that never ends is slower than any that does.
  const ratio = mine === null || other === null ? null : mine / other;
  const passes = mine !== null && (most === undefined || ratio === null || ratio <= most);
  const beside = Object.fromEntries(Object.entries(besides).map(([name, rounds]) => [name, median(rounds)]));
  return { title, ours: mine, theirs: other, peer, besides: beside, ratio, most: most ?? null, passes };
}

/** @param {number | null} seconds */
const time = (seconds) =>
  seconds === null
    ? "fails"
    : seconds < 1
      ? `${(seconds * 1000).toPrecision(3)} ms`
      : `${seconds.toPrecision(3)} s`;

/** @param {Row[]} rows */
export function table(rows) {
  const lines = rows.map(({ title, ours, theirs, peer, besides, ratio, most, passes }) => {
    const beside = Object.entries(besides).flatMap(([name, seconds]) =>
      seconds === null ? [] : [`${name} ${time(seconds)}`],
    );
    return `| ${[
      title,
      time(ours),
      [`${peer} ${time(theirs)}`, ...beside].join(", "),
      ratio === null ? "–" : `${ratio.toFixed(2)} ×`,
      most === null ? "" : `at most ${most} ×`,
      passes ? "yes" : "no",
    ].join(" | ")} |`;
  });
  return ["| What | Ours | Beside it | Ratio | Aim | Met |", "|---|---|---|---|---|---|", ...lines].join(
    "\n",
  );
}
