import { describe, expect, it } from "vitest";
import { type PathParts, pathFigure } from "../../dist/index.js";
import { figureSvg } from "../../dist/figures/still/svg.js";
import { paths } from "./samples";

describe("pathFigure", () => {
  it("stacks both parts, what is negative below 0", () => {
    const figure = pathFigure(paths);
    expect(figure.layout.barmode).toBe("relative");
    expect(figure.data.slice(0, 2).map(({ y }) => y)).toEqual([
      [0.75, 1.5, -0.25, null],
      [0.25, -0.5, 1.25, null],
    ]);
    const [low, high] = (figure.layout.yaxis as { range: [number, number] }).range;
    expect(low).toBeLessThan(-0.5);
    expect(high).toBeGreaterThan(1.5);
  });

  it("crosses a layer without a gradient, with a note", () => {
    expect(pathFigure(paths).data[2]).toMatchObject({ x: [3], marker: { symbol: "x-thin-open" } });
    expect(pathFigure(paths.slice(0, 3)).data).toHaveLength(2);
    expect(JSON.stringify(pathFigure(paths).layout.annotations)).toContain("nothing to divide");
  });

  it("says where the part through the identity is smallest and largest", () => {
    const { alt, table } = pathFigure(paths).layout.meta;
    expect(alt).toContain(
      "The part through the identity is smallest, −25%, at layer 2, and largest, 150%, at layer 1. One layer has a gradient that is 0 or not finite, and no parts.",
    );
    expect(table[3]).toEqual(["layers.2.0.weight", "-0.250000", "1.250000"]);
    expect(pathFigure(paths, { language: "zh" }).layout.meta.alt).toContain("最小为 −25%（layers.2）");
  });

  it("draws layers none of which has a gradient, and a hundred", async () => {
    expect(await figureSvg(pathFigure([{ name: "w", identity: NaN, branch: NaN }]))).toContain("<svg");
    const many = Array.from({ length: 100 }, (_, i) => ({
      name: `layers.${i}.0.weight`,
      identity: 0.5,
      branch: 0.5,
    }));
    expect(pathFigure(many).layout.width).toBeLessThanOrEqual(1100);
  });

  it.each([
    [[], TypeError, "The figure got []"],
    [[null], TypeError, "Entry 0 of the figure is null; expected a name, identity and branch."],
    [[{ name: "w", identity: 1 }], TypeError, "expected a name, identity and branch"],
    [
      [{ name: "w", identity: 0.5, branch: 0.2 }],
      RangeError,
      "The parts of w are 0.5 and 0.2; expected them to add up to 1.",
    ],
  ])("refuses %j", (value, kind, sentence) => {
    expect(() => pathFigure(value as PathParts[])).toThrow(kind);
    expect(() => pathFigure(value as PathParts[])).toThrow(sentence);
  });
});
