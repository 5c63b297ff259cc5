import { existsSync, readFileSync } from "node:fs";
import { create, type Font } from "fontkit";
import { describe, expect, it } from "vitest";
import { gradientFigure, networkFigure } from "../../dist/index.js";
import type { Figure, Series } from "../../dist/index.js";
import { svgPng } from "../../dist/figures/still/png.js";
import { figureSvg } from "../../dist/figures/still/svg.js";
import { figureText } from "../../dist/figures/figuretext.js";
import { darkFigure } from "../../dist/figures/palette.js";
import { pictures } from "./pictures.mjs";

const weights = (means: number[], shapes: [number, number][] = means.map(() => [3, 3])) =>
  means.map((mean, i) => ({ name: `layers.${i}.0.weight`, shape: shapes[i]!, mean }));
const without: Series = { gradients: weights([2e-4, 1.2e-4, 5e-3]), useShortcut: false };
const withShortcut: Series = {
  gradients: weights(
    [0.22, 0.21, 1.33],
    [
      [4, 3],
      [4, 4],
      [1, 4],
    ],
  ),
  useShortcut: true,
};
const bars = (figure: { data: object[] }) => figure.data as { y: number[]; text: string[]; name: string }[];

describe("gradientFigure", () => {
  it("draws a bar for every layer, a colour for every model, on a log axis", () => {
    const figure = gradientFigure([without, withShortcut]);
    expect(bars(figure).map(({ name, y }) => [name, y])).toEqual([
      ["without shortcut connections", [2e-4, 1.2e-4, 5e-3]],
      ["with shortcut connections", [0.22, 0.21, 1.33]],
    ]);
    expect(figure.layout.yaxis).toMatchObject({ type: "log" });
    expect(new Set(figure.data.map(({ marker }) => (marker as { color: string }).color)).size).toBe(2);
  });

  it.each([
    ["en", "mean |gradient| 0.0002<br>mean |δ| 0.0003", "without shortcut connections, |δ|"],
    ["zh", "平均绝对梯度 0.0002<br>平均 |δ| 0.0003", "无快捷连接，|δ|"],
  ] as const)(
    "tells what reaches a layer before its activation, where it is known, in %s",
    (language, told, head) => {
      const known = { ...without, gradients: without.gradients.map((entry) => ({ ...entry, delta: 3e-4 })) };
      const figure = gradientFigure([known, withShortcut], { language });
      expect((figure.data[0]!.customdata as string[][])[0]).toEqual(["layers.0.0.weight", told]);
      const { table } = figure.layout.meta;
      // The model whose δ nobody knows has no column of them.
      expect(table.map((row) => row.length)).toEqual([4, 4, 4, 4]);
      expect([table[0]![3], table[1]![3]]).toEqual([head, "0.00030000000"]);
      const points = networkFigure([known], { language }).data[1]!.text as string[];
      expect(points[0]).toBe(`layers.0.0.weight [3, 3]<br>${told}`);
    },
  );

  it("says in words what it shows", () => {
    expect(gradientFigure([without]).layout.meta.alt).toContain(
      "Without shortcut connections the mean gradient falls from 0.005 at layer 2 to 0.00012 at layer 1.",
    );
    expect(gradientFigure([without], { language: "zh" }).layout.meta.alt).toContain(
      "无快捷连接时，平均绝对梯度从 layers.2 的 0.005 降到 layers.1 的 0.00012。",
    );
  });

  it("shows what float32 cannot hold as what it is, with a note", () => {
    const figure = gradientFigure([{ gradients: weights([0, 3.4e-40, 1e-3, Infinity, NaN]) }]);
    const [{ y, text }, marks] = figure.data as unknown as [
      { y: number[]; text: string[] },
      { x: number[]; y: number[]; text: string[]; marker: { symbol: string[] } },
    ];
    expect(text).toEqual(["", "", "0.001", "inf", ""]);
    expect([marks.x, marks.text]).toEqual([
      [0, 1, 4],
      ["0", "3.4e-40", "nan"],
    ]);
    expect(marks.marker.symbol).toEqual(["triangle-down-open", "triangle-down-open", "x-thin-open"]);
    expect(figure.layout.meta.alt).toContain("at 2 places between layer 1 and layer 0.");
    expect(figure.layout.meta.table.slice(1, 3).map(([, mean]) => mean)).toEqual(["0", "3.4e-40"]);
    expect(y.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    const notes = (figure.layout.annotations as { text: string }[]).map(({ text }) => text).join(" ");
    expect(notes).toMatch(/▽ at the axis' floor.*underflow.*overflow.*nan/s);
  });

  it("draws a figure even where no gradient can be drawn", async () => {
    expect(await figureSvg(gradientFigure([{ gradients: weights([0, NaN]) }]))).toContain("<svg");
    expect(await figureSvg(networkFigure([{ gradients: weights([0, NaN]) }]))).toContain("<svg");
  });

  it.each([[[]], [null], [[{}]], [[{ gradients: [] }]]])("refuses %j", (series) => {
    expect(() => gradientFigure(series as Series[])).toThrow(TypeError);
    expect(() => networkFigure(series as Series[])).toThrow(/expected .* layerGradients returns/);
  });

  it("refuses a language that it does not speak", () => {
    expect(() => gradientFigure([without], { language: "fr" as "en" })).toThrow(
      'The language is "fr"; expected "en" or "zh".',
    );
  });
});

describe("networkFigure", () => {
  const labels = (figure: { data: object[] }) => (figure.data[0] as { text: string[] }).text;

  it("draws every layer and says where a shortcut is missing, and why", () => {
    const figure = networkFigure([without, withShortcut]);
    expect(labels(figure)).toContain("layers.0 · 3 → 4");
    expect(labels(figure).filter((text) => text.startsWith("no shortcut"))).toEqual([
      "no shortcut: 3 ≠ 4",
      "no shortcut: 4 ≠ 1",
    ]);
    expect(figure.layout.meta.alt).toContain("draws 1 shortcut arrows; 2 more are missing");
  });

  it("draws no shortcut where a layer's is off, and says how many are", () => {
    const drawn = (figure: Figure): boolean => JSON.stringify(figure.layout.shapes).includes("#0072b2");
    expect(drawn(networkFigure([without, withShortcut]))).toBe(true);
    const figure = networkFigure([without, { ...withShortcut, shortcuts: [true, false, false] }]);
    expect(drawn(figure)).toBe(false);
    expect(labels(figure).filter((text) => text.startsWith("no shortcut"))).toEqual(["no shortcut: 3 ≠ 4"]);
    expect(figure.layout.meta.alt).toContain("draws 0 shortcut arrows; 1 more are missing");
    expect(figure.layout.meta.alt).toContain("widths differ. Those of 2 layers are off.");
  });

  it("stays small for a hundred layers", () => {
    const deep: Series = {
      gradients: weights(Array.from({ length: 100 }, (_, i) => 10 ** -i)),
      useShortcut: true,
    };
    expect(JSON.stringify(networkFigure([deep, deep])).length).toBeLessThan(150_000);
  });
});

describe("the still forms", () => {
  it("are one picture of the figure's size, with its alternative text, the same every time", async () => {
    const figure = gradientFigure([without, withShortcut], { language: "zh" });
    const svg = await figureSvg(figure);
    expect(svg).toContain('role="img" aria-label="柱状图');
    expect(svg).toContain("无快捷连接");
    expect(svg).toContain("layers.2");
    expect(await figureSvg(figure)).toBe(svg);
    const png = await svgPng(svg);
    // PNG's header: width and height at bytes 16 and 20, twice the figure's.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      2 * figure.layout.width,
      2 * figure.layout.height,
    ]);
  });

  it("escapes what a label says", async () => {
    const svg = await figureSvg(gradientFigure([{ ...without, label: '<script>"&' }], { title: "<b>&" }));
    expect(svg).not.toContain("<script");
  });

  it("find a glyph for every character of both languages", () => {
    const path = "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf";
    const font = create(readFileSync(path)) as Font;
    for (const language of ["en", "zh"] as const) {
      const series = [{ ...without, gradients: weights([0, Infinity, NaN]) }, withShortcut];
      const said = JSON.stringify([
        gradientFigure(series, { language }),
        networkFigure(series, { language }),
      ]);
      const missing = [...new Set(said)].filter(
        (character) => font.glyphForCodePoint(character.codePointAt(0)!).id === 0,
      );
      expect(missing).toEqual([]);
    }
  });

  it("lines up Chinese and Latin columns in the table", () => {
    const lines = figureText(gradientFigure([without, withShortcut], { language: "zh" })).split("\n");
    const columns = (text: string) =>
      [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
    const starts = lines.slice(1).map((line) => columns(line.replace(/\S+$/, "")));
    expect(new Set(starts).size).toBe(1);
  });

  it("exchanges the neutral colours for a dark page and keeps the models'", () => {
    const figure = gradientFigure([without]);
    const dark = darkFigure(figure);
    expect(dark.layout.paper_bgcolor).not.toBe(figure.layout.paper_bgcolor);
    expect(dark.data[0]!.marker).toEqual(figure.data[0]!.marker);
  });
});

it("the committed pictures are what the figures draw today", async () => {
  for (const [path, content] of await pictures()) {
    expect(existsSync(path), path).toBe(true);
    expect(readFileSync(path).equals(content), `${path} differs: npm run pictures`).toBe(true);
  }
});
