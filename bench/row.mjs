// @ts-check
// One line of the benchmark: a ratio of medians, how it varied over the rounds, and the most that it may be.

/** Seconds, or bytes, of each round; null where a round failed. @typedef {(number | null)[]} Rounds */
/** @typedef {{ rounds: Rounds, median: number | null }} Measured */
/** A row's words in both languages. @typedef {{ en: string, zh: string }} Title */
/** Where a row stands on a growth curve. @typedef {{ over: "width" | "depth" | "batch", size: number }} Point */
/** What every row is told. @typedef {{ name: string, title: Title, ours: Rounds, besides?: { [name: string]: Rounds } }} Told */
/**
 * @typedef {object} Row
 * @property {string} name what `--only` calls it
 * @property {Title} title
 * @property {"s" | "B"} unit
 * @property {Point} [point]
 * @property {string} peer what it is beside
 * @property {Measured} ours
 * @property {Measured} theirs
 * @property {{ [name: string]: Measured }} besides
 * @property {number | null} ratio of the medians
 * @property {[number, number] | null} spread the lowest and the highest ratio of a round
 * @property {number | null} most the aim
 * @property {boolean} passes
 */

/**
 * @param {Told & { theirs: Rounds, peer: string, most?: number, unit?: "s" | "B", point?: Point }} measured
 * @returns {Row}
 */
export function row({ ours, theirs, besides = {}, most, unit = "s", ...told }) {
  const [mine, other] = [measured(ours), measured(theirs)];
  // A peer that never ends is slower than any that does.
  const ratio = mine.median === null || other.median === null ? null : mine.median / other.median;
  const passes = mine.median !== null && (most === undefined || ratio === null || ratio <= most);
  return {
    ...told,
    unit,
    ours: mine,
    theirs: other,
    besides: Object.fromEntries(Object.entries(besides).map(([name, rounds]) => [name, measured(rounds)])),
    ratio,
    spread: ratio === null ? null : spread(ours, theirs),
    most: most ?? null,
    passes,
  };
}

/**
 * A row beside a limit, which is the same in every round.
 * @param {Told & { limit: number }} told
 */
export function limitedRow({ limit, ...told }) {
  return row({ ...told, theirs: told.ours.map(() => limit), peer: "limit", most: 1 });
}

/**
 * @param {Rounds} rounds
 * @returns {Measured}
 */
export function measured(rounds) {
  if (rounds.length === 0 || rounds.includes(null)) return { rounds, median: null };
  const sorted = /** @type {number[]} */ ([...rounds]).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const [lower, upper] = /** @type {[number, number]} */ ([sorted[(sorted.length - 1) >> 1], sorted[half]]);
  return { rounds, median: (lower + upper) / 2 };
}

/**
 * @param {Rounds} ours
 * @param {Rounds} theirs
 * @returns {[number, number]}
 */
function spread(ours, theirs) {
  if (ours.length !== theirs.length)
    throw new RangeError(`There are ${ours.length} rounds beside ${theirs.length}; expected as many.`);
  const ratios = ours.map((mine, i) => Number(mine) / Number(theirs[i]));
  return [Math.min(...ratios), Math.max(...ratios)];
}
