import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-chinese-"));

function run(args: string[], env: NodeJS.ProcessEnv): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(process.cwd(), "dist", "cli.js"), ...args],
    { encoding: "utf8", cwd: folder, env: { ...process.env, TSLAB_GRADIENTS_LANGUAGE: "", ...env } },
  );
  return { code: status, out: stdout, err: stderr };
}

const cell = (source: string, outputs: object[], count: number | null = 1) => ({
  cell_type: "code",
  source,
  outputs,
  execution_count: count,
  metadata: {},
});
const notebook = (...cells: object[]): string =>
  JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
const picture = { output_type: "display_data", data: { "image/png": "iVBO" }, metadata: {} };
const path = { output_type: "stream", name: "stdout", text: "wrote /home/eve/x.bin" };
const failure = { output_type: "error", ename: "RangeError", evalue: "too deep", traceback: [] };

mkdirSync(join(folder, "folder"));
for (const [name, text] of Object.entries({
  "text.ipynb": "no notebook",
  "list.ipynb": "[]",
  "old.ipynb": '{ "nbformat": 2 }',
  "good.ipynb": notebook(cell("1;", [])),
  "bad.ipynb": notebook(
    cell("let x = 1;", [picture]),
    cell("x;", [path], 1),
    cell("f();", [failure], 3),
    cell("g();", [], null),
  ),
  "marks.ipynb": notebook(cell("// END SOLUTION", [])),
  "near.ipynb": notebook(cell("1;\n// BEGIN SOLUTON", [])),
  "tag.ipynb": notebook({ ...cell("1;", []), metadata: { tags: ["soluton"] } }),
  "solved.ipynb": notebook({ ...cell("const b = f(1) + g(2);", []), metadata: { tags: ["solution"] } }),
  "leak.ipynb": notebook(
    { ...cell("const b = f(1) + g(2);", []), metadata: { tags: ["solution"] } },
    cell("2;", [{ output_type: "stream", name: "stdout", text: "const b = f(1) + g(2);" }], 2),
  ),
  "reference.json": '{ "networks": {} }',
}))
  writeFileSync(join(folder, name), text);

const refused: [args: string, code: number, chinese: string][] = [
  ["gradients --layer-sizes 3", 2, "layerSizes 是 [3]；应至少有两项：输入的宽度和一层的宽度。"],
  ["gradients --layer-sizes 3,x", 2, 'layerSizes[1] 是 "x"；应为不小于 1 的整数。'],
  ["gradients --seed 1.5", 2, '--seed 是 "1.5"；应为 -2^63 到 2^64 - 1 的整数。'],
  ["gradients --target far", 2, '--target 是 "far"；应为有限的数。'],
  ["gradients --input 7", 2, "--input 是 '7'；应为 JSON 写的若干行数，例如 '[[1, 0, -1]]'。"],
  ["gradients --gelu exact", 2, 'GELU 的形式是 "exact"；应为 "none"（精确）或 "tanh"。'],
  ["verify none.json", 2, "none.json 无法读取：没有这个文件；应为 make_reference.py 写出的文件。"],
  ["verify reference.json", 2, 'reference.json 里没有列表 "networks"；应为 make_reference.py 写出的内容。'],
  ["new lesson.txt", 2, '笔记本是 "lesson.txt"；名字应以 .ipynb 结尾，例如 lesson.ipynb。'],
  ["new good.ipynb", 2, "good.ipynb 已经存在；应为新的名字。"],
  ["new lesson.ipynb --language de", 2, '语言是 "de"；应为 "en" 或 "zh"。'],
  ["export none.ipynb", 2, "none.ipynb 不存在。"],
  ["export folder", 2, "folder 是文件夹；应为笔记本。"],
  ["export list.ipynb", 2, "list.ipynb 不是笔记本；应为带有 nbformat 的 JSON 对象。"],
  ["export old.ipynb", 2, "old.ipynb 的 nbformat 是 2；应为 3 或 4。"],
  ["export good.ipynb --to docx", 2, '格式是 "docx"；应为 html, slides, pdf, md, ts, ipynb 之一。'],
  ["export good.ipynb --to ipynb -o good.ipynb", 2, "good.ipynb 就是笔记本自己；请用 -o 指明另一个路径。"],
  [
    "export good.ipynb --variant key",
    2,
    "good.ipynb 里没有答案；应有带 solution 标签的单元格，或 // BEGIN SOLUTION 与 // END SOLUTION。",
  ],
  [
    "export marks.ipynb --variant student",
    2,
    "第 1 个单元格（In [1]）的第 1 行有 END SOLUTION，而它前面没有 BEGIN SOLUTION。",
  ],
  [
    "export near.ipynb --variant student",
    2,
    '第 1 个单元格（In [1]）的第 2 行有 "// BEGIN SOLUTON"，看起来像标记；请写成单独一行的 // BEGIN SOLUTION。',
  ],
  [
    "export tag.ipynb --variant student",
    2,
    '第 1 个单元格（In [1]）有标签 "soluton"，看起来像标记；请写成标签 solution。',
  ],
  [
    "export leak.ipynb --variant student",
    2,
    '第 2 个单元格（In [2]）的输出里有第 1 个单元格（In [1]）第 1 行中的 "const b = f(1) + g(2);"；不应有答案或答案所显示的内容。',
  ],
  [
    "export bad.ipynb",
    2,
    [
      '第 2 个单元格（In [1]）先于给出 "x" 的第 1 个单元格（In [1]）运行；请再运行，或用 `--allow stale` 放行。',
      '第 3 个单元格（In [3]）运行失败："RangeError: too deep"；请改正后再运行，或用 `--allow failed` 放行。',
      "第 4 个单元格没有运行过；请运行，或用 `--allow failed` 放行。",
      "第 1 个单元格（In [1]）的图片（image/png）没有替代文字；请加上说明，或用 `--allow alt` 放行。",
      '第 2 个单元格（In [1]）的输出里有路径 "/home/eve/x.bin"；请去掉，或用 `--allow private` 放行。',
    ].join("\n"),
  ],
];

