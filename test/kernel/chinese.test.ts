import { describe, expect, it, test } from "vitest";
import { chineseOf as commandChineseOf, commandSentences } from "../../src/command/chinese";
import { formatHelp } from "../../src/export/formats";
import { chineseOf, machineSentences } from "../../src/kernel/chinese/machinesentences";
import { sentences as sharedSentences } from "../../src/kernel/chinese/cellsentences";
import { quote } from "../../src/nn/quote";
import { Sentences } from "./sentences";

const own = ["nn", "tensorflow", "figures", "runtime", "controls", "kernel", "page/worker"];
const commands = ["export", "command", "cli.ts"];
const found = new Sentences([...own, ...commands]);

/** What keeps a notebook from being published is put together from its parts. */
const problems = found
  .texts("export/guard/")
  .filter(({ sentence }) => sentence.includes("; "))
  .map(({ place, sentence }) => ({ place, sentence: `${sentence}, or allow it with \`--allow ⟨…⟩\`.` }));

const cases = [
  ...own
    .flatMap((folder) => found.told(folder))
    .map((told) => ({ ...told, chinese: chineseOf(told.sentence) })),
  ...[...commands.flatMap((folder) => found.told(folder)), ...problems].map((told) => ({
    ...told,
    chinese: commandChineseOf(told.sentence),
  })),
];

/** The first word that only English has, outside of code. */
function englishIn(text: string): string | undefined {
  const prose = text.replace(/"[^"]*"|`[^`]*`|\[[^\]]*\]|[\w.]+\([^)]*\)|⟨…⟩/g, "");
  const words =
    /[a-z]'s\b|\b(the|is|are|of|an?|and|or|has|was|expected|not|that|than|for|with|to|such|be)\b/i;
  return words.exec(prose)?.[0];
}

describe("every sentence that is thrown or printed", () => {
  it("is found", () => {
    expect(cases.length).toBeGreaterThan(250);
    const all = cases.map(({ sentence }) => sentence);
    expect(all).toContain("The seed is ⟨…⟩; expected a whole number from -2^63 to 2^64 - 1.");
    expect(all).toContain("control.intSlider's min got ⟨…⟩; expected a whole number from ⟨…⟩ to ⟨…⟩.");
    expect(all).toContain("The connection file ⟨…⟩ is missing.");
  });

  test.each(cases)("has its Chinese: $sentence ($place)", ({ sentence, chinese }) => {
    expect(chinese).not.toBe(sentence);
    expect(englishIn(chinese)).toBeUndefined();
  });
});

describe("a value in a sentence", () => {
  const circle: { self?: object } = {};
  circle.self = circle;
  test.each([
    [() => 1, "一个函数"],
    [circle, "一个无法显示的对象"],
    [{ dtype: "float32", shape: [1, 3] }, "形状为 [1, 3]、dtype 为 float32 的张量"],
    [new Uint8Array(3), "一个 Uint8Array"],
    [new DataView(new ArrayBuffer(3)), "一个 DataView"],
    ["a function", ' "a function"'],
    [[1, "3; expected 4"], ' [1,"3; expected 4"]'],
    [1.5, " 1.5"],
    [undefined, " undefined"],
  ])("%o", (value, chinese) => {
    const sentence = `The seed is ${quote(value)}; expected a whole number from -2^63 to 2^64 - 1.`;
    expect(chineseOf(sentence)).toBe(`随机种子是${chinese}；应为 -2^63 到 2^64 - 1 的整数。`);
  });
});

it("leaves a long text of others alone, at once", () => {
  const text = "this is ".repeat(100_000);
  const start = performance.now();
  expect(chineseOf(text)).toBe(text);
  expect(performance.now() - start).toBeLessThan(50);
});

describe("the table", () => {
  const texts = [
    "nn",
    "tensorflow",
    "figures",
    "runtime",
    "controls",
    "kernel",
    "page/worker",
    ...commands,
  ].flatMap((folder) => found.texts(folder).map(({ sentence }) => sentence));
  // The command line's help is put together of the formats that there are.
  const help = [formatHelp.names[0], `write a notebook as ${formatHelp.names[0]}: ${formatHelp.kinds[0]}`];
  const told = [...cases.map(({ sentence }) => sentence), ...texts, ...help];

  test.each(Object.keys({ ...sharedSentences, ...machineSentences, ...commandSentences }))(
    "has nothing that nobody says: %s",
    (english) => {
      const parts = english.split(/\{\w\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      const pattern = new RegExp(`^${parts.join(".*?")}$`);
      expect(told.some((sentence) => pattern.test(sentence))).toBe(true);
    },
  );
});
