import { describe, expect, it } from "vitest";
import { type Series, depthSweepFigure, heatmapFigure } from "../../dist/index.js";
import { figureSvg } from "../../dist/figures/still/svg.js";
import { byDepth, byWidth, weights } from "./samples";

interface Line {
  name: string;
  x: number[];
  y: (number | null)[];
  marker: { symbol: string | string[]; color: string };
}
const lines = (figure: { data: object[] }) => figure.data as Line[];
const notes = (figure: { layout: { [key: string]: unknown } }) =>
  (figure.layout.annotations as { text: string }[]).map(({ text }) => text).join(" ");

describe("depthSweepFigure", () => {
  it("draws a line a model, the networks in order of their depth, whatever order they came in", () => {
    const figure = depthSweepFigure(byDepth([4, 1, 2]).reverse());
    const found = lines(figure);
    expect(found.map(({ name, x }) => [name, x])).toEqual([
      ["with shortcut connections", [1, 2, 4]],
      ["without shortcut connections", [1, 2, 4]],
    ]);
    // The first layer's gradient is a tenth of the next one's, as `byDepth` makes it.
    expect(found[1]!.y.map((value) => value?.toPrecision(4))).toEqual(["0.1000", "0.01000", "0.0001000"]);
    expect(new Set(found.map(({ marker }) => marker.symbol)).size).toBe(2);
  });

  it("counts layers' weights alone: a LayerNorm's has one dimension", () => {
    const [plain] = byDepth([2]);
    const norm = { name: "layers.0.1.weight", shape: [3], mean: 7 };
    const figure = depthSweepFigure([{ ...plain!, gradients: [norm, ...plain!.gradients] }]);
    expect(lines(figure)[0]).toMatchObject({ x: [2], y: [plain!.gradients[0]!.mean] });
  });

  it("draws the last layer too, dotted, in the same colour", () => {
    const found = lines(depthSweepFigure(byDepth([1, 2]), { lastLayer: true })) as (Line & {
      line: { dash: string; color: string };
    })[];
    expect(found.map(({ name, line }) => [name, line.dash])).toEqual([
      ["without shortcut connections, first layer", "solid"],
      ["without shortcut connections, last layer", "dot"],
      ["with shortcut connections, first layer", "solid"],
      ["with shortcut connections, last layer", "dot"],
    ]);
    expect(found[0]!.line.color).toBe(found[1]!.line.color);
  });

  it("marks what float32 has no full precision for at the floor, and says so", () => {
    const figure = depthSweepFigure(byDepth([10, 37, 40, 60]));
    const [line, marks] = lines(figure) as [Line, Line];
    expect(line.y.map((value) => value === null)).toEqual([false, false, true, true]);
    expect(marks).toMatchObject({ x: [40, 60], marker: { symbol: Array(2).fill("triangle-down-open") } });
    const [low, high] = (figure.layout.yaxis as { range: [number, number] }).range;
    for (const y of marks.y) {
      expect(Math.log10(y!)).toBeGreaterThan(low);
      expect(Math.log10(y!)).toBeLessThan(low + 0.05 * (high - low));
    }
    expect(notes(figure)).toMatch(/▽ at the axis' floor: 0 or less than 1\.2e-38.*1\.4e-45/s);
    expect(figure.layout.meta.alt).toContain(
      "Without shortcut connections the first layer's mean gradient falls from 1.00e-10 at depth 10 to 1.00e-37 at depth 37.",
    );
    expect(figure.layout.meta.alt).toContain("at 2 places between depth 40 and depth 60.");
  });

  it("draws widths on a log-2 scale", () => {
    const figure = depthSweepFigure(byWidth, { over: "width" });
    expect(figure.layout.xaxis).toMatchObject({ type: "log", tickvals: [4, 8, 16, 64] });
    expect(figure.layout.meta.alt).toContain(
      "With shortcut connections the first layer's mean gradient falls from 0.125 at width 4 to 0.00781 at width 64.",
    );
    expect(depthSweepFigure(byWidth, { over: "width", language: "zh" }).layout.meta.alt).toContain(
      "有快捷连接时，第一层的平均绝对梯度从宽度 4 的 0.125 降到宽度 64 的 0.00781。",
    );
  });

  it("stays in one picture with a hundred layers and three models", async () => {
    const depths = Array.from({ length: 100 }, (_, i) => i + 1);
    const third = byDepth(depths, 0.5)
      .slice(0, 100)
      .map((entry) => ({ ...entry, label: "LayerNorm" }));
    const figure = depthSweepFigure([...byDepth(depths), ...third]);
    expect(JSON.stringify(figure).length).toBeLessThan(60_000);
    expect(await figureSvg(figure)).toContain("LayerNorm");
  });
});

describe.each([
  ["depthSweepFigure", depthSweepFigure],
  ["heatmapFigure", heatmapFigure],
])("%s", (_, figure) => {
  const [network] = byDepth([3]);

  it.each([[[]], [null], [[{}]], [[{ gradients: [] }]]])("refuses %j", (series) => {
    expect(() => figure(series as Series[])).toThrow(TypeError);
  });

  it("refuses a network without a layer", () => {
    const gradients = [{ name: "weight", shape: [3], mean: 1 }];
    expect(() => figure([{ gradients }])).toThrow(
      new RangeError("Entry 0 of the figure has no layer; expected a weight of two dimensions."),
    );
  });

  it("refuses one depth twice", () => {
    expect(() => figure([network!, network!])).toThrow(
      new RangeError(
        "Two networks without shortcut connections have depth 3; expected one of each depth, or labels that tell them apart.",
      ),
    );
    expect(() => figure([network!, { ...network!, label: "another" }])).not.toThrow();
  });

  it("refuses another axis and a gradient that cannot be", () => {
    expect(() => figure([network!], { over: "height" as "depth" })).toThrow(
      new RangeError('over is "height"; expected "depth" or "width".'),
    );
    expect(() => figure([{ gradients: weights([-1]) }])).toThrow(
      new RangeError(
        "The mean gradient of layers.0.0.weight of entry 0 is -1; expected a number of 0 or more.",
      ),
    );
    expect(() => figure([{ gradients: weights(["1" as unknown as number]) }])).toThrow(TypeError);
  });

  it("draws a figure even where no gradient can be drawn", async () => {
    expect(await figureSvg(figure([{ gradients: weights([0, NaN, Infinity]) }]))).toContain("<svg");
  });
});
