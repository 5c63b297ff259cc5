import { createRequire } from "node:module";
import { create, type Font } from "fontkit";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plotly, figureSvg } from "../../dist/figures/still/svg.js";
import { darkFigure } from "../../dist/figures/palette.js";
import { samples } from "./samples";

const languages = ["en", "zh"] as const;
const cases = Object.entries(samples).flatMap(([name, draw]) =>
  languages.map((language) => ({ name, language, figure: () => draw(language) })),
);

describe.each(cases)("$name in $language", ({ name, language, figure }) => {
  it("is the committed figure", async () => {
    // A trace or an attribute of the layout to a line: a change shows where it is.
    const { data, layout, config } = figure();
    const lines = [...data, ...Object.entries(layout), config].map((part) => JSON.stringify(part));
    await expect(`[\n${lines.join(",\n")}\n]\n`).toMatchFileSnapshot(
      `__snapshots__/${name}.${language}.json`,
    );
  });

  it("is the committed picture", async () => {
    const svg = await figureSvg(figure());
    await expect(`${svg}\n`).toMatchFileSnapshot(`__snapshots__/${name}.${language}.svg`);
  });

  it("has no attribute that plotly.js does not know", () => {
    const { data, layout } = JSON.parse(JSON.stringify(figure())) as { data: object[]; layout: object };
    const { validate } = plotly().Plotly as unknown as { validate: (...figure: object[]) => unknown };
    expect(validate(data, layout)).toBeUndefined();
  });

  it("holds JSON alone: no NaN, no infinity", () => {
    const bad: unknown[] = [];
    JSON.stringify(figure(), (_, value: unknown) => {
      if (typeof value === "number" ? !Number.isFinite(value) : value === undefined) bad.push(value);
      return value;
    });
    expect(bad).toEqual([]);
  });

  it("has no light neutral colour left on a dark page", () => {
    expect(JSON.stringify(darkFigure(figure()))).not.toMatch(
      /#1f2933|#5b6675|#8a94a3|#dfe3e8|#ffffff|#f6f7f9/i,
    );
  });

  it("has a glyph for every character", () => {
    const path = createRequire(import.meta.url).resolve(
      "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    );
    const font = create(readFileSync(path)) as Font;
    const said = [...new Set(JSON.stringify(figure()))];
    expect(said.filter((character) => font.glyphForCodePoint(character.codePointAt(0)!).id === 0)).toEqual(
      [],
    );
  });

  it("has a table of full rows", () => {
    const { table } = figure().layout.meta;
    expect(table.length).toBeGreaterThan(1);
    expect(new Set(table.map((row) => row.length)).size).toBe(1);
  });
});
