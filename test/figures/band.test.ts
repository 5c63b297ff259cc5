import { describe, expect, it } from "vitest";
import { type Ensemble, bandFigure } from "../../dist/index.js";
import { figureSvg } from "../../dist/figures/still/svg.js";
import { ensembles } from "./samples";

const layers = (...means: number[][]) =>
  means.map((values, i) => ({ name: `layers.${i}.0.weight`, means: values }));
const notes = (figure: { layout: { [key: string]: unknown } }) =>
  (figure.layout.annotations as { text: string }[]).map(({ text }) => text).join(" ");

describe("bandFigure", () => {
  it("draws two bands and the median for every model", () => {
    const figure = bandFigure(ensembles);
    expect(figure.data.map(({ fill }) => fill ?? null)).toEqual([...Array(4).fill("toself"), null, null]);
    // 21 seeds, 1 to 21 times 1e-4, 1e-3 and 1e-2: the median is the 11th, the 5% one the 2nd.
    expect((figure.data[4]!.y as number[]).map((y) => y.toPrecision(4))).toEqual([
      "0.001100",
      "0.01100",
      "0.1100",
    ]);
    expect((figure.data[0]!.y as number[])[5]!.toPrecision(4)).toBe("0.0002000");
  });

  it("says the medians, the spread of the first layer and every percentile", () => {
    const { alt, table } = bandFigure(ensembles).layout.meta;
    expect(alt).toContain(
      "Without shortcut connections the median mean gradient falls from 0.11 at layer 2 to 0.0011 at layer 0.",
    );
    expect(alt).toContain(
      "Without shortcut connections 90% of the seeds lie between 0.0002 and 0.002 at layer 0.",
    );
    expect(table[0]!.slice(1, 6).map((heading) => heading.split(", ")[1])).toEqual([
      "5%",
      "25%",
      "50%",
      "75%",
      "95%",
    ]);
    expect(table[1]![3]).toBe("0.0011000000");
    expect(bandFigure(ensembles, { language: "zh" }).layout.meta.alt).toContain(
      "无快捷连接时，平均绝对梯度的中位数从 layers.2 的 0.11 降到 layers.0 的 0.0011。",
    );
  });

  it("marks a median that float32 has no full precision for, and says where only a band reaches the floor", () => {
    const median = bandFigure([{ layers: layers([0, 0, 1], [1, 1, 1]) }]);
    expect(median.data.at(-1)).toMatchObject({ x: [0], marker: { symbol: ["triangle-down-open"] } });
    expect(notes(median)).toContain("▽ at the axis' floor: 0 or less");
    const band = bandFigure([{ layers: layers([0, 0, 1, 1, 1, 1], [1, 1, 1]) }]);
    expect(notes(band)).toContain("A band that reaches the axis' floor: 0 or less");
  });

  it("draws infinities, nan, one layer and one seed", async () => {
    for (const means of [
      [[Infinity, 1], [NaN]],
      [[1]],
      [[0]],
      [[NaN]],
      [Array(50).fill(Infinity)],
    ] as number[][][])
      expect(await figureSvg(bandFigure([{ layers: layers(...means) }]))).toContain("<svg");
  });

  it("takes typed arrays", () => {
    const figure = bandFigure([{ layers: [{ name: "w", means: Float32Array.of(1, 2, 3) }] }]);
    expect(figure.data.at(-1)!.y).toEqual([2]);
  });

  it.each([
    [[], TypeError, "The figure got []"],
    ["no", TypeError, 'The figure got "no"'],
    [[{}], TypeError, "Entry 0 of the figure has no layers"],
    [[{ layers: [{ name: "w", means: [] }] }], TypeError, "expected its name and a mean for every seed"],
    [[{ layers: [{ means: [1] }] }], TypeError, "A layer of entry 0 is"],
    [[{ layers: [{ name: "w", means: [-1] }] }], RangeError, "The mean gradient of w of entry 0 is -1"],
  ])("refuses %j", (value, kind, sentence) => {
    expect(() => bandFigure(value as Ensemble[])).toThrow(kind);
    expect(() => bandFigure(value as Ensemble[])).toThrow(sentence);
  });
});
