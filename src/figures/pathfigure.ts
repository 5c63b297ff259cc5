import { quote } from "../nn/quote";
import { ticks } from "./axes";
import type { Figure, FigureOptions } from "./figure";
import { layerOf, tick } from "./figuresentences";
import { type Words, wordsOf } from "./figurewords";
import { baseConfig, chartLayout } from "./layout";
import { modelColors, neutrals } from "./palette";

/** The two ways by which a layer's gradient came, as signed shares of it that add up to 1. */
export interface PathParts {
  /** The weight's name, such as `layers.0.0.weight`. */
  name: string;
  /** The share through the shortcut connections, which pass the gradient on as it is. */
  identity: number;
  /** The share through the layers beside them. */
  branch: number;
}

const mostLabelled = 8;

/**
 * For every layer the share of its gradient that came through the identity and the share through the branch, stacked:
 * what is negative works against the whole and stands below 0. Where the gradient is 0 or not finite the shares are
 * NaN, and a cross says so.
 * @param paths the projections of both parts onto the layer's whole gradient, divided by its square
 */
export function pathFigure(paths: PathParts[], options: FigureOptions = {}): Figure {
  checkPaths(paths);
  const words = wordsOf(options.language);
  const [low, high] = rangeOf(paths);
  // A number needs the height of its digits.
  const labelled = paths.length <= mostLabelled ? 0.05 * (high - low) : Infinity;
  const undivided = paths.flatMap((path, x) => (isShared(path) ? [] : [{ x, name: path.name }]));
  return {
    data: [
      partTrace(paths, "identity", words.identity, modelColors[1], labelled),
      partTrace(paths, "branch", words.branch, modelColors[4], labelled),
      ...(undivided.length === 0 ? [] : [crosses(undivided)]),
    ],
    layout: {
      ...chartLayout({
        title: options.title ?? words.pathTitle,
        width: Math.min(1100, Math.max(800, 130 + paths.length * 12)),
        legend: [words.identity, words.branch],
        up: words.share,
        notes: undivided.length === 0 ? [] : [words.noShare],
        meta: {
          alt: words.text([words.pathAlt, ...sentencesOf(paths, words)]),
          table: [
            [words.weight, words.identity, words.branch],
            ...paths.map(({ name, identity, branch }) => [name, decimal(identity), decimal(branch)]),
          ],
        },
      }),
      barmode: "relative",
      bargap: 0.3,
      shapes: [
        {
          type: "line",
          xref: "paper",
          x0: 0,
          x1: 1,
          y0: 1,
          y1: 1,
          line: { color: neutrals.muted.light, width: 1.5, dash: "dot" },
        },
      ],
      xaxis: {
        tickvals: ticks(paths.length),
        ticktext: ticks(paths.length).map((i) => tick(paths[i]!.name)),
        range: [-0.6, paths.length - 0.4],
        showgrid: false,
        zeroline: false,
        ticklabeloverflow: "allow",
      },
      yaxis: {
        gridcolor: neutrals.grid.light,
        zeroline: true,
        zerolinecolor: neutrals.line.light,
        tickformat: ".0%",
        ticklabeloverflow: "allow",
        nticks: 9,
        range: [low, high],
      },
    },
    config: { ...baseConfig },
  };
}

function isShared({ identity, branch }: PathParts): boolean {
  return Number.isFinite(identity) && Number.isFinite(branch);
}

function partTrace(
  paths: PathParts[],
  part: "identity" | "branch",
  name: string,
  color: string,
  labelled: number,
): Figure["data"][number] {
  return {
    type: "bar",
    name,
    x: paths.map((_, layer) => layer),
    y: paths.map((path) => (isShared(path) ? path[part] : null)),
    customdata: paths.map((path) => [path.name, decimal(path[part])]),
    hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
    text: paths.map((path) =>
      isShared(path) && Math.abs(path[part]) >= labelled ? percent(path[part]) : "",
    ),
    textposition: "inside",
    insidetextanchor: "middle",
    textangle: 0,
    constraintext: "none",
    insidetextfont: { size: 12, color: part === "identity" ? "#fefefe" : "#10161e" },
    marker: { color },
  };
}

function crosses(undivided: { x: number; name: string }[]): Figure["data"][number] {
  return {
    type: "scatter",
    mode: "markers",
    x: undivided.map(({ x }) => x),
    y: undivided.map(() => 0),
    text: undivided.map(({ name }) => name),
    hovertemplate: "%{text}<extra></extra>",
    marker: {
      symbol: "x-thin-open",
      size: 9,
      color: neutrals.ink.light,
      line: { width: 2, color: neutrals.ink.light },
    },
    cliponaxis: false,
    showlegend: false,
  };
}

/** From 0 to 1 at least, and to where the stacks end. */
function rangeOf(paths: PathParts[]): [number, number] {
  const parts = paths
    .filter(isShared)
    .flatMap(({ identity, branch }) => [
      Math.max(identity, 0) + Math.max(branch, 0),
      Math.min(identity, 0) + Math.min(branch, 0),
    ]);
  const [low, high] = [parts.reduce((a, b) => Math.min(a, b), 0), parts.reduce((a, b) => Math.max(a, b), 1)];
  const edge = 0.06 * (high - low);
  return [low < 0 ? low - edge : 0, high + edge];
}

function sentencesOf(paths: PathParts[], words: Words): string[] {
  const shared = paths
    .filter(isShared)
    .map(({ name, identity }) => ({ name: layerOf(name, words), identity }));
  const undivided = paths.length - shared.length;
  const sentences: string[] = [];
  if (shared.length > 0) {
    const least = shared.reduce((a, b) => (b.identity < a.identity ? b : a));
    const most = shared.reduce((a, b) => (b.identity > a.identity ? b : a));
    sentences.push(
      words.shares(
        percent(least.identity),
        least.name,
        percent(most.identity),
        most.name,
        shared.length === 1,
      ),
    );
  }
  if (undivided > 0) sentences.push(words.undivided(undivided));
  return sentences;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(Math.abs(share) < 0.0995 ? 1 : 0).replace("-", "−")}%`;
}

function decimal(share: number): string {
  return Number.isFinite(share) ? share.toFixed(6) : "nan";
}

/** @throws TypeError or RangeError where a figure is asked to draw something else than two shares of a whole. */
function checkPaths(paths: unknown): asserts paths is PathParts[] {
  if (!Array.isArray(paths) || paths.length === 0)
    throw new TypeError(
      `The figure got ${quote(paths)}; expected an array of layers' parts through the identity and the branch.`,
    );
  for (const [i, path] of paths.entries()) {
    const { name, identity, branch } = (path ?? {}) as Partial<PathParts>;
    if (typeof name !== "string" || typeof identity !== "number" || typeof branch !== "number")
      throw new TypeError(
        `Entry ${i} of the figure is ${quote(path)}; expected a name, identity and branch.`,
      );
    const allowed = 1e-3 * Math.max(1, Math.abs(identity));
    if (Math.abs(identity + branch - 1) > allowed)
      throw new RangeError(
        `The parts of ${name} are ${identity} and ${branch}; expected them to add up to 1.`,
      );
  }
}
