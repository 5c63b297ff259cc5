import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportNotebook } from "../../dist/export";
import { ipynb } from "../../dist/export/writenotebook";
import { cellsOf } from "./cells";
import { course, exported, files, notebook, out, shown } from "./course";

const formats = ["html", "slides", "md", "ipynb"] as const;

describe.each(formats)("a picture in %s", (to) => {
  test.each<[source: string, content: string | string[]]>([
    ["![a](fig.svg)", files["course/fig.svg"]!],
    ["![a](./inside/../fig.svg)", files["course/fig.svg"]!],
    ["![a](<my pic.png>)", "my pic"],
    ["![a](my%20pic.png 'title')", "my pic"],
    ["![a][p]\n\n[p]: <my pic.png>", "my pic"],
    ['<img alt="a" src="my pic.png">', "my pic"],
    ["<img src=my%20pic.png alt=a>", "my pic"],
    ["![a](literal%20pic.png)", "literal"],
    ["![a](50%.png)", "half"],
    ["![a](50%25.png)", "half"],
    ["![a](a#b?c.png)", "odd"],
    ["![a](a%23b%3Fc.png)", "odd"],
    ["![a](50%25.png?raw=true#x)", "half"],
    ["<img src='a&amp;b.png' alt=''>", "and"],
    ["![a](cafe\u0301.png)", "composed"],
    ["![a](图/梯度.png)", "gradient"],
    ["![a](图\\梯度.png)", "gradient"],
    ["![a](alias/real.png)", "real"],
    ["![a](attachment:at%201%.png)", "attached"],
    ["![a](attachment:at%201%25.png)", "attached"],
    [
      "![a](one/fig.png) ![b](two/fig.png) ![c](one/fig.png) ![d](two/FIG.png)",
      ["one", "two", "one", "capital"],
    ],
    ["![a](data:image/svg+xml,%3Csvg%3E50%%3C/svg%3E)", "<svg>50%</svg>"],
  ])("%j", async (source, content) => {
    const { text, warnings, written } = await exported(source, to);
    expect(warnings).toEqual([]);
    const held = to === "ipynb" && source.includes("attachment:");
    expect(shown(text, to)).toEqual(held ? [/attachment:[^)]*/.exec(source)![0]] : [content].flat());
    expect(new Set(written.map(({ path }) => path.toLowerCase())).size).toBe(written.length);
    for (const { path, size } of written) expect(readFileSync(path)).toHaveLength(size);
  });

  test.each<[source: string, sentence: string]>([
    ["![a](none.png)", '"none.png", which is not there; expected a picture in the notebook\'s folder.'],
    ["![a](dead.png)", '"dead.png", which is not there; expected a picture in the notebook\'s folder.'],
    [
      "![a](../secret.png)",
      '"../secret.png", which lies outside the notebook\'s folder; expected a picture in it.',
    ],
    [
      "![a](..%2Fsecret.png)",
      '"..%2Fsecret.png", which lies outside the notebook\'s folder; expected a picture in it.',
    ],
    [
      "![a](away/secret.png)",
      '"away/secret.png", which lies outside the notebook\'s folder; expected a picture in it.',
    ],
    [
      "![a](/secret.png)",
      '"/secret.png", which lies outside the notebook\'s folder; expected a picture in it.',
    ],
    [
      "![a](file:///secret.png)",
      '"file:///secret.png", which lies outside the notebook\'s folder; expected a picture in it.',
    ],
    [
      "<img src='C:\\secret.png' alt=a>",
      '"C:\\\\secret.png", which lies outside the notebook\'s folder; expected a picture in it.',
    ],
    ["![a](dir.png)", '"dir.png", which is a folder; expected a picture.'],
    ["![a](note.txt)", '"note.txt", which is no picture; expected a file such as figure.svg or figure.png.'],
    [
      "![a](attachment:none.png)",
      '"attachment:none.png", which is none of its attachments; expected the name of one.',
    ],
    [
      "![a](attachment:constructor)",
      '"attachment:constructor", which is none of its attachments; expected the name of one.',
    ],
    ["![a](data:image/png;base64,%%)", "which cannot be decoded; expected base64 or percent-encoded bytes."],
    [
      "![a](data:image/svg+xml,%E0%A4%A)",
      "which cannot be decoded; expected base64 or percent-encoded bytes.",
    ],
    [
      "<img src='data:image/svg+xml,%FF' alt=a>",
      "which cannot be decoded; expected base64 or percent-encoded bytes.",
    ],
  ])("%j is named in a sentence", async (source, sentence) => {
    const { warnings, written, text } = await exported(`${source} ${source}`, to);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^In a\.ipynb, cell 1 shows "/);
    expect(warnings[0]!.endsWith(sentence)).toBe(true);
    expect(written).toHaveLength(1);
    expect(text).not.toContain(Buffer.from("secret").toString("base64"));
  });

  test.each(["`![a](fig.svg)`", "```\n![a](my%20pic.png)\n```", "    <img src='none.png'>"])(
    "%j is code",
    async (source) => {
      const { warnings, written, text } = await exported(source, to);
      expect({ warnings, written: written.length, shown: shown(text, to) }).toEqual({
        warnings: [],
        written: 1,
        shown: [],
      });
    },
  );
});

