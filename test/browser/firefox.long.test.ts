import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportNotebook } from "../../dist/export";
import { type FirefoxPage, firefoxPath, startFirefox } from "./firefox";

/** WebDriver's code points of keys. */
const key = { control: "\ue009", enter: "\ue007", escape: "\ue00c", tab: "\ue004" };
const ready =
  'document.documentElement.dataset.state === "ready" && !document.querySelector("[data-state=running], [data-state=waiting]")';

describe.skipIf(firefoxPath === undefined)("in Firefox", () => {
  let page: FirefoxPage;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "firefox-pages-"));
    for (const language of ["en", "zh"])
      for (const name of ["shortcut-connections", "depth-width-seeds"]) {
        const notebook = `notebooks/${language}/${name}.ipynb`;
        await exportNotebook(notebook, {
          to: "html",
          embedFonts: true,
          output: join(folder, `${name}.${language}.html`),
        });
        await exportNotebook(notebook, {
          to: "slides",
          output: join(folder, `${name}.${language}.slides.html`),
        });
      }
    page = await startFirefox();
  }, 120_000);
  afterAll(async () => {
    await page?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test("run all gives the book's numbers, and draws the figures anew", async () => {
    await page.size(1280, 900);
    await page.open(join(folder, "shortcut-connections.en.html"));
    await page.until(ready);
    await page.evaluate(
      '[...document.querySelectorAll("#tools button")].find((b) => b.textContent === "Run all").click()',
    );
    await page.until('document.documentElement.dataset.state === "running"');
    await page.until(ready);
    const text = await page.evaluate<string>(
      '[...document.querySelectorAll(".output")].map((output) => output.textContent).join("\\n")',
    );
    // The book's cell outputs for the first layer, without and with shortcuts.
    for (const [name, value] of [
      ["without", 0.0002017411752603948],
      ["with", 0.22186796367168427],
    ] as const) {
      const all = [...text.matchAll(/layers\.0\.0\.weight has gradient mean of (\S+)/g)].map(([, n]) =>
        Number(n),
      );
      expect(
        all.some((n) => Math.abs(n - value) / value < 1e-6),
        name,
      ).toBe(true);
    }
    expect(text).toContain("20 of 20 pass");
    await page.evaluate('document.querySelector("figure.plot").scrollIntoView()');
    await page.until('document.querySelectorAll("figure.plot .main-svg").length > 0');
    expect(page.problems).toEqual([]);
  });

  test("by the keyboard alone a cell is edited, run, mended and left", async () => {
    await page.open(join(folder, "shortcut-connections.en.html"));
    await page.until(ready);
    await page.evaluate('document.querySelector(".cell.code").focus()');
    await page.press(key.enter);
    await page.until('document.activeElement.classList.contains("cm-content")');
    await page.press([key.control, "a"], ..."undefinedName", [key.control, key.enter]);
    await page.until('document.querySelector(".cell.code [role=alert]")');
    expect(
      await page.evaluate<string>('document.querySelector(".cell.code [role=alert]").textContent'),
    ).toContain("undefinedName is not defined");
    await page.press(key.escape, key.tab);
    expect(await page.evaluate<boolean>('document.activeElement.classList.contains("cm-content")')).toBe(
      false,
    );
  });

  test.each([
    [390, 844],
    [375, 667],
    [1280, 720],
  ])("nothing scrolls sideways, and every plot is whole, at %d x %d", async (width, height) => {
    await page.size(width, height);
    for (const name of ["shortcut-connections.zh", "depth-width-seeds.en"]) {
      await page.open(join(folder, `${name}.html`));
      await page.until(ready);
      const plots = await page.evaluate<number>('document.querySelectorAll("figure.plot").length');
      for (let i = 0; i < plots; i++) {
        const plot = `document.querySelectorAll("figure.plot")[${i}]`;
        if (await page.evaluate<boolean>(`${plot}.closest("details:not([open]), [hidden]") !== null`))
          continue;
        await page.evaluate(`${plot}.scrollIntoView()`);
        await page.until(`${plot}.querySelector(".main-svg")`);
        const beyond = await page.evaluate<string[]>(
          `(() => { const place = ${plot}.getBoundingClientRect(); return [...${plot}.querySelectorAll("text")].filter((text) => { const own = text.getBoundingClientRect(); return own.width > 0 && (own.left < place.left - 1 || own.right > place.right + 1 || own.bottom > place.bottom + 1); }).map((text) => text.textContent); })()`,
        );
        expect(beyond).toEqual([]);
      }
      const [content, window] = await page.evaluate<[number, number]>(
        "[document.documentElement.scrollWidth, innerWidth]",
      );
      expect(content).toBeLessThanOrEqual(window);
    }
  });

  test("slides turn, and run their cells", async () => {
    await page.size(1280, 720);
    await page.open(join(folder, "shortcut-connections.zh.slides.html"));
    await page.until(ready);
    await page.evaluate(
      '[...document.querySelectorAll("#tools button")].find((b) => b.textContent === "全部运行").click()',
    );
    await page.until('document.documentElement.dataset.state === "running"');
    await page.until(ready);
    await page.evaluate("document.activeElement.blur()");
    await page.press("\ue014");
    await page.until('location.hash !== ""');
    expect(page.problems).toEqual([]);
  });
});
