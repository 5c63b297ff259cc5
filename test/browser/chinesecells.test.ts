import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { type Pages, run, startPages, write } from "./pages";

describe("a Chinese page's cells", () => {
  let pages: Pages;
  let page: Page;
  beforeAll(async () => {
    pages = await startPages();
    await pages.make("notebooks/zh/shortcut-connections.ipynb", "zh.html");
    page = await pages.open("zh.html");
  });
  afterAll(() => pages?.end());

  test.each([
    ["new nn.Linear(3, 0);", "RangeError: outFeatures 是 0；应为不小于 1 的整数。"],
    ["manualSeed(() => 1);", "TypeError: 随机种子是一个函数；应为 -2^63 到 2^64 - 1 的整数。"],
    ["gradientFigure([]);", "TypeError: 这张图没有收到梯度；应为 layerGradients 返回值的数组。"],
    [
      "control.intSlider({ min: 1, max: 9, value: 10 });",
      "RangeError: control.intSlider 的 value 收到的是 10；应为 1 到 9 的整数。",
    ],
    [
      'nn.init.xavierUniform_(new nn.Linear(3, 2).weight, { gain: "2" });',
      'TypeError: 增益是 "2"；应为有限的数。',
    ],
    [
      "nn.init.heNormal_(new nn.Linear(3, 2).weight);",
      "TypeError: 没有 nn.init.heNormal_；应为 calculateGain, constant_, kaimingNormal_, kaimingUniform_, normal_, ones_, orthogonal_, uniform_, xavierNormal_, xavierUniform_, zeros_ 之一。",
    ],
    [
      "new nn.Relu();",
      "TypeError: 没有 nn.Relu；应为 GELU, LayerNorm, Linear, MSELoss, Module, ModuleList, Parameter, ReLU, Sequential, Sigmoid, Tanh, init 之一。",
    ],
    ["tf.conv2d;", "Error: 本页的 TensorFlow.js 运算里没有 tf.conv2d；需要它时请在 Jupyter 里运行笔记本。"],
    [
      "void new nn.MSELoss().forward(tensor([[1, 0]]), tensor([[1], [2]]));",
      "MSELoss 收到的输入形状为 [1, 2]，目标形状为 [2, 1]；两者的值会重复扩展成 [2, 2]，这可能并非本意。",
    ],
    [
      "try { manualSeed(1.5); } catch (error) { console.log(error.message); }",
      "The seed is 1.5; expected a whole number from -2^63 to 2^64 - 1.",
    ],
  ])("say in Chinese what is wrong with %s", async (code, sentence) => {
    await write(
      page,
      6,
      `import { control, gradientFigure, manualSeed, nn, tensor, tf } from "tslab-gradients";\n${code}`,
    );
    expect((await run(page, 6)).split("\n")[0]).toBe(sentence);
  });

  test("and say so again after a stop", async () => {
    await write(page, 6, "for (;;);");
    const running = run(page, 6);
    await page.getByRole("button", { name: "停止", exact: true }).click();
    await running;
    await write(page, 6, 'import { nn } from "tslab-gradients";\nnew nn.Linear(3, 0);');
    expect(await run(page, 6)).toContain("outFeatures 是 0；应为不小于 1 的整数。");
  });
});
