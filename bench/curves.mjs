// @ts-check
// The growth curves of a run: what the pictures draw and say.
import { curves, still } from "./growth.mjs";
import { digits, quantity } from "./table.mjs";
import { words } from "./words.mjs";

/** @typedef {import("./growth.mjs").Over} Over */
/** Times in seconds. @typedef {{ median: number, low: number, high: number }} Time */
/** @typedef {{ size: number, ours: Time, theirs: Time, ratio: number }} Spot */
/** @typedef {{ over: Over, spots: Spot[] }} Curve */

/**
 * @param {import("./row.mjs").Row[]} rows
 * @returns {Curve[]}
 * @throws RangeError where a point is missing or failed
 */
export function curvesOf(rows) {
  return /** @type {Over[]} */ (Object.keys(curves)).map((over) => ({
    over,
    spots: curves[over].map((size) => {
      const found = rows.find(({ point }) => point?.over === over && point.size === size);
      if (found === undefined || found.ratio === null)
        throw new RangeError(`The measurements lack ${over} ${size}; expected every row of growth.`);
      return { size, ours: timeOf(found.ours), theirs: timeOf(found.theirs), ratio: found.ratio };
    }),
  }));
}

/**
 * @param {import("./row.mjs").Measured} measured
 * @returns {Time}
 */
function timeOf({ rounds, median }) {
  const all = rounds.map(Number);
  return { median: Number(median), low: Math.min(...all), high: Math.max(...all) };
}

/**
 * A panel's two lines: what grows, and how the times compare.
 * @param {Curve} curve
 * @param {import("./words.mjs").Language} language
 * @returns {[what: string, ratio: string]}
 */
export function panelText({ over, spots }, language) {
  const { lowest, highest } = extremes(spots);
  return [words[language].panel[over](still), words[language].ratio(lowest.ratio, highest.ratio)];
}

/**
 * The picture in words.
 * @param {Curve[]} all
 * @param {import("./words.mjs").Language} language
 */
export function altText(all, language) {
  const { alt, curve, text } = words[language];
  const sentences = all.map(({ over, spots }) => {
    const [first, last] = /** @type {[Spot, Spot]} */ ([spots[0], spots.at(-1)]);
    const pair = (/** @type {"ours" | "theirs"} */ side) =>
      /** @type {[string, string]} */ ([first, last].map((spot) => quantity(spot[side].median, "s")));
    return curve({
      over,
      sizes: [first.size, last.size],
      ours: pair("ours"),
      theirs: pair("theirs"),
      ...extremes(spots),
      slower: spots.filter(({ ratio }) => ratio > 1).map(({ size }) => size),
    });
  });
  return text([alt, ...sentences]);
}

/** @param {Spot[]} spots */
function extremes(spots) {
  const sorted = [...spots].sort((a, b) => a.ratio - b.ratio);
  const [lowest, highest] = /** @type {[Spot, Spot]} */ ([sorted[0], sorted.at(-1)]);
  const said = ({ size, ratio } = lowest) => ({ ratio: digits(ratio, 2), size });
  return { lowest: said(lowest), highest: said(highest) };
}
