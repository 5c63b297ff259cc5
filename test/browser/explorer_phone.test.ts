import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, startExplorer } from "./explorer";

// An iPhone of today, and a small one.
describe.each([
  [390, 844],
  [375, 667],
])("on a phone of %i x %i, by touch", (width, height) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startExplorer({ viewport: { width, height }, hasTouch: true, isMobile: true });
  });
  afterAll(() => bench?.end());

  test.each(["en", "zh"] as const)(
    "%s: every control is whole and wide enough; nothing scrolls sideways",
    async (language) => {
      await bench.mount({ language, layerSizes: [3, 3, 20, 1] });
      const { page } = bench;
      // Where the widths differ the editor says most.
      for (const row of ["1", "2", "0"]) {
        await page.locator("select[name=layer]").selectOption(row);
        const controls = await page.locator("button, input, select, summary, .check").evaluateAll((all) =>
          all
            .filter((node) => node.checkVisibility())
            .map((node) => ({
              node: node.outerHTML,
              box: node.getBoundingClientRect().toJSON() as DOMRect,
            })),
        );
        expect(controls.length).toBeGreaterThan(14);
        expect(
          controls.filter(
            ({ box }) => box.left < 0 || box.right > width || box.width < 24 || box.height < 24,
          ),
        ).toEqual([]);
      }
      const sideways = await page.locator("html, .explore, .explore *").evaluateAll((all) =>
        all
          .filter((node) => node instanceof HTMLElement && !node.matches("input, .printed, .line"))
          .filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0)
          .map((node) => node.outerHTML.slice(0, 80)),
      );
      expect(sideways).toEqual([]);
    },
  );

  test("the drawings' words are whole and do not touch", async () => {
    await bench.mount({ layerSizes: [3, 3, 3, 3, 3, 1] });
    const boxes = await bench.page.locator("svg").evaluateAll((all) =>
      all.map((svg) => {
        const { left, right } = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll("text")].map((text) => ({
          text: text.textContent,
          box: text.getBoundingClientRect().toJSON() as DOMRect,
        }));
        return { left, right, texts };
      }),
    );
    for (const { left, right, texts } of boxes) {
      expect(texts.filter(({ box }) => box.left < left || box.right > right)).toEqual([]);
      const touching = texts.flatMap((a, i) =>
        texts
          .slice(i + 1)
          .filter(
            (b) =>
              a.box.left < b.box.right &&
              b.box.left < a.box.right &&
              a.box.top + 2 < b.box.bottom &&
              b.box.top + 2 < a.box.bottom,
          )
          .map((b) => [a.text, b.text]),
      );
      expect(touching).toEqual([]);
    }
  });

  test("what is edited stands in one view with a network", async () => {
    await bench.mount({ layerSizes: [3, 3, 3, 3, 3, 1] });
    const { page } = bench;
    await page
      .locator("svg")
      .nth(1)
      .evaluate((svg) => svg.scrollIntoView({ block: "end" }));
    for (const place of [page.locator(".editor"), page.locator("svg").nth(1)]) {
      const { y, height: tall } = (await place.boundingBox())!;
      expect([y >= 0, y + tall <= height + 1]).toEqual([true, true]);
    }
  });

  test("taps add layers, choose one and switch its shortcut off", async () => {
    await bench.mount();
    const { page } = bench;
    const add = (await page.getByRole("button", { name: "Add a layer before layers.0" }).boundingBox())!;
    for (let tap = 0; tap < 6; tap++) await page.touchscreen.tap(add.x + 20, add.y + 12);
    expect((await bench.sizes()).split(", ")).toHaveLength(12);
    await page.locator("svg").nth(1).locator("[data-row='3'] .size").tap();
    await page.locator(".over input").fill("5");
    await page.locator(".over input").press("Enter");
    expect((await bench.sizes()).split(", ")[3]).toBe("5");
    await page.locator("select[name=layer]").selectOption("layers.0");
    await page.locator(".check").tap();
    expect(await page.locator("svg .shortcut.off").count()).toBe(1);
    expect(bench.problems).toEqual([]);
  });
});
