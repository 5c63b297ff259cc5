import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, expect, test } from "vitest";
import { exportNotebook, exportNotebooks } from "../../dist/export";
import { ipynb } from "../../dist/export/writenotebook";
import { cellsOf } from "./cells";

const folder = mkdtempSync(join(tmpdir(), "printing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function notebook(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, ipynb(cellsOf([{ source }])));
  return path;
}

async function printed(paths: string[], warnings: string[] = []) {
  const warn = (sentence: string): void => void warnings.push(sentence);
  const [file] = await exportNotebooks(paths, { to: "pdf", output: `${folder}/out/`, warn });
  return getDocumentProxy(new Uint8Array(readFileSync(file!.path)));
}

test(
  "a PDF's links lead to the PDFs beside it, to its own parts and to the web",
  { timeout: 60_000 },
  async () => {
    const source =
      "[b](<a (b).ipynb#Part>) [part](#Part) [web](https://a.example/x) [data](data.csv) [up](../../x/y.csv)\n\n# Part\n\ntext";
    const warnings: string[] = [];
    const pdf = await printed([notebook("a.ipynb", source), notebook("a (b).ipynb", "# B")], warnings);
    const links = (await (await pdf.getPage(1)).getAnnotations()) as { unsafeUrl?: string; dest?: unknown }[];
    expect(links.map(({ unsafeUrl, dest }) => unsafeUrl ?? typeof dest)).toEqual([
      "a%20%28b%29.pdf#Part",
      "string",
      "https://a.example/x",
      "data.csv",
      "../../x/y.csv",
    ]);
    expect(warnings).toEqual(
      ["data.csv", "../../x/y.csv"].map(
        (address) =>
          `In ${join(folder, "a.ipynb")}, cell 1 links to "${address}", which leads nowhere from the export; expected a file beside it.`,
      ),
    );
  },
);

test(
  "an SVG's words are printed, and nothing of it runs, leads away or hides the page",
  { timeout: 60_000 },
  async () => {
    const svg = (inner: string): string =>
      `![a](data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40">${inner}</svg>`).replace(/[()']/g, escape)})`;
    const sources = [
      svg("<text y='20'>plain words</text>"),
      svg("<style>body { display: none }</style><text y='20'>styled words</text>"),
      svg("<a href='https://evil.example'><text y='20'>linked words</text></a>"),
      svg("<foreignObject width='300' height='40'><iframe src='file:///etc/hosts'/></foreignObject>"),
      "![undecodable](data:image/svg+xml,%E0%A4%A) 100% %FF",
    ];
    const warnings: string[] = [];
    const pdf = await printed([notebook("svg.ipynb", sources.join("\n\n"))], warnings);
    const { text } = await extractText(pdf, { mergePages: true });
    for (const word of ["plain", "styled", "linked", "undecodable", "100% %FF"]) expect(text).toContain(word);
    expect(text).not.toContain("localhost");
    expect(await (await pdf.getPage(1)).getAnnotations()).toEqual([]);
    expect(warnings).toHaveLength(1);
  },
);

test.skipIf(process.platform === "win32")(
  "Ctrl+C while a PDF is printed leaves nothing behind",
  { timeout: 120_000 },
  async () => {
    const path = notebook("long.ipynb", "# Long\n\n".repeat(2000));
    // A first one sets up the browser.
    await exportNotebook(path, { to: "pdf", output: `${folder}/first/` });
    const temporary = join(folder, "tmp");
    mkdirSync(temporary);
    for (const wait of [300, 600, 900, 1200]) {
      const env = { ...process.env, TMPDIR: temporary };
      const args = ["dist/cli.js", "export", path, "--to", "pdf", "-o", join(folder, "never/")];
      const child = spawn(process.execPath, args, { env });
      setTimeout(() => child.kill("SIGINT"), wait);
      await once(child, "exit");
      const left = readdirSync(folder, { recursive: true }).map(String);
      if (child.exitCode === 0) rmSync(join(folder, "never"), { recursive: true });
      else expect(left.filter((name) => name.startsWith("never"))).toEqual([]);
      expect(left.filter((name) => name.startsWith("tmp"))).toEqual(["tmp"]);
    }
  },
);

/** By page, its words with where they stand, in points from the left and from the top. */
async function words(paths: string[], warnings: string[] = []) {
  const pdf = await printed(paths, warnings);
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, i) => pdf.getPage(i + 1)));
  return Promise.all(
    pages.map(async (page) => {
      const [, , width = 0, height = 0] = page.view;
      const { items } = await page.getTextContent();
      return items.flatMap((item) => {
        if (!("str" in item) || item.str.trim() === "") return [];
        const [, , , , x = 0, y = 0] = item.transform as number[];
        return [{ text: item.str, left: x, right: x + item.width, page: width, top: height - y, height }];
      });
    }),
  );
}

