// @ts-check
// The README's picture of the growth curves, in both languages and themes.
import { createRequire } from "node:module";
import { altText, curvesOf } from "./curves.mjs";
import { roomOf } from "./labels.mjs";
import { machineText } from "./machine.mjs";
import { acrossOf, domainOf, panel, plotWidth, suffix, ticksUp } from "./axes.mjs";
import { headingOf, labelsOf, letters, sides, tracesOf } from "./panels.mjs";
import { quantity } from "./table.mjs";
import { words } from "./words.mjs";

const require = createRequire(import.meta.url);
/** @type {typeof import("../src/figures/layout.ts")} */
const { annotation, baseConfig, baseLayout } = require("../dist/figures/layout.js");
/** @type {typeof import("../src/figures/palette.ts")} */
const { neutrals } = require("../dist/figures/palette.js");
/** @type {typeof import("../src/figures/figuretext.ts")} */
const { wrap } = require("../dist/figures/figuretext.js");
/** @type {typeof import("../src/figures/palette.ts")} */
const { darkFigure } = require("../dist/figures/palette.js");

/** @typedef {import("../src/figures/figure.ts").Figure} Figure */

const margin = { l: 66, r: 22, t: 98 };
export const pictureWidth = margin.l + plotWidth + margin.r;
const line = { size: 12, height: 17 };

/**
 * @param {import("./run.mjs").Run} run
 * @param {import("./words.mjs").Language} language
 * @returns {Figure}
 */
export function benchFigure({ rows, rounds, machine }, language) {
  const curves = curvesOf(rows);
  const { title, note, size, stop } = words[language];
  const up = rangeUp(curves);
  const notes = [note(rounds), machineText(machine, language) + stop];
  const lines = notes.flatMap((text) => wrap(text, plotWidth, line.size));
  const below = 44 + lines.length * line.height;
  const axis = { type: "log", zeroline: false, ticklabeloverflow: "allow" };
  // Marks that are not seen hold the numbers off the lines.
  const apart = { ticks: "outside", ticklen: 5, tickcolor: neutrals.paper.light };
  const table = curves.flatMap(({ over, spots }) => [
    [size[over], ...sides.map(({ name }) => name)],
    ...spots.map((spot) => [String(spot.size), ...sides.map(({ side }) => quantity(spot[side].median, "s"))]),
  ]);
  const height = margin.t + panel.height + below;
  const base = baseLayout(title, pictureWidth, height, { alt: altText(curves, language), table });
  return {
    data: curves.flatMap(tracesOf),
    layout: {
      ...base,
      // In a taller margin the title would leave its place at the top.
      title: Object.assign({}, base.title, { y: 1 - 18 / height, yanchor: "top" }),
      margin: { ...margin, b: below },
      showlegend: false,
      annotations: [
        ...curves.flatMap((curve, i) => [...headingOf(curve, i, language), ...labelsOf(curve, i, up)]),
        annotation(lines.join("<br>"), 0, 0, {
          ...{ xref: "paper", yref: "paper", xanchor: "left", yanchor: "top", align: "left", yshift: -32 },
          font: { size: line.size, color: neutrals.muted.light },
        }),
      ],
      yaxis: { ...axis, ...ticksUp(up), ...apart, range: up, gridcolor: neutrals.grid.light },
      ...Object.fromEntries(
        curves.map(({ spots }, i) => {
          const sizes = spots.map(({ size }) => size);
          const ticks = { tickvals: sizes, ticktext: sizes.map(String), showgrid: false };
          const base = {
            showline: true,
            linecolor: neutrals.line.light,
            ticks: "outside",
            tickcolor: neutrals.line.light,
          };
          const place = { domain: domainOf(i), anchor: "y", range: acrossOf(sizes) };
          return [`xaxis${suffix(i)}`, { ...axis, ...ticks, ...base, ...place }];
        }),
      ),
    },
    config: { ...baseConfig },
  };
}

/**
 * The axis upwards: everything that is drawn, and a label's room above and below it.
 * @param {import("./curves.mjs").Curve[]} curves
 * @returns {[low: number, high: number]}
 */
function rangeUp(curves) {
  const times = curves.flatMap(({ spots }) => spots.flatMap(({ ours, theirs }) => [ours, theirs]));
  const low = Math.log10(Math.min(...times.map(({ low }) => low)));
  const high = Math.log10(Math.max(...times.map(({ high }) => high)));
  const room = roomOf(letters.name);
  const more = ((high - low) * room) / (panel.height - 2 * room);
  return [low - more, high + more];
}

/**
 * Every picture by its path from the project's root.
 * @param {import("./run.mjs").Run} run
 * @returns {[path: string, figure: Figure][]}
 */
export function benchFigures(run) {
  return /** @type {const} */ (["en", "zh"]).flatMap((language) => {
    const light = benchFigure(run, language);
    return /** @type {[string, Figure][]} */ ([
      [picturePath(language, "light"), light],
      [picturePath(language, "dark"), darkFigure(light)],
    ]);
  });
}

/**
 * @param {Figure} figure
 * @returns {Promise<Buffer>} a PNG
 */
export async function drawn(figure) {
  /** @type {typeof import("../src/figures/still/svg.ts")} */
  const { figureSvg } = require("../dist/figures/still/svg.js");
  /** @type {typeof import("../src/figures/still/png.ts")} */
  const { svgPng } = require("../dist/figures/still/png.js");
  return svgPng(await figureSvg(figure));
}

/**
 * @param {import("./words.mjs").Language} language
 * @param {"light" | "dark"} theme
 */
export function picturePath(language, theme) {
  return `docs/bench.${language}.${theme}.png`;
}
