import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCells, streamOf } from "../kernel/kernel";
import { expectAlike } from "./alike";
import {
  type Notebook,
  type Output,
  codeCells,
  execute,
  fileOf,
  languages,
  readNotebook,
  stockKernel,
  textOf,
} from "./notebook";

// The chapter's printed numbers, layers 0 to 4: without and with shortcuts, then the same with the tanh form.
const book = [
  0.0002017411752603948, 0.00012011770741082728, 0.0007152437465265393, 0.0013988513965159655,
  0.005049604922533035, 0.22186796367168427, 0.207092747092247, 0.32923877239227295, 0.2667771875858307,
  1.3268063068389893, 0.00020173587836325169, 0.0001201116101583466, 0.0007152041653171182,
  0.001398873864673078, 0.005049646366387606, 0.22169792652130127, 0.20694105327129364, 0.32896995544433594,
  0.2665732502937317, 1.3258541822433472,
];

const tolerance = 1e-6;
const isClose = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));

const numeral = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** Expects equality but for the last digits of numbers, in texts as well, and for the blanks that pad them. */
function expectClose(actual: unknown, expected: unknown, where: string): void {
  if (typeof actual === "number" && typeof expected === "number") {
    expect(isClose(actual, expected), `${where}: ${actual} where ${expected} was expected`).toBe(true);
  } else if (typeof actual === "string" && typeof expected === "string") {
    const blank = (text: string): string => text.replace(numeral, "#").replace(/ +/g, " ");
    expect(blank(actual), where).toBe(blank(expected));
    const numbers = (text: string): number[] => (text.match(numeral) ?? []).map(Number);
    numbers(actual).forEach((value, i) => expectClose(value, numbers(expected)[i], where));
  } else if (typeof actual === "object" && actual !== null && typeof expected === "object") {
    expect(Object.keys(actual), where).toEqual(Object.keys(expected ?? {}));
    for (const [key, value] of Object.entries(actual)) {
      expectClose(value, (expected as Record<string, unknown>)[key], `${where}.${key}`);
    }
  } else {
    expect(actual, where).toEqual(expected);
  }
}

const pictures = ["image/png", "image/svg+xml"];

/** An output with its pictures taken out, and lines of text joined. */
function comparable({ output_type, name, text, data, metadata }: Output): unknown {
  if (output_type === "stream") return { output_type, name, text: textOf(text) };
  const rest = Object.entries(data ?? {})
    .filter(([type]) => !pictures.includes(type))
    .map(([type, value]) => [type, type === "text/plain" ? textOf(value as string) : value]);
  return { output_type, data: Object.fromEntries(rest), metadata };
}

function expectSameOutputs(actual: Notebook, expected: Notebook): void {
  const [a, b] = [codeCells(actual), codeCells(expected)];
  expect(a.map(({ id }) => id)).toEqual(b.map(({ id }) => id));
  for (const [i, { id, outputs = [] }] of a.entries()) {
    for (const { data } of outputs.filter(({ output_type }) => output_type === "display_data")) {
      expect(Buffer.from(textOf(data?.["image/png"] as string), "base64").length, id).toBeGreaterThan(5000);
      expect(textOf(data?.["image/svg+xml"] as string), id).toMatch(/^<svg[^]*<\/svg>\s*$/);
    }
    expectClose(outputs.map(comparable), (b[i]?.outputs ?? []).map(comparable), id);
  }
}

/** What the cell of that id printed. */
function printedBy(notebook: Notebook, id: string): string {
  const outputs = codeCells(notebook).find((cell) => cell.id === id)?.outputs ?? [];
  return outputs
    .filter(({ name }) => name === "stdout")
    .map(({ text }) => textOf(text))
    .join("");
}

const meansIn = (text: string): number[] =>
  [...text.matchAll(/ has gradient mean of (\S+)/g)].map((match) => Number(match[1]));

function expectBook(notebook: Notebook): void {
  const means = ["without", "with", "tanh"].flatMap((id) => meansIn(printedBy(notebook, id)));
  expect(means).toHaveLength(20);
  means.forEach((mean, i) => expectClose(mean, book[i], `number ${i}`));
  expect(printedBy(notebook, "table")).toMatch(/^20 (?:of 20 pass|个里 20 个通过)$/m);
}

describe.each(languages)("the notebook in %s", (language) => {
  const file = fileOf(language);
  const notebook = readNotebook(file);

  it("is a clean nbformat 4.5 file that names the kernel", () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec).toMatchObject({ name: "tslab", language: "typescript" });
    expect(Object.keys(notebook.metadata).sort()).toEqual(["kernelspec", "language_info"]);
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // In [4] asks for a guess in a page, and the paragraph that tells it waits; nothing else is said of any cell.
    const answer = expect.stringMatching(/25/) as string;
    expect(
      notebook.cells.map(({ metadata }) => metadata).filter((own) => Object.keys(own).length > 0),
    ).toEqual([
      { tags: ["predict"], "tslab-gradients": { predict: expect.objectContaining({ answer }) } },
      { tags: ["after-predict"] },
    ]);
    expect(codeCells(notebook).map((cell) => cell.execution_count)).toEqual(
      codeCells(notebook).map((_, i) => i + 1),
    );
    expect(
      codeCells(notebook)
        .slice(0, 5)
        .map(({ id }) => id),
    ).toEqual(["class", "model", "print", "without", "with"]);
  });

  it("holds no path of a machine", () => {
    const text = readFileSync(file, "utf8").replace(/"image\/png": ".*?"/g, "");
    expect(text).not.toMatch(/\/(?:home|root|Users|tmp|work|usr|var)\/|[A-Z]:\\\\/);
    for (const path of [homedir(), process.cwd()]) expect(text).not.toContain(path);
  });

  it("shows pictures that are there, each with an alternative text", () => {
    const images = notebook.cells
      .filter(({ cell_type }) => cell_type === "markdown")
      .flatMap(({ source }) => [...textOf(source).matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)]);
    expect(images.length).toBeGreaterThan(0);
    for (const [, alt, path] of images) {
      expect(alt?.length).toBeGreaterThan(40);
      expect(existsSync(join(dirname(file), path!)), path).toBe(true);
    }
  });

  it("holds the book's numbers", () => expectBook(notebook));

  it("executes in the project's kernel with the outputs that it holds", async () => {
    const executed = await execute(file);
    expectSameOutputs(executed, notebook);
    expectBook(executed);
  });
});

