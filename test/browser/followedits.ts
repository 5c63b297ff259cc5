import { afterAll, beforeAll, describe, test } from "vitest";
import { EditedNotebook } from "./editsequences";
import { type Pages, startPages } from "./pages";

/** Sequences of edits of the section's page, by their seeds. */
export function followSection(from: number, to: number, edits: number): void {
  const seeds = Array.from({ length: to - from }, (_, i) => from + i);
  describe("after every edit the section's page shows what a run from the top shows", () => {
    let pages: Pages;
    let notebook: EditedNotebook;
    beforeAll(async () => {
      pages = await startPages();
      notebook = await EditedNotebook.make(pages, "notebooks/en/shortcut-connections.ipynb", [
        [/^(import [^]*?"tslab-gradients";)/g, "$1\nmanualSeed(7);"],
      ]);
      notebook.assignments = [
        "layerSizes = [3, 2, 3, 1];",
        "sampleInput = tensor([[0.5, -1, 2]]);",
        "modelWithShortcut = modelWithoutShortcut;",
        "both = both.slice(0, 1);",
        "let layerSizes = [3, 3, 3, 1];",
        "let parts = [1, 2];",
        "var passed = 3;",
      ];
      notebook.additions = [
        "console.log(layerSizes);",
        "layerSizes.splice(1, 1);",
        "modelWithoutShortcut.layers.append(new nn.Sequential(new nn.GELU()));",
        "modelWithoutShortcut.zeroGrad();",
        "backward(modelWithShortcut, () => new nn.MSELoss().forward(modelWithShortcut.forward(sampleInput), tensor([[1]])));",
        "console.log(new nn.Linear(2, 2).weight.arraySync());",
        "console.log(modelWithShortcut.parameters()[0].grad?.arraySync());",
        "const twins = new nn.Sequential(...modelWithoutShortcut.layers); console.log(twins.parameters().length);",
        "function printGradients(model: nn.Module) { console.log(model.parameters().length); }",
        "means.push('one more');",
      ];
    }, 60_000);
    afterAll(() => pages?.end());
    test.each(seeds)("edits of seed %i", { timeout: 180_000 }, (seed) => notebook.sequence(seed, edits));
  });
}

/** The same for the second notebook's page, with fewer seeds and depths than it has: they take a minute. */
export function followSecond(from: number, to: number, edits: number): void {
  const seeds = Array.from({ length: to - from }, (_, i) => from + i);
  describe("after every edit the second notebook's page shows what a run from the top shows", () => {
    let pages: Pages;
    let notebook: EditedNotebook;
    beforeAll(async () => {
      pages = await startPages();
      notebook = await EditedNotebook.make(pages, "notebooks/en/depth-width-seeds.ipynb", [
        [/^(import [^]*?"tslab-gradients";)/g, "$1"],
        [/await explore\(.*?\);/g, 'import { manualSeed } from "tslab-gradients";\nmanualSeed(7);'],
        ["length: 100 }", "length: 20 }"],
        ["of [5, 10, 20, 30, 60]", "of [5, 10, 20]"],
        ["lastInput(18)", "lastInput(8)"],
        ["seeds: 1000", "seeds: 10"],
        ["seeds: 200", "seeds: 5"],
        [", 128, 256]", "]"],
        ["[3, 8].includes(i % 9)", "[3, 6].includes(i % 7)"],
        [", 20, 25, 30, 40, 50, 60]", "]"],
        ["of [10, 30, 60]", "of [10]"],
        ["step < 50", "step < 3"],
      ]);
      notebook.assignments = [
        "depths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];",
        "let widths = [1, 2, 3, 4, 5, 6, 7];",
        "sample = tensor([[1, 2, 3]]);",
        "scale = 0.5;",
      ];
      notebook.additions = [
        "console.log(depths.length);",
        "depths.reverse();",
        "plain.pop();",
        "patterns['always 4'].splice(1, 1);",
        "network.layers.append(new nn.Sequential(new nn.GELU()));",
        "console.log(plain.length, shortcut.length);",
        "trained.push(trained[0]);",
      ];
    }, 60_000);
    afterAll(() => pages?.end());
    test.each(seeds)("edits of seed %i", { timeout: 180_000 }, (seed) => notebook.sequence(seed, edits));
  });
}
