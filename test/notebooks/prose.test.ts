import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { facts } from "./facts";
import { type Cell, type Notebook, languages, notebooks, readNotebook, textOf } from "./notebook";

/** A number as prose writes it, what it counts, and half a unit of its last digit: so far it may be rounded. */
interface Numeral {
  text: string;
  value: number;
  half: number;
}

const numeral = /(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?(?![\w]|\.\d)%?/g;

function numeralOf(text: string): Numeral {
  const [, mantissa = "", exponent = "0"] = /^([-\d.,]+?)(?:e([+-]?\d+))?%?$/.exec(text)!;
  const scale = 10 ** Number(exponent) / (text.endsWith("%") ? 100 : 1);
  const digits = mantissa.replace(/,/g, "");
  const decimals = digits.split(".")[1]?.length ?? 0;
  return { text, value: Number(digits) * scale, half: 0.5 * 10 ** -decimals * scale };
}

/** The numbers that readers read as results: not in code, mathematics, addresses, tables of PyTorch's names or references. */
function numbersOfProse(source: string): Numeral[] {
  const text = source
    .replace(/<details><summary>(?:The same in PyTorch|对应的 PyTorch 写法)[^]*?<\/details>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\$\$[^]*?\$\$|\$[^$\n]*\$/g, " ")
    .replace(/`[^`]*`/g, " ")
    .replace(/\]\([^)]*\)/g, "]")
    .replace(/^#+ \d+\./gm, " ")
    .replace(/^\*\*\d+\./gm, " ")
    // Figures, sections, questions and exercises of a number, and names that hold one.
    .replace(/(?:Figures?|图) \d+\.\d+/g, " ")
    .replace(/(?:[Ss]ections?|[Ee]xercises?|[Qq]uestions?)(?: \d+(?:,| and)?)+/g, " ")
    .replace(/第 [\d、]+ (?:节|题)|练习 \d+/g, " ")
    .replace(/float\d+|GPT-\d+/g, " ");
  return [...text.matchAll(numeral)].map(([found]) => numeralOf(found));
}

/** Every number in what cells hold and print; percentages also as they are read. */
function numbersOfCells(cells: readonly Cell[]): number[] {
  const texts = cells.flatMap(({ source, outputs = [], metadata }) => [
    textOf(source),
    JSON.stringify(metadata["tslab-gradients"] ?? ""),
    ...outputs.flatMap(({ text, data }) => [
      textOf(text),
      textOf(data?.["text/plain"] as string | undefined),
    ]),
  ]);
  return texts.flatMap((text) =>
    [...text.matchAll(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(%?)/gi)].map(([found, percent]) =>
      percent ? Number(found.slice(0, -1)) / 100 : Number(found),
    ),
  );
}

/** Whether one of them is written so; prose speaks of sizes and leaves a sign away. */
function isAmong(numbers: readonly number[], { value, half }: Pick<Numeral, "value" | "half">): boolean {
  return numbers.some((number) => Math.abs((value < 0 ? number : Math.abs(number)) - value) <= half * 1.001);
}

/** The code cells between the headings around each cell of prose; before the first and after the last all of them. */
function sectionsOf({ cells }: Notebook): Map<Cell, Cell[]> {
  const sections: Cell[][] = [[]];
  for (const cell of cells) {
    if (cell.cell_type === "markdown" && /^#{1,2} /.test(textOf(cell.source))) sections.push([]);
    sections.at(-1)!.push(cell);
  }
  const code = (list: Cell[]): Cell[] => list.filter(({ cell_type }) => cell_type === "code");
  const whole = code(cells);
  return new Map(
    sections.flatMap((section) => {
      const own = code(section);
      return section.map((cell) => [cell, own.length > 0 ? own : whole] as const);
    }),
  );
}

describe.each(notebooks)("the prose of %s", (name) => {
  it.each(languages)("holds no number that no cell prints, in %s", (language) => {
    const notebook = readNotebook(resolve("notebooks", language, `${name}.ipynb`));
    const sections = sectionsOf(notebook);
    const strays: string[] = [];
    const known = new Set<string>();
    for (const cell of notebook.cells.filter(({ cell_type }) => cell_type === "markdown")) {
      const printed = numbersOfCells(sections.get(cell)!);
      const listed = facts[name]?.[cell.id] ?? {};
      for (const { text, value, half } of numbersOfProse(textOf(cell.source))) {
        const plain = text.replace(/,/g, "");
        if (isAmong(printed, { value, half })) continue;
        const fact = listed[plain];
        if (fact === undefined) {
          strays.push(`${cell.id}: ${text}`);
          continue;
        }
        known.add(`${cell.id} ${plain}`);
        const source = "cell" in fact ? notebook.cells.filter(({ id }) => id === fact.cell) : [];
        if ("cell" in fact)
          expect(isAmong(numbersOfCells(source), { value, half }), `${cell.id}: ${text}`).toBe(true);
      }
    }
    expect(strays).toEqual([]);
    // A fact that nothing needs is one that nobody checks.
    const all = Object.entries(facts[name] ?? {}).flatMap(([id, list]) =>
      Object.keys(list).map((n) => `${id} ${n}`),
    );
    expect(all.filter((fact) => !known.has(fact))).toEqual([]);
  });
});

it("finds a number that is not there", () => {
  expect(
    numbersOfProse("about 1,100 times, 0.08%, -16 or 3.4e-40; `12`, $2^{-126}$, section 8, Figure 4.12").map(
      ({ text }) => text,
    ),
  ).toEqual(["1,100", "0.08%", "-16", "3.4e-40"]);
  expect([12.575, 12.7, -12.6].map((number) => isAmong([number], numeralOf("12.6")))).toEqual([
    true,
    false,
    true,
  ]);
  expect([-16, 16].map((number) => isAmong([number], numeralOf("-16")))).toEqual([true, false]);
  expect(isAmong([0.6], numeralOf("0.6%"))).toBe(false);
});
