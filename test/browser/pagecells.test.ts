import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recorded } from "../nn/recorded";
import { worst } from "../nn/secondact";
import { cell, idle, type Pages, run, startPages, write } from "./pages";

describe("a page's cells", () => {
  let pages: Pages;
  let page: Page;
  beforeAll(async () => {
    pages = await startPages();
    await pages.make("notebooks/en/shortcut-connections.ipynb", "en.html");
    page = await pages.open("en.html");
  });
  afterAll(() => pages?.end());

  test("follow an edit", async () => {
    for (const number of [1, 2, 3]) await run(page, number);
    const before = await run(page, 4);
    expect(before).toContain("layers.4.0.weight");
    await write(
      page,
      2,
      "let layerSizes = [3, 3, 1];\nlet sampleInput = tensor([[1, 0, -1]]);\nmanualSeed(123);\nlet modelWithoutShortcut = new ExampleDeepNeuralNetwork(layerSizes, { useShortcut: false });",
    );
    await run(page, 2);
    const after = await run(page, 4);
    expect(after).toContain("layers.1.0.weight");
    expect(after).not.toContain("layers.2.0.weight");
    expect(await cell(page, 2).locator(".mark").innerText()).toBe("edited");
  });

  test("may be declared again, await at the top, and end in a value", async () => {
    await write(
      page,
      6,
      "const x: number = await Promise.resolve(20);\nenum Kind { A = 1 }\nfunction twice(n: number) { return 2 * n; }\ntwice(x) + Kind.A",
    );
    expect(await run(page, 6)).toBe("41");
    expect(await run(page, 6)).toBe("41");
    await write(page, 7, "let x = 1;\nlet Math = { sqrt: () => 7 };\n[x, twice(4), Math.sqrt()]");
    expect(await run(page, 7)).toBe("[ 1, 8, 7 ]");
  });

  test("initialise as PyTorch does, and know its activations", async () => {
    const of = (name: string, shape: string) =>
      recorded.init.find((entry) => entry.name === name && entry.shape.join() === shape)!;
    await write(
      page,
      6,
      `const made = ["xavierUniform_", "kaimingNormal_", "orthogonal_"].map((name) => {
        const { weight } = new nn.Linear(8, 5);
        manualSeed(123);
        return Array.from(nn.init[name](weight).dataSync().slice(0, 4));
      });
      const xs = tensor(${JSON.stringify(recorded.activations[0]!.x.slice(12, 16))});
      const ys = ["ReLU", "Tanh", "Sigmoid"].map((name) => Array.from(new nn[name]().forward(xs).dataSync()));
      console.log(JSON.stringify([made, ys]));`,
    );
    const [[xavier, kaiming, orthogonal], activated] = JSON.parse(await run(page, 6)) as [
      number[][],
      number[][],
    ];
    expect([xavier, kaiming]).toEqual(
      ["xavier_uniform_", "kaiming_normal_"].map((name) => of(name, "5,8").first),
    );
    expect(worst(orthogonal!, of("orthogonal_", "5,8").values_f64!.slice(0, 4))).toBeLessThan(2e-6);
    for (const [i, { output_f64 }] of recorded.activations.entries())
      expect(worst(activated[i]!, output_f64.slice(12, 16))).toBeLessThan(2e-6);
  });

  test("name the line of an error", async () => {
    await write(page, 6, "let a = 1;\n\nthrow new RangeError('too far');");
    const text = await run(page, 6);
    expect(text).toContain("RangeError: too far");
    expect(text).toMatch(/In\[\d+\]:3:7\n/);
    // The line runs as another one: what it declares is kept.
    await write(page, 6, "const f = () => new nn.Linear(3, 0);\nf();");
    expect(await run(page, 6)).toMatch(/In\[\d+\]:1:17\n[^]*\n {4}at In\[\d+\]:2:1/);
    await write(page, 6, "let a = 1;\nlet b = = 2;");
    expect(await run(page, 6)).toMatch(/SyntaxError: [\s\S]*In\[\d+\]:2:/);
  });

  test("print stacks of the reader's own lines, and give functions as they were written", async () => {
    await write(
      page,
      6,
      "const fail = () => {\n  throw new Error('deep');\n};\ntry { fail(); } catch (error) { console.log(error); }",
    );
    expect(await run(page, 6)).toMatch(
      /^Error: deep\n {4}at fail \(In\[\d+\]:2:\d+\)\n {4}at In\[\d+\]:4:\d+\n?$/,
    );
    await write(
      page,
      6,
      "const slow = async () => { await null; return 3; };\nawait new Function(`return ${slow}`)()()",
    );
    expect(await run(page, 6)).toBe("3");
  });

  test("print tensors, parameters and results as the kernel does", async () => {
    await write(
      page,
      6,
      `import { layerGradients, manualSeed, nn, tensor } from "tslab-gradients";
const t = tensor([[1, 2.5], [-3, 4]]);
console.group("in");
console.log([t], new nn.Linear(1, 1).parameters().length);
manualSeed(123);
console.log(manualSeed(123), new Map([["t", t]]));
console.log(new nn.Linear(2, 1).parameters());`,
    );
    const text = await run(page, 6);
    expect(text).toContain("in\n  [\n    Tensor float32 [2, 2]\n    [[  1, 2.5],\n     [ -3,   4]]\n  ] 2");
    expect(text).toContain("Generator { initialSeed: 123 } Map(1) {");
    expect(text).toMatch(/Parameter weight float32 \[1, 2\]\n {4}\[\[/);
    expect(text).not.toMatch(/dataId|slot_/);
    await write(page, 7, 'console.log("out");\nlayerGradients(new nn.Linear(2, 1), t)');
    expect(await run(page, 7)).toMatch(/^out\n[^]*Layer gradients: loss [^]*\nweight /);
    await write(page, 7, 'Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ["k" + i, i]))');
    const many = await run(page, 7);
    expect(many.length).toBeLessThan(100_000);
    expect(many).toMatch(/99,000 more keys$/);
  });

  test("say what cannot be shown, and end", async () => {
    await write(page, 6, '({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": 5n }) })');
    expect(await run(page, 6)).toContain('TypeError: The output\'s "text/plain" is 5n; expected a string.');
    await write(
      page,
      6,
      'globalThis[Symbol.for("tslab-gradients.kernel")].beforeEnd(async () => { throw new Error("late"); });',
    );
    expect(await run(page, 6)).toContain("Error: late");
    await write(page, 6, "1 + 1");
    expect(await run(page, 6)).toBe("2");
  });

  test("say in a sentence what a page does not have", async () => {
    await write(page, 6, "tf.conv2d");
    expect(await run(page, 6)).toContain("tf.conv2d is not among the TensorFlow.js operations of this page");
    await write(page, 6, 'import * as fs from "node:fs";');
    expect(await run(page, 6)).toContain(
      'A page cannot import "node:fs"; expected "tslab-gradients" or "@tensorflow/tfjs".',
    );
  });

  test("numbers of every kind, and what does not fit, are as in the kernel", async () => {
    await write(
      page,
      6,
      `import { ExampleDeepNeuralNetwork, layerGradients, manualSeed, nn, tensor, tf } from "tslab-gradients";
const said = (work) => { try { return Array.from(work().dataSync()).join(); } catch (error) { return error.message; } };
manualSeed(123);
const whole = new ExampleDeepNeuralNetwork([3, 3, 3, 1], { useShortcut: true });
const mean = (x) => layerGradients(whole, x).gradients[0].mean;
const same = mean(tf.tensor([[1, 0, -1]], [1, 3], "int32")) === mean(tensor([[1, 0, -1]]));
whole.layers[1][0] = new nn.Linear(3, 6);
whole.layers[2][0] = new nn.Linear(6, 1);
console.log([
  said(() => tf.matMul(tf.ones([2, 3]), tf.ones([4, 5]))).slice(0, 46),
  said(() => tf.matMul(tf.ones([2, 0]), tf.ones([0, 3]))),
  said(() => new nn.MSELoss().forward(tensor([1.5]), tf.tensor1d([1], "int32"))),
  same,
  Number.isFinite(mean(tensor([[1, 0, -1]]))),
].join("|"));
new nn.Linear(3, 1).weight.grad.abs();`,
    );
    const printed = await run(page, 6);
    expect(printed).toContain("Error in matMul: inner shapes (3) and (4) of T|0,0,0,0,0,0|0.25|true|true");
    expect(printed).toContain("A parameter's grad is null before the first backward pass");
  });

  test("an endless loop is stopped, what had run runs again, and the next cell runs", async () => {
    await write(page, 6, "while (true) {}");
    await cell(page, 6).locator("button.run").click();
    await page.waitForFunction(() => document.documentElement.dataset.state === "running");
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.locator("#notice:not([hidden])").waitFor();
    expect(await page.locator("#notice").innerText()).toMatch(
      /stopped.*\d+ cells that had run were run again/,
    );
    await idle(page);
    expect(await run(page, 4)).toContain("layers.1.0.weight");
  });

  test("train, normalise, and look at many seeds and at paths, with PyTorch's numbers", async () => {
    await write(
      page,
      6,
      `import { ExampleDeepNeuralNetwork, backward, layerGradientsOverSeeds, manualSeed, nn, optim, pathGradients, quantile, tensor } from "tslab-gradients";
manualSeed(123);
let net = new ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1], { useShortcut: true });
let row = tensor([[1, 0, -1]]);
let { identity, branch } = pathGradients(net, row).paths[0];
let sgd = new optim.SGD(net.parameters(), { lr: 0.01, momentum: 0.9, nesterov: true, weightDecay: 0.001 });
let losses = [];
for (let step = 0; step < 50; step++) {
  losses.push(backward(net, () => new nn.MSELoss().forward(net.forward(row), tensor([[0]]))));
  sgd.step();
}
let seeds = layerGradientsOverSeeds({ layerSizes: [3, 3, 3, 3, 3, 1], seeds: 50, useShortcut: true }).layers[0];
let norm = new nn.LayerNorm(3, { eps: 0 });
console.log(JSON.stringify([identity, branch, losses[0], losses[49], seeds.median, quantile(seeds.means, 0.95), norm.forward(row).arraySync()[0]]));`,
    );
    const [identity, branch, first, last, median, p95, normal] = JSON.parse(await run(page, 6)) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number[],
    ];
    // test/reference/make_second_act.py, with PyTorch 2.13.0
    const { paths, sgd, ensembles } = JSON.parse(
      readFileSync("test/reference/second_act.json", "utf8"),
    ) as typeof import("../nn/secondact").reference;
    const nesterov = sgd.find(({ options }) => options.nesterov)!;
    const quantiles = ensembles.find(({ gelu, use_shortcut }) => gelu === "none" && use_shortcut)!
      .quantiles_f64[0]!;
    const expected = [
      ...paths[0]!.parts["layers.0.0.weight"]!,
      nesterov.losses_f64[0]!,
      nesterov.losses_f64[49]!,
      quantiles[2]!,
      quantiles[4]!,
    ];
    [identity, branch, first, last, median, p95].forEach((value, i) => {
      expect(Math.abs(value / expected[i]! - 1)).toBeLessThan(5e-6);
    });
    // (1, 0, -1) over its standard deviation, √(2 / 3)
    normal.forEach((value, i) => expect(value).toBeCloseTo((1 - i) * Math.sqrt(1.5), 6));
  });

  test("controls are inputs that work", async () => {
    await write(
      page,
      6,
      'import { control } from "tslab-gradients";\nlet depth = control.intSlider({ label: "depth", min: 1, max: 9, value: 3 });\ndepth.onChange((value) => console.log("now", value));\ndepth',
    );
    await run(page, 6);
    const slider = page.getByLabel("depth");
    expect(await slider.inputValue()).toBe("3");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.body.innerText.includes("now 4"));
    await write(page, 7, "depth.value");
    expect(await run(page, 7)).toBe("4");
  });

  test("a figure follows a run in its own place", async () => {
    await run(page, 5);
    await run(page, 10);
    await cell(page, 10).scrollIntoViewIfNeeded();
    await cell(page, 10).locator(".main-svg").first().waitFor();
    await cell(page, 10)
      .locator(".drawing")
      .evaluate((node) => ((node as { kept?: boolean }).kept = true));
    await run(page, 10);
    expect(
      await cell(page, 10)
        .locator(".drawing")
        .evaluate((node) => (node as { kept?: boolean }).kept),
    ).toBe(true);
    expect(await cell(page, 10).locator(".drawing").count()).toBe(1);
  });

  test("everything works by keyboard", async () => {
    await cell(page, 3).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Shift+Enter");
    await idle(page);
    // The next cell has the cursor now.
    await page.keyboard.press("Control+a");
    await page.keyboard.type("1 + 1");
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(50);
    await idle(page);
    expect(await cell(page, 4).locator(".output").innerText()).toBe("2");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("run");
  });

  test("a saved copy has the edits and their outputs", async () => {
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save a copy" }).click();
    const file = join(pages.folder, "copy.html");
    await (await saved).saveAs(file);
    const copy = await pages.context.newPage();
    await copy.goto(pathToFileURL(file).href);
    await idle(copy);
    expect(await cell(copy, 4).locator(".code").innerText()).toContain("1 + 1");
    expect(await cell(copy, 4).locator(".output").innerText()).toBe("2");
    await write(copy, 7, "6 * 7");
    expect(await run(copy, 7)).toBe("42");
    await copy.close();
  });

  test("a link carries the code, marked, and runs nothing", async () => {
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const address = await page.locator("dialog input").inputValue();
    await page.keyboard.press("Escape");
    const other = await pages.context.newPage();
    await other.goto(address);
    await idle(other);
    await other.locator("#notice:not([hidden])").waitFor();
    expect(await cell(other, 4).locator(".code").innerText()).toContain("1 + 1");
    expect(await cell(other, 4).locator(".mark").innerText()).toBe("from the link");
    expect(await cell(other, 4).locator(".output").innerText()).toContain("gradient mean of");
    await other.close();
  });
});
