import { describe, expect, test } from "vitest";
import { gradientFigure, heatmapFigure, networkFigure } from "../../dist/index.js";
import { reflowed, widthIn } from "../../dist/figures/reflow.js";

const gradientsOf = (means: number[], sizes: number[]) =>
  means.map((mean, i) => ({ name: `layers.${i}.0.weight`, mean, shape: [sizes[i + 1]!, sizes[i]!] }));
const sizes = [3, 4, 4, 1];
const series = [
  { useShortcut: false, gradients: gradientsOf([2e-4, 1e-40, 0.005], sizes) },
  { useShortcut: true, gradients: gradientsOf([0.2, 0.3, 1.3], sizes) },
];
type Axis = { range: [number, number]; domain?: [number, number]; ticktext?: string[] };
type Points = {
  x: number[];
  y: number[];
  text: string[];
  textangle?: number;
  xaxis?: string;
  yaxis?: string;
};

describe("networks on a phone", () => {
  const figure = networkFigure(series);
  const narrow = reflowed(figure, 358);
  const [labels, points] = narrow.data as unknown as [Points, Points];
  const [before] = figure.data as unknown as [Points];
  const [left, right] = (narrow.layout.xaxis as unknown as Axis).range;
  const [bottom] = (narrow.layout.yaxis as unknown as Axis).range;

  test("stand one below the other, whole", () => {
    expect(narrow.layout.width).toBe(358);
    expect(narrow.layout.height).toBeGreaterThan(1.5 * figure.layout.height);
    const shapes = narrow.layout.shapes as unknown as { path?: string; x0?: number; x1?: number }[];
    const numbers = shapes.flatMap(({ path, x0, x1 }) =>
      path === undefined
        ? [x0!, x1!]
        : (path.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number).filter((_, i) => i % 2 === 0),
    );
    for (const x of [...labels.x, ...points.x, ...numbers]) {
      expect(x).toBeGreaterThan(left);
      expect(x).toBeLessThan(right);
    }
    for (const y of [...labels.y, ...points.y]) expect(y).toBeLessThan(bottom);
    // Three boxes of each network, the second's below the first's.
    expect(Math.max(...points.y.slice(0, 3))).toBeLessThan(Math.min(...points.y.slice(3)));
  });

  test("keep every label, and their notes below all of them", () => {
    const notes = before.text.filter((_, i) => before.x[i] === 0);
    expect(notes.length).toBeGreaterThan(0);
    expect(labels.text).toEqual(before.text.filter((_, i) => before.x[i] !== 0));
    const [note] = narrow.layout.annotations as unknown as { text: string }[];
    expect(note!.text.replaceAll("<br>", " ")).toBe(notes.join(" "));
  });
});

test("bars' labels stand upright where bars are narrower, with room above the highest", () => {
  const figure = gradientFigure(series);
  const narrow = reflowed(figure, 358);
  const bars = (narrow.data as unknown as ({ type: string } & Points)[]).filter(({ type }) => type === "bar");
  expect(bars.map(({ textangle }) => textangle)).toEqual([-90, -90]);
  const [before, after] = [figure, narrow].map(({ layout }) => (layout.yaxis as unknown as Axis).range);
  expect(after![0]).toBe(before![0]);
  expect(after![1]).toBeGreaterThan(before![1]);
});

test("a heat map's panels stand one below the other, each with its own axis and title", () => {
  const sweep = [1, 2, 3].flatMap((depth) =>
    [false, true].map((useShortcut) => ({
      useShortcut,
      gradients: gradientsOf(Array<number>(depth).fill(0.1), [3, 3, 3, 3]),
    })),
  );
  const { data, layout } = reflowed(heatmapFigure(sweep), 358);
  const [upper, lower] = [layout.yaxis, layout.yaxis2] as unknown as Axis[];
  expect(lower!.domain![1]).toBeLessThan(upper!.domain![0]);
  for (const trace of data as unknown as Points[]) if (trace.xaxis === "x2") expect(trace.yaxis).toBe("y2");
  const titles = (layout.annotations as unknown as { text: string; y: number }[]).filter(({ text }) =>
    text.includes("shortcut"),
  );
  expect(titles.map(({ y }) => y)).toEqual([upper!.domain![1], lower!.domain![1]]);
});

test("titles and notes are set anew, between Chinese characters too", () => {
  const { layout } = reflowed(gradientFigure(series, { language: "zh" }), 300);
  const { text } = layout.title as { text: string };
  expect(text.replaceAll("<br>", "")).toBe(
    (gradientFigure(series, { language: "zh" }).layout.title as { text: string }).text,
  );
});

test("only this package's own figures are set anew, and none that has its room", () => {
  const own = gradientFigure(series);
  expect(reflowed(own, own.layout.width)).toBe(own);
  const other = { data: [{ type: "scatter", y: [1] }], layout: { width: 800, title: { text: "Theirs" } } };
  expect(reflowed(other, 300)).toEqual(other);
  expect(widthIn(364, 800)).toBe(364);
  expect(widthIn(100, 800)).toBe(280);
  expect(widthIn(2000, 800)).toBe(1000);
  expect(widthIn(364, undefined)).toBe(364);
});