describe("an unmodified tslab kernel", () => {
  const name = "tslab-gradients-stock";
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "tslab-gradients-stock-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  // Both languages have the same code, as is tested below.
  it("executes the notebook with the same outputs", async () => {
    const file = fileOf("en");
    const executed = await execute(file, { kernel: name, env: stockKernel(folder, name) });
    expectSameOutputs(executed, readNotebook(file));
    expectBook(executed);
  });
});

it.each(["wasm", "cpu"])("the numbers are the book's on %s as well", async (backend) => {
  const only = ["class", "model", "print", "without", "with", "tanh", "table"];
  expectBook(await execute(fileOf("en"), { only, env: { TSLAB_GRADIENTS_BACKEND: backend } }));
});

it("is the same in both languages, cell by cell, down to every number printed", () => {
  const [zh, en] = languages.map((language) => readNotebook(fileOf(language))) as [Notebook, Notebook];
  expectAlike(zh, en);
});

/** What the notebook says of edited cells, tried. */
it("cells can be edited in place", async () => {
  const cells = Object.fromEntries(
    codeCells(readNotebook(fileOf("en"))).map(({ id, source }) => [id, textOf(source)]),
  ) as Record<string, string>;
  const { model = "", print = "", without = "", plot = "" } = cells;
  const withShortcut = cells.with!;
  const sizes = (text: string): string => model.replace("[3, 3, 3, 3, 3, 1]", text);
  const deep = sizes("[...Array<number>(30).fill(3), 1]");
  const addition = "tf.add(x, layerOutput)";
  const scaled = cells.class!.replace(addition, `tf.mul(${addition}, Math.SQRT1_2)`);
  // Exercise 2: a linear layer without bias where the shapes differ, made after all the others.
  const projected = cells
    .class!.replace("\n  constructor", "  readonly projections: nn.ModuleList<nn.Linear>;\n\n  constructor")
    .replace("this.layers = new nn.ModuleList();", "$&\n    this.projections = new nn.ModuleList();")
    .replace(
      "\n  forward(x",
      "\n  project(layerSizes: number[]): this {\n    for (let i = 1; i < layerSizes.length; i++)\n" +
        "      if (layerSizes[i - 1] !== layerSizes[i])\n" +
        "        this.projections.append(new nn.Linear(layerSizes[i - 1], layerSizes[i], { bias: false }));\n" +
        "    return this;\n  }\n\n  forward(x",
    )
    .replace("for (const layer of", "let next = 0;\n    for (const layer of")
    .replace(
      `this.useShortcut && sameShape(x, layerOutput) ? ${addition} : layerOutput`,
      "this.useShortcut ? tf.add(sameShape(x, layerOutput) ? x : this.projections[next++].forward(x), layerOutput) : layerOutput",
    );
  const projecting = withShortcut.replace(
    "{ useShortcut: true })",
    "{ useShortcut: true }).project(layerSizes)",
  );
  const messages = await runCells([
    ...[cells.class!, sizes("[3, 8, 8, 8, 1]"), print, without, withShortcut, plot],
    ...[sizes("[3, 4, 2]"), without],
    ...[deep, without, withShortcut],
    ...[scaled, deep, withShortcut],
    ...[projected, sizes("[3, 8, 8, 8, 1]"), projecting],
  ]);
  const failures = messages.map((cell) => streamOf(cell, "stderr"));
  expect(failures.filter((text, i) => text !== "" && i !== 7)).toEqual([]);
  const means = messages.map((cell) => meansIn(streamOf(cell, "stdout")));

  expect(means[3]).toHaveLength(4);
  expect(means[4]?.[0]).toBeCloseTo(0.0028, 4);
  const figure = messages[5]?.find(({ type }) => type === "display_data")?.content.data?.[
    "application/vnd.plotly.v1+json"
  ] as { data: { x: number[] }[] };
  expect(figure.data.map(({ x }) => x.length)).toEqual([4, 4]);

  // A target narrower than the output is repeated, with one warning.
  expect(failures[7]?.trim()).toMatch(/^MSELoss got .*\[1, 2\].*\[1, 1\].*$/);
  expect(means[7]).toHaveLength(2);

  // Exercises 1 and 3.
  expect(means[9]).toHaveLength(30);
  expect(means[9]?.[0]).toBeCloseTo(1.03e-21, 23);
  expect(means[10]?.[0]).toBeCloseTo(4249, 0);
  expect(means[13]?.[0]).toBeCloseTo(9.07e-7, 8);
  expect(means[13]?.[29]).toBeCloseTo(0.006, 3);
  expect(means[16]?.[0]).toBeCloseTo(0.0211, 4);
});
