import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportNotebook, exportNotebooks, type ExportOptions, type Format } from "../../dist/export";
import { ipynb } from "../../dist/export/writenotebook";
import { cellsOf } from "./cells";
import { addressesOf, course, exported, notebook, out } from "./course";

describe("links", () => {
  const source =
    "[b](b.ipynb#Part-2) <a href='./b.ipynb'>b</a> [me](a.ipynb) [part](#Part) [web](https://a.example/b.ipynb) [r]\n\n[r]: b.ipynb 'title'\n\n`[b](b.ipynb)`";

  test.each<[Format, string, ExportOptions["variant"]]>([
    ["html", ".html", undefined],
    ["slides", ".slides.html", undefined],
    ["md", ".md", undefined],
    ["ipynb", ".ipynb", undefined],
    ["ipynb", "-student.ipynb", "student"],
    ["html", "-teacher.html", "teacher"],
  ])("between notebooks exported together to %s lead to what they become", async (to, ending, variant) => {
    const warnings: string[] = [];
    const options = {
      to,
      output: `${out}/`,
      warn: (sentence: string) => void warnings.push(sentence),
      ...(variant ? { variant } : {}),
    };
    const [file] = await exportNotebooks([notebook(source), join(course, "b.ipynb")], options);
    const text = readFileSync(file!.path, "utf8");
    const cell =
      to === "ipynb"
        ? (JSON.parse(text) as { cells: [{ source: string[] }] }).cells[0].source.join("")
        : text;
    expect(addressesOf(cell).filter((address) => /^[ab]/.test(address))).toEqual([
      `b${ending}#Part-2`,
      `b${ending}`,
      `a${ending}`,
      `b${ending}`,
    ]);
    expect(cell).toContain("[b](b.ipynb)");
    expect(warnings).toEqual([]);
    // Alone later, beside the export that is there already.
    await exportNotebook(join(course, "a.ipynb"), options);
    expect(warnings).toEqual([]);
  });

  test("lead on into other folders, from where the export is", async () => {
    mkdirSync(join(course, "week 2"));
    writeFileSync(join(course, "week 2", "c.ipynb"), ipynb(cellsOf([{ source: "[a](../a.ipynb)" }])));
    const path = notebook("[c](week%202/c.ipynb#x)");
    const [a, c] = await exportNotebooks([path, join(course, "week 2", "c.ipynb")], { to: "html" });
    expect(addressesOf(readFileSync(a!.path, "utf8"))).toEqual(["week%202/c.html#x"]);
    expect(addressesOf(readFileSync(c!.path, "utf8"))).toEqual(["../a.html"]);
  });

  test.each<[string, Format, string]>([
    [
      "[b](b.ipynb)",
      "html",
      'links to "b.ipynb", which is not exported beside it; expected the two to be exported together.',
    ],
    [
      "[b](b.ipynb)",
      "ipynb",
      'links to "b.ipynb", which is not exported beside it; expected the two to be exported together.',
    ],
    [
      "[c](none.ipynb#x)",
      "md",
      'links to "none.ipynb#x", which is not exported beside it; expected the two to be exported together.',
    ],
    [
      "[d](data.csv)",
      "slides",
      'links to "data.csv", which leads nowhere from the export; expected a file beside it.',
    ],
    [
      "<a href='/etc/hosts'>h</a>",
      "html",
      'links to "/etc/hosts", which leads nowhere from the export; expected a file beside it.',
    ],
  ])("%s in %s is named where it leads nowhere", async (source, to, sentence) => {
    expect((await exported(source, to)).warnings).toEqual([`In a.ipynb, cell 1 ${sentence}`]);
  });

  test.each<[string, Format]>([
    ["[d](data.csv)", "html"],
    ["[b](b.ipynb)", "md"],
  ])("%s in %s beside the notebook is right as it is", async (source, to) => {
    const { warnings, text } = await exported(source, to, { output: `${course}/` });
    expect(warnings).toEqual([]);
    expect(addressesOf(text)).toEqual([/\((.*)\)/.exec(source)![1]]);
  });
});