describe("in Markdown", () => {
  test("a label that two cells define means in each what it means there", async () => {
    const path = join(course, "a.ipynb");
    const cells = [
      { source: "![a][p]\n\n[p]: one/fig.png" },
      { source: '![b][P] and [c][] and ![p]\n\n[p]: two/fig.png "the \\"second\\""\n[c]: https://c.example' },
      { source: "![d][p]\n\n[p]: one/fig.png" },
    ];
    writeFileSync(path, ipynb(cellsOf(cells)));
    const [file] = await exportNotebook(path, { to: "md", output: `${out}/` });
    const text = readFileSync(file!.path, "utf8");
    expect(text).toContain(
      '![b](a_files/fig-2.png "the \\"second\\"") and [c][] and ![p](a_files/fig-2.png "the \\"second\\"")',
    );
    expect(text).toContain("![d][p]");
    expect(text.indexOf("[p]: a_files/fig.png")).toBeLessThan(text.indexOf("[p]: a_files/fig-2.png"));
  });

  test("outputs' HTML and Markdown have their pictures too", async () => {
    const outputs = [
      {
        type: "display_data" as const,
        data: { "text/html": "<img src=one/fig.png alt=a>" },
        metadata: {},
        executionCount: null,
      },
    ];
    const path = join(course, "a.ipynb");
    writeFileSync(path, ipynb(cellsOf([{ code: "f()", count: 1, outputs }])));
    const [md, picture] = await exportNotebook(path, { to: "md", output: `${out}/` });
    expect(readFileSync(md!.path, "utf8")).toContain("<img src=a_files/fig.png alt=a>");
    expect(readFileSync(picture!.path, "utf8")).toBe("one");
    const [html] = await exportNotebook(path, { to: "html", output: `${out}/` });
    expect(shown(readFileSync(html!.path, "utf8"), "html")).toEqual(["one"]);
  });

  test("code is named by the notebook's language", async () => {
    const path = join(course, "a.ipynb");
    for (const [name, fence] of [
      ["typescript", "```ts\n"],
      ["python", "```python\n"],
      [undefined, "```\n"],
    ]) {
      writeFileSync(
        path,
        ipynb({ ...cellsOf([{ code: "x", count: 1 }]), metadata: { language_info: { name } } }),
      );
      const [file] = await exportNotebook(path, { to: "md", output: `${out}/` });
      expect(readFileSync(file!.path, "utf8").startsWith(fence!)).toBe(true);
    }
  });
});

test("a notebook beside the notebook keeps its pictures' addresses", async () => {
  const path = notebook("![a](<my pic.png>) ![b](alias/real.png)");
  const written = await exportNotebook(path, { to: "ipynb", variant: "student" });
  expect(written.map(({ path }) => path)).toEqual([join(course, "a-student.ipynb")]);
  expect(readFileSync(written[0]!.path, "utf8")).toContain("![a](<my pic.png>) ![b](alias/real.png)");
});

test("a page of more pictures than a browser takes is refused, and nothing is written", async () => {
  writeFileSync(join(course, "huge.png"), Buffer.alloc(60e6));
  await expect(exported("![a](huge.png) ![b](huge.png)", "html")).rejects.toThrow(
    'shows pictures of more than 100 MB up to "huge.png"; expected fewer or smaller ones, or `--to md`.',
  );
  expect(existsSync(out)).toBe(false);
  expect((await exported("![a](huge.png) ![b](huge.png)", "md")).written[1]!.size).toBe(60e6);
});

describe("nothing of the notebook's is overwritten", () => {
  test("a picture in the folder that an export copies to", async () => {
    mkdirSync(join(course, "a_files"));
    writeFileSync(join(course, "a_files", "fig.png"), "own");
    const source = "![a](one/fig.png) ![b](a_files/fig.png)";
    await expect(exported(source, "md", { output: `${course}/` })).rejects.toThrow(
      "a_files/fig.png is a picture that the notebook shows; expected another path with -o.",
    );
    expect(readFileSync(join(course, "a_files", "fig.png"), "utf8")).toBe("own");
    expect(readdirSync(course)).not.toContain("a.md");
  });

  test("a picture that is copied onto itself stays", async () => {
    mkdirSync(join(course, "a_files"));
    writeFileSync(join(course, "a_files", "own.png"), "own");
    const { text } = await exported("![b](a_files/own.png)", "md", { output: `${course}/` });
    expect(text).toContain("![b](a_files/own.png)");
  });
});
