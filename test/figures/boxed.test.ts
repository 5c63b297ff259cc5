import { expect, test } from "vitest";
import { boxed, reflowed } from "../../dist/figures/reflow.js";
import { gradientFigure, networkFigure } from "../../dist/index.js";

const gradients = Array.from({ length: 5 }, (_, i) => ({
  name: `layers.${i}.0.weight`,
  mean: 0.1,
  shape: [3, 3],
}));
const both = [false, true].map((useShortcut) => ({ useShortcut, gradients, layerSizes: [3, 3, 3, 3, 3, 3] }));
const figures = { bars: gradientFigure(both), networks: networkFigure(both) };
/** The room on a slide at 1280x720 and at 390x844, below the page's bar and a heading. */
const hall = { width: 1200, height: 540, scale: 1.87, least: 0 };
const phone = { width: 347, height: 680, scale: 1.1, least: 1.1 };

test.each(Object.entries(figures))(
  "%s stand whole on a slide, with larger letters than in a page",
  (_, figure) => {
    const { width, height, scale } = boxed(figure, hall);
    expect(scale * width).toBeLessThanOrEqual(hall.width + 1);
    expect(scale * height).toBeLessThanOrEqual(hall.height + 1);
    expect(scale).toBeGreaterThan(1.2);
  },
);

test.each(Object.entries(figures))(
  "on a phone the letters of %s can be read, and nothing is cut off aside",
  (_, figure) => {
    const { width, scale } = boxed(figure, phone);
    expect(scale).toBe(phone.least);
    expect(scale * width).toBeLessThanOrEqual(phone.width);
  },
);

test("what is drawn in panels one below the other keeps its height", () => {
  const { layout } = reflowed(figures.networks, 315);
  const high = { data: figures.networks.data, layout: { ...figures.networks.layout, yaxis2: {} } };
  expect(boxed(high, { ...phone, height: 300 }).height).toBe(layout.height);
});

test("a figure without a size of its own fills the room", () => {
  const { width, height, scale } = boxed({ data: [], layout: {} }, { ...hall, scale: 1.5 });
  // plotly.js draws 450 pixels high; the scale is the largest that is asked for.
  expect({ width, height, scale }).toEqual({ width: 800, height: 360, scale: 1.5 });
});
