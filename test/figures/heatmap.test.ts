import { expect, it } from "vitest";
import { heatmapFigure } from "../../dist/index.js";
import { byDepth, weights } from "./samples";

interface Cells {
  type: string;
  x: number[];
  y: number[];
  base: number[];
  xaxis: string;
  marker: { color: string | string[]; pattern?: { shape: string } };
}
const bars = (figure: { data: { type: string }[] }) =>
  figure.data.filter(({ type }) => type === "bar") as unknown as Cells[];

it("draws a cell for every layer of every network, a panel for every model", () => {
  const [plain, shortcut] = bars(heatmapFigure(byDepth([1, 3])));
  expect(plain).toMatchObject({ x: [0, 0, 1, 2], base: [-0.5, 0.5, 0.5, 0.5], y: [1, 1, 1, 1], xaxis: "x" });
  expect(shortcut).toMatchObject({ xaxis: "x2" });
  // 0.1 in the last layer of both, 0.01 and 0.001 before it: equal gradients have equal colours.
  expect(plain!.marker.color[0]).toBe(plain!.marker.color[3]);
  expect(new Set(plain!.marker.color).size).toBe(3);
});

it("needs nothing but bars and points, which plotly.js's basic bundle has", () => {
  const types = new Set(heatmapFigure(byDepth([1, 45])).data.map(({ type }) => type));
  expect([...types].sort()).toEqual(["bar", "scatter"]);
});

it("hatches what float32 has no full precision for, and crosses what is no number", () => {
  const figure = heatmapFigure([{ gradients: weights([0, 3.4e-40, 0.1, Infinity, NaN]) }]);
  expect(bars(figure).map(({ x, marker }) => [x, marker.pattern?.shape])).toEqual([
    [[2], undefined],
    [[0, 1], "/"],
    [[3, 4], "x"],
  ]);
  expect(figure.layout.meta.alt).toContain("2 of 5 cells are 0 or less than 1.2e-38.");
  const notes = (figure.layout.annotations as { text: string }[]).map(({ text }) => text).join(" ");
  expect(notes).toMatch(/Hatched: 0 or less than.*inf.*nan/s);
});

it("has a colour bar of whole decades", () => {
  const bar = heatmapFigure(byDepth([3])).data.at(-1) as unknown as {
    marker: { cmin: number; cmax: number; colorbar: { ticktext: string[] } };
  };
  // From 0.001 in the first layer to 0.2 with shortcuts.
  expect(`${bar.marker.cmin} to ${bar.marker.cmax}`).toBe("-3 to 0");
  expect(bar.marker.colorbar.ticktext).toEqual(["−3", "−2", "−1", "0"].map((text) => `10<sup>${text}</sup>`));
});
