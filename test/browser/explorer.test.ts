import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tslabGradients from "../../dist/index.js";
import { type Bench, startExplorer } from "./explorer";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const section = "3, 3, 3, 3, 3, 1";

let bench: Bench;
beforeAll(async () => {
  bench = await startExplorer({ permissions: ["clipboard-read", "clipboard-write"] });
});
afterAll(() => bench?.end());

/** The middle of an element in the network with shortcuts. */
async function middle(selector: string): Promise<{ x: number; y: number }> {
  const box = await bench.page.locator("svg").nth(1).locator(selector).boundingBox();
  return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 };
}

describe("by mouse", () => {
  test("a width is clicked and typed", async () => {
    await bench.mount();
    const { x, y } = await middle("[data-row='1'] .handle");
    await bench.page.mouse.click(x, y);
    const over = bench.page.locator(".over input");
    await over.fill("0");
    await over.press("Enter");
    expect(await bench.page.locator(".over .problem").innerText()).toBe(
      'The width is "0"; expected a whole number from 1 to 1024.',
    );
    expect(await bench.sizes()).toBe(section);
    await over.fill("5");
    await over.press("Enter");
    await expect.poll(() => bench.sizes()).toBe("3, 5, 3, 3, 3, 1");
    await expect.poll(() => over.count()).toBe(0);
  });

  test("a width is dragged, and undone as one step", async () => {
    await bench.mount();
    const { page } = bench;
    const { x, y } = await middle("[data-row='2'] .handle");
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 8; step++) await page.mouse.move(x + 6 * step, y);
    await page.mouse.up();
    expect(await bench.sizes()).toBe("3, 3, 7, 3, 3, 1");
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await bench.sizes()).toBe(section);
    await page.getByRole("button", { name: "Redo" }).click();
    expect(await bench.sizes()).toBe("3, 3, 7, 3, 3, 1");
  });

  test("a shortcut is clicked off and on, and pulled off", async () => {
    await bench.mount();
    const { page } = bench;
    const [, before] = await bench.means();
    // The outermost point of the arc; its ends touch its neighbours'.
    const knob = async (): Promise<{ x: number; y: number }> => {
      const box = await page.locator("svg [data-shortcut='1'] .line").boundingBox();
      return { x: box!.x + 2, y: box!.y + box!.height / 2 };
    };
    let at = await knob();
    await page.mouse.click(at.x, at.y);
    await expect.poll(() => page.locator("svg .shortcut.off").count()).toBe(1);
    expect((await bench.means())[1]).not.toEqual(before);
    at = await knob();
    await page.mouse.click(at.x, at.y);
    expect((await bench.means())[1]).toEqual(before);
    at = await knob();
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x - 60, at.y + 10, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.locator("svg .shortcut.off").count()).toBe(1);
    // What was touched is chosen.
    expect(await page.locator("select[name=layer]").inputValue()).toBe("2");
    expect(await page.getByLabel("Shortcut of layers.1").isChecked()).toBe(false);
  });

  test("a dropped shortcut says why, and is mended", async () => {
    await bench.mount();
    const { page } = bench;
    expect(await page.locator("svg .shortcut.dropped title").textContent()).toContain("3 ≠ 1");
    const { x, y } = await middle("[data-equal='4'] .cross");
    await page.mouse.click(x, y);
    await expect.poll(() => bench.sizes()).toBe("3, 3, 3, 3, 3, 3");
    expect(await page.locator("svg .shortcut.dropped").count()).toBe(0);
  });

  test("six clicks in one place add six layers, six more take them away", async () => {
    await bench.mount();
    const { page } = bench;
    await page.locator("select[name=layer]").selectOption("layers.4");
    const add = page.getByRole("button", { name: "Add a layer before layers.4" });
    const box = (await add.boundingBox())!;
    for (let click = 1; click <= 6; click++) {
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      expect(await page.locator(".notice").innerText()).toBe(`layers.4 is new: ${5 + click} layers now.`);
    }
    expect(await bench.sizes()).toBe("3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1");
    const remove = (await page.getByRole("button", { name: "Remove layers.4" }).boundingBox())!;
    for (let click = 1; click <= 6; click++)
      await page.mouse.click(remove.x + remove.width / 2, remove.y + remove.height / 2);
    expect(await bench.sizes()).toBe(section);
  });

  test("a layer is chosen in the drawing and in the table; one always remains", async () => {
    await bench.mount();
    const { page } = bench;
    const chosen = (): Promise<string> => page.locator("select[name=layer]").inputValue();
    await page.locator("svg").first().locator(".bar[data-layer='3']").click();
    expect(await chosen()).toBe("4");
    await page.locator("tr[data-layer='4']").click();
    expect(await chosen()).toBe("5");
    for (let left = 5; left > 1; left--)
      await page.getByRole("button", { name: `Remove layers.${left - 1}` }).click();
    expect(await bench.sizes()).toBe("3, 1");
    expect(await page.getByRole("button", { name: "Remove layers.0" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Reset" }).click();
    expect(await bench.sizes()).toBe(section);
  });

  test("a network as deep as can be says why another layer cannot be", async () => {
    await bench.mount({ layerSizes: Array<number>(101).fill(2) });
    await bench.page.getByRole("button", { name: "Add a layer before layers.0" }).click();
    expect(await bench.page.locator(".notice").innerText()).toBe(
      "The network has 101 layers; expected at most 100 in a live figure.",
    );
  });

  test("a legend tells the colours, and the ends of the lines' scale are the bars'", async () => {
    await bench.mount();
    expect(await bench.page.locator(".legend li").allInnerTexts()).toEqual([
      expect.stringMatching(/output above 0\s*below 0/),
      "near 0",
      "line: its weight's |gradient|, 10⁻⁴ to 10¹",
      expect.stringMatching(/Shortcut\s*none/),
    ]);
  });

  test("the pointer over a layer marks it in the drawings, the table and the printed lines", async () => {
    await bench.mount();
    const { page } = bench;
    await page.locator("tr[data-layer='2'] th").hover();
    const hot = await page
      .locator(".hot")
      .evaluateAll((all) => all.map((node) => node.getAttribute("data-layer")));
    expect(new Set(hot)).toEqual(new Set(["2"]));
    expect(await page.locator("svg .bar.hot").count()).toBe(2);
    expect(await page.locator(".line.hot").count()).toBe(2);
  });

  test("the passes are played step by step", async () => {
    await bench.mount();
    const { page } = bench;
    const press = (name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
    await press("Step forward");
    expect(await page.locator("svg .row.dim").count()).toBe(10);
    expect(await page.locator("svg .bar .number").count()).toBe(0);
    for (let step = 0; step < 6; step++) await press("Step forward");
    expect(await page.locator(".notice").innerText()).toMatch(/^The loss is 0\.00372 \/ 0\.589/);
    await press("Step forward");
    expect(await page.locator("svg .bar .number").allTextContents()).toEqual(["0.00505", "1.33"]);
    await press("Step back");
    expect(await page.locator("svg .bar .number").count()).toBe(0);
    await press("Play");
    await page.getByRole("button", { name: "Pause" }).click();
    await press("Show all");
    expect(await page.locator("svg .bar .number").count()).toBe(10);
  });

  test("the code for what is shown is copied, and prints what is shown", async () => {
    await bench.mount({
      layerSizes: [3, 4, 4, 1],
      seed: 2n ** 60n,
      gelu: "tanh",
      target: 0.5,
      shortcuts: [true, false, true],
    });
    const { page } = bench;
    await page.getByRole("button", { name: "Copy as code" }).click();
    await expect.poll(() => page.locator(".notice").innerText()).toContain("clipboard");
    const code = await page.evaluate(() => navigator.clipboard.readText());
    // The headings of the section's cells; what a notebook's cells are numbered depends on who ran them.
    expect(code.match(/^\/\/ .*/gm)).toEqual([
      "// A model without shortcuts",
      "// Measuring each layer's gradient",
      "// Without shortcuts",
      "// With shortcuts",
    ]);
    const { code: plain } = transformSync(code, { loader: "ts", format: "cjs" });
    const printed: string[] = [];
    const output = { log: (text: string) => printed.push(text) };
    new Function("require", "console", plain)(() => tslabGradients, output);
    const numbers = printed.map((text) => text.match(/(?<=gradient mean of )\S+/g)!.map(Number));
    const shown = await bench.means();
    numbers.flat().forEach((value, i) => expect(Math.abs(value / shown.flat()[i]! - 1)).toBeLessThan(1e-6));
    expect(numbers.map(({ length }) => length)).toEqual([3, 3]);
  });
});

describe("by keyboard alone", () => {
  test("sizes, a width by arrows, a shortcut, undo and redo", async () => {
    await bench.mount();
    const { page } = bench;
    await page.locator("input[name=sizes]").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("3 3 3 1");
    await page.keyboard.press("Enter");
    expect(await bench.sizes()).toBe("3, 3, 3, 1");
    await page.getByLabel("Width of layers.0").focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowDown");
    expect(await bench.sizes()).toBe("3, 4, 3, 1");
    expect(
      await page.evaluate(() =>
        document.getElementById("place")!.shadowRoot!.activeElement?.getAttribute("name"),
      ),
    ).toBe("width");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await bench.sizes()).toBe("3, 3, 3, 3, 1");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await bench.sizes()).toBe("3, 3, 3, 1");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    expect(await page.locator("svg .shortcut.off").count()).toBe(1);
    await page.keyboard.press("Control+z");
    expect(await page.locator("svg .shortcut.off").count()).toBe(0);
    await page.keyboard.press("Control+Shift+z");
    expect(await page.locator("svg .shortcut.off").count()).toBe(1);
    await page.locator("select[name=layer]").focus();
    await page.keyboard.press("End");
    await page.getByRole("button", { name: "make widths equal: layers.2" }).focus();
    await page.keyboard.press("Enter");
    expect(await bench.sizes()).toBe("3, 3, 3, 3");
    await page.locator("select[name=gelu]").focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("select[name=gelu]").inputValue()).toBe("tanh");
  });
});

test.each([
  ["en", false],
  ["en", true],
  ["zh", false],
  ["zh", true],
] as const)("axe finds nothing: %s, dark %s", async (language, dark) => {
  await bench.mount({ language, layerSizes: [3, 3, 20, 1] }, dark);
  await bench.page.evaluate(axe);
  const violations = await bench.page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 200)]);
  });
  expect(violations).toEqual([]);
});

test("nothing failed in the page", () => expect(bench.problems).toEqual([]));
