import { expect, it } from "vitest";
import { gradientFigure } from "../../dist/index.js";
import { narrowed } from "../../dist/figures/reflow.js";

const gradients = [0.000202, 0.00012].map((mean, i) => ({
  name: `layers.${i}.0.weight`,
  mean,
  shape: [3, 3],
}));
const { data, layout } = gradientFigure([
  { useShortcut: false, gradients },
  { useShortcut: true, gradients },
]);
const sizes = (traces: readonly object[]) =>
  traces.map((trace) => (trace as { textfont?: { size?: number } }).textfont?.size);

it("bars' labels shrink as a figure's width does, and the figure stays as it is", () => {
  expect(sizes(data)).toEqual([11, 11]);
  expect(sizes(narrowed(data, 0.8 * layout.width, layout.width))).toEqual([8.8, 8.8].map(closely));
  expect(sizes(data)).toEqual([11, 11]);
});

it("nothing grows where there is more room, or where a figure has no width of its own", () => {
  expect(narrowed(data, 1000, layout.width)).toEqual(data);
  expect(narrowed(data, 500, undefined)).toEqual(data);
});

it("text that is no bar's stays", () => {
  const text = [{ type: "scatter", textfont: { size: 12 } }, { type: "bar" }];
  expect(narrowed(text, 400, 800)).toEqual(text);
});

const closely = (value: number) => expect.closeTo(value, 6) as number;
