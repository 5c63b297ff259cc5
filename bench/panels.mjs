// @ts-check
// One panel of the picture: a growth curve here (solid, filled points) and PyTorch's (dashed, open ones), each with its name.
import { createRequire } from "node:module";
import { acrossOf, domainOf, panel, suffix } from "./axes.mjs";
import { panelText } from "./curves.mjs";
import { placeLabel } from "./labels.mjs";

const require = createRequire(import.meta.url);
/** @type {typeof import("../src/figures/layout.ts")} */
const { annotation } = require("../dist/figures/layout.js");
/** @type {typeof import("../src/figures/palette.ts")} */
const { modelColors, neutrals } = require("../dist/figures/palette.js");
/** @type {typeof import("../src/figures/figuretext.ts")} */
const { pixels } = require("../dist/figures/figuretext.js");

/** @typedef {import("../src/figures/figure.ts").Figure} Figure */
/** @typedef {import("../src/figures/figure.ts").Json} Json */
/** @typedef {import("./curves.mjs").Curve} Curve */
/** The ends of an axis as powers of ten. @typedef {import("./axes.mjs").Range} Range */

export const letters = { name: 13, heading: 13, ratio: 12 };

export const sides = /** @type {const} */ ([
  { side: "ours", name: "tslab-gradients", color: modelColors[0], dash: "solid", symbol: "circle" },
  { side: "theirs", name: "PyTorch", color: modelColors[1], dash: "dash", symbol: "square-open" },
]);

/**
 * @param {Curve} curve
 * @param {number} i
 * @returns {Figure["data"]}
 */
export function tracesOf({ spots }, i) {
  const axes = { type: "scatter", xaxis: `x${suffix(i)}`, yaxis: "y" };
  const sizes = spots.map(({ size }) => size);
  const bands = sides.map(({ side, color }) => ({
    ...axes,
    mode: "lines",
    x: [...sizes, ...[...sizes].reverse()],
    y: [...spots.map((spot) => spot[side].low), ...spots.map((spot) => spot[side].high).reverse()],
    fill: "toself",
    fillcolor: `${color}33`,
    line: { width: 0 },
    hoverinfo: "skip",
  }));
  const lines = sides.map(({ side, name, color, dash, symbol }) => ({
    ...axes,
    mode: "lines+markers",
    name,
    x: sizes,
    y: spots.map((spot) => spot[side].median),
    line: { color, width: 2, dash },
    marker: { color, size: 7, symbol, line: { color, width: 1.5 } },
  }));
  return [...bands, ...lines];
}

/**
 * What grows in the panel, and how the times compare, above it.
 * @param {Curve} curve
 * @param {number} i
 * @param {import("./words.mjs").Language} language
 */
export function headingOf(curve, i, language) {
  const place = { xref: "paper", yref: "paper", xanchor: "left", yanchor: "bottom" };
  const [what, ratio] = panelText(curve, language);
  const left = domainOf(i)[0];
  return [
    annotation(what, left, 1, {
      ...place,
      yshift: 22,
      font: { size: letters.heading, color: neutrals.ink.light },
    }),
    annotation(ratio, left, 1, {
      ...place,
      yshift: 4,
      font: { size: letters.ratio, color: neutrals.muted.light },
    }),
  ];
}

/**
 * @param {Curve} curve
 * @param {number} i
 * @param {Range} up
 */
export function labelsOf({ spots }, i, up) {
  const across = acrossOf(spots.map(({ size }) => size));
  const part = (/** @type {number} */ value, /** @type {Range} */ [low, high]) =>
    (value - low) / (high - low);
  const height = (/** @type {number} */ seconds) => part(Math.log10(seconds), up) * panel.height;
  const [ours, theirs] = sides.map(({ side }) =>
    spots.map(({ size, ...spot }) => ({
      x: part(Math.log10(size), across) * panel.width,
      y: height(spot[side].median),
      low: height(spot[side].low),
      high: height(spot[side].high),
    })),
  );
  if (ours === undefined || theirs === undefined) return [];
  return sides.map(({ side, name }) => {
    const [line, other] = side === "ours" ? [ours, theirs] : [theirs, ours];
    const label = { width: pixels(name, letters.name), height: letters.name };
    const { x, y } = placeLabel(line, other, label, panel);
    // On a logarithmic axis a label stands at the power of ten.
    const at = (/** @type {number} */ pixel, /** @type {number} */ size, /** @type {Range} */ [low, high]) =>
      low + (pixel / size) * (high - low);
    return annotation(name, at(x, panel.width, across), at(y, panel.height, up), {
      ...{ xref: `x${suffix(i)}`, yref: "y", xanchor: "center", yanchor: "middle" },
      font: { size: letters.name, color: neutrals.ink.light },
      // A line of the grid does not cross the name.
      bgcolor: neutrals.paper.light,
      borderpad: 0,
    });
  });
}
