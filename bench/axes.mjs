// @ts-check
// Where the picture's three panels stand, and their axes.

/** The ends of an axis as powers of ten. @typedef {[low: number, high: number]} Range */

export const panel = { width: 284, height: 260 };
/** Between two panels, in pixels. */
const gutter = 30;
export const plotWidth = 3 * panel.width + 2 * gutter;

/**
 * What plotly.js calls the axes of a panel.
 * @param {number} i
 */
export const suffix = (i) => (i === 0 ? "" : String(i + 1));

/**
 * @param {number} i
 * @returns {[number, number]}
 */
export function domainOf(i) {
  const left = i * (panel.width + gutter);
  return [left / plotWidth, Math.min(1, (left + panel.width) / plotWidth)];
}

/**
 * The axis to the right, with room for the outermost points.
 * @param {number[]} sizes
 * @returns {Range}
 */
export function acrossOf(sizes) {
  const [least, most] = [Math.log10(Math.min(...sizes)), Math.log10(Math.max(...sizes))];
  return [least - 0.05 * (most - least), most + 0.05 * (most - least)];
}

/**
 * The powers of ten within the range, as times.
 * @param {Range} up
 */
export function ticksUp([low, high]) {
  const powers = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, i) => Math.ceil(low) + i);
  return {
    tickvals: powers.map((power) => Number(`1e${power}`)),
    ticktext: powers.map((power) =>
      power < -3
        ? `${Number(`1e${power + 6}`)} µs`
        : power < 0
          ? `${Number(`1e${power + 3}`)} ms`
          : `${10 ** power} s`,
    ),
  };
}
