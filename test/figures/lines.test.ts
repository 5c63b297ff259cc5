import { expect, it } from "vitest";
import { gradientFigure } from "../../dist/index.js";
import { pixels, wrap } from "../../dist/figures/figuretext.js";
import { weights } from "./samples";

it("breaks Latin at spaces, Chinese anywhere but before punctuation", () => {
  expect(wrap("one two three", 50, 10)).toEqual(["one two", "three"]);
  expect(wrap("梯度消失，怎么办", 40, 10)).toEqual(["梯度消", "失，怎么", "办"]);
  expect(wrap("indivisible", 5, 10)).toEqual(["indivisible"]);
  expect(wrap("", 50, 10)).toEqual([""]);
});

it("makes room for a long title and a legend of several rows", () => {
  const series = Array.from({ length: 6 }, (_, i) => ({
    label: `a model with a name that is long, number ${i}`,
    gradients: weights([0.1, 0.2]),
  }));
  const figure = gradientFigure(series, { title: "words ".repeat(30) });
  const { title, height, margin } = figure.layout as unknown as {
    title: { text: string };
    height: number;
    margin: { t: number; b: number };
  };
  for (const line of title.text.split("<br>")) expect(pixels(line, 17)).toBeLessThan(700);
  expect(margin.t).toBeGreaterThan(84 + 2 * 20);
  // The plot itself is as high as without them.
  expect(height - margin.t - margin.b).toBe(430 - 84 - 60);
});