describe("a reader of Chinese", () => {
  test.each(refused)("%s", (args, code, chinese) => {
    expect(run(args.split(" "), { LANG: "zh_CN.UTF-8" })).toEqual({
      code,
      out: "",
      err: `tslab-gradients: ${chinese}\n`,
    });
  });

  it("is told of pictures and links that lead nowhere", () => {
    const source = "![a](none.png) ![b](../c.png) ![c](data:image/png;base64,%) [d](none.ipynb) [e](e.csv)";
    const cells = [{ cell_type: "markdown", source, metadata: {} }];
    writeFileSync(
      join(folder, "links.ipynb"),
      JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    );
    const { code, err } = run(["export", "links.ipynb", "--to", "md"], { LC_ALL: "zh_CN.UTF-8" });
    expect({ code, err: err.trimEnd().split("\n") }).toEqual({
      code: 0,
      err: [
        '要显示 "none.png"，但它不存在；应为笔记本文件夹里的图片。',
        '要显示 "../c.png"，但它不存在；应为笔记本文件夹里的图片。',
        '要显示 "data:image/png;base64,%"，但它无法解码；应为 base64 或百分号编码的字节。',
        '链接到 "none.ipynb"，但它没有同它一起导出；这两份笔记本应一起导出。',
        '链接到 "e.csv"，但它从导出的文件出发找不到；应为旁边的文件。',
      ].map((sentence) => `tslab-gradients: links.ipynb 中第 1 个单元格${sentence}`),
    });
  });

  it("is told which of several notebooks is meant", () => {
    const { code, err } = run(["export", "good.ipynb", "bad.ipynb"], { LC_ALL: "zh_CN.UTF-8" });
    expect(code).toBe(2);
    expect(err).toContain("\nbad.ipynb：第 4 个单元格没有运行过；请运行，或用 `--allow failed` 放行。\n");
  });

  it("is told what was written", () => {
    const { code, out } = run(["export", "good.ipynb", "--to", "md"], { LC_ALL: "zh_CN.UTF-8" });
    expect({ code, out }).toEqual({ code: 0, out: "已写出 good.md，1 kB。\n" });
    const student = run(["export", "good.ipynb", "solved.ipynb", "--to", "md", "--variant", "student"], {
      LANG: "zh_CN",
    });
    expect(student.out).toBe("已写出 good-student.md 等文件，另有 1 个，共 1 kB；去掉了 0 + 1 处答案。\n");
    const english = { TSLAB_GRADIENTS_LANGUAGE: "en" };
    const said = (name: string): string =>
      run(["export", name, "--to", "md", "--variant", "student"], english).out;
    expect(said("good.ipynb")).toBe("Wrote good-student.md, 1 kB; 0 solutions removed.\n");
    expect(said("solved.ipynb")).toBe("Wrote solved-student.md, 1 kB; 1 solution removed.\n");
  });
});

describe("help", () => {
  const commands = ["gradients", "verify", "export", "new", "setup", "start", "install", "kernel", "doctor"];
  it.each(["", ...commands])("is in Chinese: %s", (command) => {
    const { code, out } = run(command === "" ? ["--help"] : ["help", command], { LANG: "zh_CN.UTF-8" });
    expect(code).toBe(0);
    expect(out).toMatch(/^用法： tslab-gradients /);
    // Two spaces end what stands in the first column; what commander says of defaults is its own.
    for (const line of out.split("\n").slice(1))
      expect(line.replace(/ \(default: .*?\)/, "")).toMatch(/^$|[：。\p{Script=Han}][^。]*$/u);
    expect(out).not.toMatch(/\b(the|a|of|by|for|and|what|as)\b/);
  });
});

describe("the variable", () => {
  const args = ["gradients", "--seed", "1.5"];
  const english = 'tslab-gradients: --seed is "1.5"; expected a whole number from -2^63 to 2^64 - 1.\n';
  const chinese = 'tslab-gradients: --seed 是 "1.5"；应为 -2^63 到 2^64 - 1 的整数。\n';
  it.each([
    ["en", "zh_CN.UTF-8", english],
    ["zh", "en_US.UTF-8", chinese],
    ["", "en_US.UTF-8", english],
  ])("%j goes before the locale %s", (variable, LC_ALL, told) => {
    expect(run(args, { LC_ALL, TSLAB_GRADIENTS_LANGUAGE: variable }).err).toBe(told);
  });
});
