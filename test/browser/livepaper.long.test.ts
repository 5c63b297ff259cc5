import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Pages, startPages } from "./pages";

let pages: Pages;
beforeAll(async () => (pages = await startPages()));
afterAll(() => pages?.end());

test("a page in a dark browser is printed light, with its editors' code and wide tables whole", async () => {
  const columns = Array.from({ length: 24 }, (_, i) => `column_${i}`);
  const row = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  const table = [row(columns), row(columns.map(() => "---")), row(columns)].join("\n");
  const code = `const long = "${"k".repeat(300)}end";\n${"const x = 1;\n".repeat(80)}const last = 1;`;
  const metadata = { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } };
  const cells = [
    {
      cell_type: "markdown",
      metadata: {},
      source: `${table}\n\n<details><summary>more</summary>\n\nfolded\n\n</details>`,
    },
    { cell_type: "code", metadata: {}, execution_count: 1, source: code, outputs: [] },
  ];
  const file = join(pages.folder, "print.ipynb");
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }));
  await pages.make(file, "print.html");
  const context = await pages.context.browser()!.newContext({ colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(pages.folder, "print.html")).href);
  await page.locator(".cm-editor").waitFor();
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ format: "A4", printBackground: true })));
  const { text } = await extractText(pdf, { mergePages: true });
  const printed = text.replace(/\s/g, "");
  for (const each of [...columns, "folded", `${"k".repeat(300)}end`, "constlast=1;"])
    expect(printed).toContain(each);
  expect(printed.match(/constx=1;/g)).toHaveLength(80);
  // On the screen all is as it was.
  expect(await page.locator("main").evaluate((main) => main.querySelectorAll("[open]").length)).toBe(0);
  expect(await page.locator(".tight, .on-paper").count()).toBe(0);
  await context.close();
});
