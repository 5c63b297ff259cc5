import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Figure, gradientFigure } from "../../dist/index.js";
import { svgPng } from "../../dist/figures/still/png.js";
import { figureSvg } from "../../dist/figures/still/svg.js";
import { moved, transformOf } from "../../dist/figures/still/pageelements.js";

const z = [
  [1, 2],
  [3, 4],
];

/** A figure of this package's whose traces and axes a reader has replaced. */
function withTraces(data: Figure["data"], language: "en" | "zh" = "en"): Figure {
  const gradients = [{ name: "layers.0.0.weight", mean: 0.1, shape: [3, 3] }];
  const figure = gradientFigure([{ useShortcut: false, gradients }], { language });
  return { ...figure, data, layout: { ...figure.layout, xaxis: {}, yaxis: {} } };
}

/** The pixels of the picture in an SVG: red, green, blue and how opaque each is. */
function pictureIn(svg: string): { width: number; at(x: number, y: number): number[] } {
  const png = Buffer.from(/data:image\/png;base64,([^"]*)/.exec(svg)?.[1] ?? "", "base64");
  const width = png.readUInt32BE(16);
  const from = png.indexOf("IDAT");
  const rows = inflateSync(png.subarray(from + 4, from + 4 + png.readUInt32BE(from - 4)));
  const place = (x: number, y: number) => y * (4 * width + 1) + 1 + 4 * x;
  return { width, at: (x, y) => [...rows.subarray(place(x, y), place(x, y) + 4)] };
}

const words = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text);

describe("a still figure with traces that a reader added", () => {
  it("shows a heatmap's colours, holes, and the numbers along its axes and its colour bar", async () => {
    const colorscale = [
      [0, "rgb(0, 0, 255)"],
      [1, "rgb(255, 0, 0)"],
    ];
    const holed = [
      [0, 1],
      [1, null],
    ];
    const svg = await figureSvg(withTraces([{ type: "heatmap", z: holed, colorscale }]));
    const picture = pictureIn(svg);
    // z's first row is the lowest.
    const last = Number(/<image[^>]* height="(\d+)"/.exec(svg)?.[1]) - 1;
    expect(picture.at(0, last)).toEqual([0, 0, 255, 255]);
    expect(picture.at(picture.width - 1, last)).toEqual([255, 0, 0, 255]);
    expect(picture.at(0, 0)).toEqual([255, 0, 0, 255]);
    expect(picture.at(picture.width - 1, 0)).toEqual([0, 0, 0, 0]);
    expect(words(svg)).toEqual(expect.arrayContaining(["−0.5", "0.5", "1.5", "0.2", "0.8"]));
    expect((await svgPng(svg)).length).toBeGreaterThan(1000);
  });

  it("shows smoothed heatmaps, coloured contours, histograms of two variables and images", async () => {
    const traces = [
      { type: "heatmap", z, zsmooth: "best" },
      { type: "contour", z, contours: { coloring: "heatmap" } },
      { type: "histogram2d", x: [1, 2, 2], y: [1, 1, 2] },
      { type: "image", z: [[[255, 128, 0]]] },
    ];
    for (const trace of traces)
      expect(pictureIn(await figureSvg(withTraces([trace]))).width).toBeGreaterThan(0);
    expect(pictureIn(await figureSvg(withTraces([traces[3]!]))).at(0, 0)).toEqual([255, 128, 0, 255]);
  });

  it("draws what WebGL draws as SVG where it can", async () => {
    const points = { x: [1, 2], y: [1, 2] };
    const [fast, plain] = [
      { type: "scattergl", ...points },
      { type: "scatter", ...points },
    ];
    expect(await figureSvg(withTraces([fast]))).toBe(await figureSvg(withTraces([plain])));
  });

  it("says in the figure's language what only a live figure shows, and draws the rest", async () => {
    const surface = { type: "surface", z };
    const mesh = { type: "mesh3d", x: [0, 1, 0, 0], y: [0, 0, 1, 0], z: [0, 0, 0, 1] };
    const alone = words(await figureSvg(withTraces([surface, mesh, surface])));
    expect(alone).toContain("Only shown where the figure is live: surface, mesh3d");
    expect(alone).not.toContain("0.5");
    const bars = { type: "bar", y: [0.5, 1] };
    const beside = words(
      await figureSvg(withTraces([bars, { type: "scattergeo", lat: [1], lon: [2] }], "zh")),
    );
    expect(beside).toContain("只在可交互的图中显示：scattergeo");
    expect(beside).toContain("0.5");
  });
});

it("knows where a turned and moved element lies", () => {
  const of = (transform: string) => transformOf({ getAttribute: () => transform } as unknown as Element);
  const at = (transform: string) => moved(of(transform), 3, 1).map((place) => Math.round(1e9 * place) / 1e9);
  expect(at("")).toEqual([3, 1]);
  expect(at("translate(10)")).toEqual([13, 1]);
  // A quarter turn takes what lies to the right of its centre (2, 1) below it: y grows downwards.
  expect(at("rotate(90,2,1)")).toEqual([2, 2]);
  expect(at("translate(10,20) rotate(90, 2 1) scale(2)")).toEqual([11, 25]);
  expect(at("matrix(1 0 0 1 5 -6)")).toEqual([8, -5]);
});