test("what is wide is on the paper: tables, formulas and words", { timeout: 120_000 }, async () => {
  const row = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  const columns = Array.from({ length: 24 }, (_, i) => `column_${i}`);
  const numbers = columns.map((_, i) => (i * 1.2345).toFixed(4));
  const table = [row(columns), row(columns.map(() => "---")), row(numbers)].join("\n");
  const sum = `$$y = ${Array.from({ length: 60 }, (_, i) => `a_{${i}}`).join(" + ")} + z$$`;
  const source = [table, sum, `${"x".repeat(400)}end`, `\`${"y".repeat(400)}end\``].join("\n\n");
  const path = join(folder, "wide.ipynb");
  const code = `let a = "${"k".repeat(400)}end";`;
  writeFileSync(
    path,
    ipynb(
      cellsOf([
        { source },
        {
          code,
          count: 1,
          outputs: [{ type: "stream", name: "stdout", text: `${"o".repeat(400)}end` }],
        },
      ]),
    ),
  );
  const all = (await words([path])).flat();
  // The margin is 16 mm, 45.4 points.
  for (const { text, left, right, page } of all) {
    expect([text, left >= 44]).toEqual([text, true]);
    expect([text, right <= page - 44]).toEqual([text, true]);
  }
  const text = all
    .map((each) => each.text)
    .join("")
    .replace(/\s/g, "");
  for (const each of [...columns, ...numbers]) expect(text).toContain(each);
  expect(text.match(/[xyko]end/g)).toHaveLength(4);
  // The last summand of the formula, which Chromium writes in italics of its own plane.
  expect(text).toMatch(/\+[z𝑧]/u);
});

test(
  "the section's first page is full, and no cell that has room on a page is cut",
  { timeout: 120_000 },
  async () => {
    for (const language of ["zh", "en"]) {
      const pages = await words([`notebooks/${language}/shortcut-connections.ipynb`]);
      const last = Math.max(
        ...pages[0]!.filter(({ top, height }) => top < height - 60).map(({ top }) => top),
      );
      expect(last).toBeGreaterThan(0.75 * pages[0]![0]!.height);
      // The class of In [1], from its head to the end of its last method.
      const has = (text: string): number =>
        pages.findIndex((page) =>
          page
            .map((each) => each.text)
            .join("")
            .replace(/\s/g, "")
            .includes(text),
        );
      expect(has("manualSeed,")).toBe(has("forward(x:Tensor)"));
    }
  },
);

test("characters that no font has are named", { timeout: 60_000 }, async () => {
  const warnings: string[] = [];
  // A letter of Ol Onal, which Unicode has since 2024.
  await printed([notebook("rare.ipynb", "# Rare\n\n层 $x_{\\text{层}}$ \u{1E5D0}")], warnings);
  expect(warnings).toEqual([
    `${folder}/out/rare.pdf shows "\u{1E5D0}" as boxes, since no font of this machine has them; expected one that does, such as Noto Sans CJK or Noto Emoji.`,
  ]);
  const pdf = await printed([notebook("chinese.ipynb", "公式 $x_{\\text{层}}$")]);
  const { text } = await extractText(pdf, { mergePages: true });
  expect(text).toContain("层");
});

test(
  "more text than a browser prints is refused in a sentence, and printed where it is shortened",
  { timeout: 120_000 },
  async () => {
    const path = join(folder, "flood.ipynb");
    const text = Array.from({ length: 60_000 }, (_, i) => `line ${i} ${"x".repeat(40)}\n`).join("");
    writeFileSync(
      path,
      ipynb(cellsOf([{ code: "1", count: 1, outputs: [{ type: "stream", name: "stdout", text }] }])),
    );
    await expect(exportNotebook(path, { to: "pdf", output: `${folder}/out/` })).rejects.toThrow(
      `${path} has 3.1 MB of text in its outputs, most of it below cell 1 (In [1]); a PDF holds 2 MB. Clear that output, or keep only the beginning and the end of long ones with \`--shorten\`.`,
    );
    const [file] = await exportNotebook(path, { to: "pdf", output: `${folder}/out/`, shorten: true });
    const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file!.path)));
    const printedText = (await extractText(pdf, { mergePages: true })).text;
    expect(printedText).toContain("line 0 ");
    expect(printedText).toContain("line 59999 ");
    expect(printedText).toContain("… (59801)");
  },
);
