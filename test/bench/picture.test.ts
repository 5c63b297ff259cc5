import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curvesOf } from "../../bench/curves.mjs";
import { heightAt, placeLabel, roomOf } from "../../bench/labels.mjs";
import { benchFigure, benchFigures, drawn, pictureWidth } from "../../bench/picture.mjs";
import { sampleRun } from "./sample";

interface Trace {
  name?: string;
  x: number[];
  y: number[];
  line: { dash?: string };
}

describe("the picture of the growth curves", () => {
  it("draws both sides' medians in three panels, told apart by their dashes and their names", () => {
    const figure = benchFigure(sampleRun(), "en");
    const lines = (figure.data as unknown as Trace[]).filter(({ name }) => name !== undefined);
    expect(lines.map(({ name, line }) => [name, line.dash])).toEqual(
      [1, 2, 3].flatMap(() => [
        ["tslab-gradients", "solid"],
        ["PyTorch", "dash"],
      ]),
    );
    const depth = curvesOf(sampleRun().rows)[1]!;
    expect(lines[2]!.x).toEqual([1, 2, 5, 10, 20, 50, 100, 200]);
    expect(lines[3]!.y).toEqual(depth.spots.map(({ theirs }) => theirs.median));
    const texts = (figure.layout.annotations as { text: string }[]).map(({ text }) => text);
    expect(texts.filter((text) => text === "PyTorch")).toHaveLength(3);
    expect(texts).toContain("Batch (5 layers of 64 units)");
  });

  it("says in words, made from its numbers, how the times grow and where PyTorch is faster", () => {
    expect(benchFigure(sampleRun(), "en").layout.meta.alt).toContain(
      "From width 1 to 4096 tslab-gradients goes from 0.100 ms to 101 ms, PyTorch from 0.400 ms to 84.3 ms; " +
        "the ratio is lowest, 0.25, at 1, and highest, 1.2, at 4096; PyTorch is faster at 1024, 4096.",
    );
    expect(benchFigure(sampleRun(), "zh").layout.meta.alt).toContain(
      "宽度从 1 到 4096，tslab-gradients 从 0.100 ms 到 101 ms，PyTorch 从 0.400 ms 到 84.3 ms；",
    );
  });

  it("is drawn in both languages and themes, at its size", async () => {
    const found = benchFigures(sampleRun());
    expect(found.map(([path]) => path)).toEqual([
      "docs/bench.en.light.png",
      "docs/bench.en.dark.png",
      "docs/bench.zh.light.png",
      "docs/bench.zh.dark.png",
    ]);
    expect(new Set(found.map(([, { layout }]) => layout.meta.alt)).size).toBe(2);
    expect(new Set(found.map(([, { layout }]) => layout.paper_bgcolor)).size).toBe(2);
    const [, zh] = found[3]!;
    const png = await drawn(zh);
    // PNG's header: width and height at bytes 16 and 20, twice the figure's.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * pictureWidth, 2 * zh.layout.height]);
  });

  it("refuses measurements that lack a point", () => {
    const { rows } = sampleRun();
    expect(() => curvesOf(rows.filter(({ name }) => name !== "depth-5"))).toThrow(
      "The measurements lack depth 5; expected every row of growth.",
    );
  });
});

it("the name of a line covers neither line, nor the band around its own, and stays in its panel", () => {
  const panel = { width: 284, height: 260 };
  const label = { width: 105, height: 13 };
  const room = roomOf(label.height);
  const height = fc.integer({ min: room, max: panel.height - room });
  const line = fc.array(fc.tuple(height, height, height), { minLength: 7, maxLength: 7 }).map((spots) =>
    spots.map((ys, i) => {
      const [low, y, high] = ys.sort((a, b) => a - b) as [number, number, number];
      return { x: 13 + i * 43, y, low, high };
    }),
  );
  fc.assert(
    fc.property(line, line, (a, b) => {
      const { x, y, above } = placeLabel(a, b, label, panel);
      expect(x - label.width / 2).toBeGreaterThanOrEqual(0);
      expect(x + label.width / 2).toBeLessThanOrEqual(panel.width);
      expect(y - label.height / 2).toBeGreaterThanOrEqual(0);
      expect(y + label.height / 2).toBeLessThanOrEqual(panel.height);
      const distances = Array.from({ length: label.width + 1 }, (_, i) => x - label.width / 2 + i).flatMap(
        (at) =>
          [heightAt(a, at, above ? "high" : "low"), heightAt(b, at)].map((height) =>
            above ? y - height : height - y,
          ),
      );
      expect(Math.min(...distances)).toBeGreaterThan(label.height / 2);
    }),
    // A failure says enough without being made small.
    { endOnFailure: true },
  );
});
