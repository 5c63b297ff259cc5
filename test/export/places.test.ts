import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { exportNotebook, formats, type Format } from "../../dist/export";
import { ipynb } from "../../dist/export/writenotebook";
import type { Notebook } from "../../dist/export/notebook";
import { cellsOf } from "./cells";
import {
  assertion,
  base64,
  compiled,
  data,
  exercise,
  places,
  png,
  prints,
  sentence,
  statement,
  type Cells,
} from "./leftovers";

const alt = { "image/png": { alt: "A picture" } };
const folder = mkdtempSync(join(tmpdir(), "places-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

async function studentOf(
  cells: Cells,
  to: Format,
  metadata: { [key: string]: unknown } = {},
): Promise<string> {
  const path = join(folder, `${++count}.ipynb`);
  const output = join(folder, `${count}-student`);
  const notebook = cellsOf([...exercise, ...cells]);
  writeFileSync(path, ipynb({ ...notebook, metadata: { ...notebook.metadata, ...metadata } }));
  await exportNotebook(path, { to, variant: "student", output, allow: ["alt"] });
  return readFileSync(output, "utf8");
}

/** A script has no outputs. */
const inFormat = (to: Format): typeof places =>
  places.filter(([, place]) => to !== "ts" || !place.source.includes("output"));

describe.each(formats)("a student's %s with a statement", (to) => {
  test.each(inFormat(to))("in %s stops with the place", async (_, place, cells) => {
    await expect(studentOf(cells(statement), to)).rejects.toThrow(place);
  });
});

describe.each([
  ["a statement as it is compiled", compiled],
  ["a test's assertion", assertion],
  ["an answer's sentence", sentence],
])("%s", (_, secret) => {
  test.each(places)("in %s stops with the place", async (_, place, cells) => {
    await expect(studentOf(cells(secret), "ipynb")).rejects.toThrow(place);
  });
});

test.each(places.filter(([, place]) => place.source.includes("output")))(
  "a script has nothing of %s",
  async (_, __, cells) => {
    expect(await studentOf(cells(statement), "ts")).not.toContain("reduce");
  },
);

const metadata: [string, RegExp, (secret: string) => Notebook][] = [
  [
    "a cell's metadata",
    /^The metadata of cell 1 has/,
    (secret) => cellsOf([{ source: "a", metadata: { name: secret } }, ...exercise]),
  ],
  [
    "a question's options",
    /^The metadata of cell 1 \(In \[1\]\) has/,
    (secret) =>
      cellsOf([
        { code: "1;", count: 1, metadata: { "tslab-gradients": { predict: { options: [secret] } } } },
        ...exercise,
      ]),
  ],
  [
    "a title",
    /^The notebook's metadata has/,
    (secret) => ({ ...cellsOf(exercise), metadata: { title: secret } }),
  ],
  [
    "an attachment",
    /^An attachment of cell 1 has/,
    (secret) =>
      cellsOf([
        { source: "![a](attachment:a.txt)", attachments: { "a.txt": { "text/plain": base64(secret) } } },
        ...exercise,
      ]),
  ],
  [
    "a picture's remark",
    /^An attachment of cell 1 has/,
    () =>
      cellsOf([
        { source: "![a](attachment:a.png)", attachments: { "a.png": { "image/png": png } } },
        ...exercise,
      ]),
  ],
  [
    "a shown picture's remark",
    /^The output of cell 1 \(In \[1\]\) has/,
    () => cellsOf([{ code: "1;", count: 1, outputs: data({ "image/png": png }, alt) }, ...exercise]),
  ],
  [
    "a raw cell",
    /^The text of cell 5 has/,
    (secret) => ({
      metadata: {},
      cells: [
        ...cellsOf(exercise).cells,
        { type: "raw", id: "raw", source: secret, metadata: {}, attachments: {} },
      ],
    }),
  ],
];

test.each(metadata)("a page and a notebook with it in %s stop", async (_, place, notebook) => {
  const path = join(folder, `${++count}.ipynb`);
  writeFileSync(path, ipynb(notebook(statement)));
  for (const to of ["ipynb", "html"] as const)
    await expect(
      exportNotebook(path, { to, variant: "student", output: join(folder, "never") }),
    ).rejects.toThrow(place);
  expect(existsSync(join(folder, "never"))).toBe(false);
});

test.each([
  ["another keyword", compiled.replace("const", "let")],
  ["its value alone", "values.reduce((sum, value) => sum + value, 0)"],
])("an output shows it with %s", async (_, text) => {
  await expect(studentOf(prints(text), "ipynb")).rejects.toThrow(/^The output of cell 5/);
  expect(await studentOf([{ source: `Use \`${text}\`.` }], "ipynb")).toContain(text);
});

test("what only resembles it is left alone", async () => {
  const texts = ["the sum of all values, first", "const total: number = 0;", "values.reduce(add, 0)"];
  const written = await studentOf(
    texts.flatMap((text) => [...prints(text), { source: text }]),
    "ipynb",
  );
  for (const text of texts) expect(written.split(text)).toHaveLength(3);
});
