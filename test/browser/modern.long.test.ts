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

test.each([
  [
    "class P {\n  accessor #p = 3;\n  accessor ['c'] = 5;\n  accessor 'q r' = 6;\n  get p() { return this.#p; }\n}\nconst p = new P();\n[p.p, p.c, p['q r']]",
    "[ 3, 5, 6 ]",
  ],
  ["const z = 4;\nexport { z, z as other };\nother", "4"],
  [
    "namespace Whole {\n  let n = 1;\n  export const inc = () => ++n;\n  export interface Gone { n: number }\n}\n[Whole.inc(), Whole.inc()]",
    "[ 2, 3 ]",
  ],
  [
    "await (async () => {\n  using a = { [Symbol.dispose]() { throw new Error('late'); } };\n  return a && 1;\n})()",
    "Error: late",
  ],
  ["using b = { [Symbol.dispose]() { throw new Error('late'); } };\nthrow new Error('body');", "Error: body"],
  ["namespace N { export namespace M { export const d = 1; } }\nN.M.d", "In["],
  ["enum Me { A }\nenum Me { B = 5 }\n[Me.A, Me.B]", "SyntaxError: This runs in the notebook"],
  ["export * from 'tslab-gradients';", "SyntaxError: This runs in the notebook"],
  ["1; throw new Error('column');", ":1:10"],
])("a page runs %j, or says that it does not", async (code, shown) => {
  const page = await pages.open("en.html");
  await write(page, 6, code);
  expect(await run(page, 6)).toContain(shown);
});
