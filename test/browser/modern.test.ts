import { afterAll, beforeAll, expect, test } from "vitest";
import { snippets } from "../kernel/modern";
import { type Pages, run, startPages, write } from "./pages";

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
  await pages.make("notebooks/en/shortcut-connections.ipynb", "en.html");
});
afterAll(() => pages?.end());

test("a page's cells are today's TypeScript too", async () => {
  const page = await pages.open("en.html");
  const found: string[] = [];
  for (const { code, prints, isNodes = false, refused } of snippets) {
    if (isNodes) continue;
    await write(page, 6, code);
    const text = (await run(page, 6)).trimEnd();
    const isRight = refused === undefined ? text === prints : text.includes(refused) && text.includes("In[");
    if (!isRight) found.push(`${code} → ${text}`);
  }
  expect(found).toEqual([]);
}, 240_000);
