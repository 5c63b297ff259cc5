import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stockKernel } from "../notebooks/notebook";
import { type Message, errorOf, runCells, streamOf } from "./kernel";

const model = `
import { ExampleDeepNeuralNetwork, gradientFigure, layerGradients, manualSeed, show, tensor } from "tslab-gradients";
manualSeed(123);
let model = new ExampleDeepNeuralNetwork([3, 3, 1]);
let figure = gradientFigure([layerGradients(model, tensor([[1, 0, -1]]))], { language: "zh" });`;

/** Figures that follow each other sooner are taken for one that moves. */
const pause = "await new Promise((resolve) => setTimeout(resolve, 300));";

describe.each(["tslab", "tslab-gradients-stock"])("in the kernel %s", (kernel) => {
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-show-"));
  let cells: Message[][] = [];
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    const env = kernel === "tslab" ? {} : stockKernel(folder, kernel);
    const ran = await runCells(
      [
        model,
        `await show(figure);`,
        `await show(figure, { id: "g" }); await show(figure, { id: "g" });`,
        `${pause} await show(figure, { id: "g" });`,
        `${pause} await show(figure, { id: "g", update: true });`,
        `manualSeed(123); model = new ExampleDeepNeuralNetwork([3, 0, 1]);`,
        `console.log(layerGradients(model, tensor([[1, 0, -1]])).gradients.length);`,
        `const out = await show({} as never);`,
      ],
      { kernel, env },
    );
    cells = ran.map((messages) => messages.filter(({ type }) => type !== "execute_input"));
  });
  const kinds = (cell: number) =>
    cells[cell]!.map(({ type }) => type).filter((type) => type.includes("display"));

  it("sends one bundle: Plotly's JSON, SVG, PNG and the numbers", () => {
    expect(cells[1]!.map(({ type }) => type)).toEqual(["display_data"]);
    const { data, metadata, transient } = cells[1]!.find(({ type }) => type === "display_data")!.content;
    expect(Object.keys(data!)).toEqual([
      "application/vnd.plotly.v1+json",
      "image/svg+xml",
      "image/png",
      "text/plain",
    ]);
    expect(metadata!["image/png"]).toMatchObject({ width: expect.any(Number) as number, height: 430 });
    expect(metadata!["image/png"]!.alt).toContain("柱状图");
    expect(data!["text/plain"]).toContain("layers.1.0.weight");
    expect(transient!.display_id).toBeTruthy();
  });

  it("updates a figure of the same id in place, and shows it again under a later cell", () => {
    expect(kinds(2)).toEqual(["display_data", "update_display_data"]);
    expect(kinds(3)).toEqual(["update_display_data", "display_data"]);
    const ids = [...cells[2]!, ...cells[3]!].flatMap(({ content }) => content.transient?.display_id ?? []);
    expect(new Set(ids)).toEqual(new Set(["g"]));
  });

  it("only updates when asked to", () => {
    expect(kinds(4)).toEqual(["update_display_data"]);
  });

  it("names a bad size and keeps the model that was there", () => {
    expect(errorOf(cells[5]!)).toContain("layerSizes[1] is 0; expected a whole number of 1 or more.");
    expect(streamOf(cells[6]!, "stdout")).toBe("2\n");
  });

  it("says what show expects", () => {
    expect(errorOf(cells[7]!)).toContain("expected what gradientFigure or another of the figures returns");
  });

  it("prints nothing of TensorFlow's own", () => {
    expect(cells[0]!.filter(({ type }) => type === "stream")).toEqual([]);
  });
});
