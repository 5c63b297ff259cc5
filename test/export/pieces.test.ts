import { describe, expect, test } from "vitest";
import { checkPlaces } from "../../dist/export/leak";
import { variantOf } from "../../dist/export/variant";
import { cellsOf, marked } from "./cells";

type Cells = Parameters<typeof cellsOf>[0][number][];

const checked = (...cells: Cells) => {
  const notebook = cellsOf(cells);
  return () => checkPlaces(notebook, variantOf(notebook, "student"), { outputs: true, metadata: true });
};
const hidden = (code: string): string => `// BEGIN HIDDEN TESTS\n${code}\n// END HIDDEN TESTS`;
const printed = (text: string): Cells => [
  { code: "1;", outputs: [{ type: "stream", name: "stdout", text }] },
];
const media: { [name: string]: (text: string) => Cells } = {
  "an output": printed,
  "a text": (text) => [{ source: `So: \`\` ${text} \`\`` }],
  "a comment": (text) => [{ code: `// ${text}` }],
  "a string": (text) => [{ code: `f(${JSON.stringify(text)})` }],
};

/** A solution, and what of it is whole; compiled code has no types. */
const solutions: [name: string, code: string, said: string][] = [
  ["a result", "function f(x: number) {\n<<\nreturn x * 2;\n>>\n}", "return x * 2"],
  ["an assignment", "let s = 0;\n<<\ns += 2 * x;\n>>", "s += 2 * x;"],
  [
    "a branch",
    "<<\nif (x > limit) throw new RangeError('far');\n>>",
    'if (x > limit) throw new RangeError("far");',
  ],
  ["a loop", "<<\nfor (const v of values) sum += v * v;\n>>", "for (const v of values) sum+=v*v"],
  [
    "a method",
    "class A {\n<<\nforward(x: Tensor) { return add(x, this.f(x)); }\n>>\n}",
    "forward(x) { return add(x, this.f(x)) }",
  ],
  ["a field", "class A {\n<<\nweight = init(3, 3) * gain;\n>>\n}", "weight = init(3, 3) * gain"],
  ["an arrow", "<<\nconst f = (x: number): number => x ** 2 + 1;\n>>", "const f = x => x ** 2 + 1"],
  [
    "types of values",
    "<<\nconst m = new Map<string, number>([['a', b as number]]);\n>>",
    "const m = new Map([['a', b]]);",
  ],
  [
    "a generic function",
    "<<\nfunction g<T>(a: T, b?: number): T { return h(a, b!) as T; }\n>>",
    "function g(a, b) { return h(a, b); }",
  ],
  [
    "a class",
    "<<\nclass B<T> extends A<T> { private readonly x: number = f(2); constructor(y: T) { super(y); } }\n>>",
    "class B extends A { x = f(2); constructor(y) { super(y); } }",
  ],
  [
    "a template",
    "<<\nconst t = `${a} of ${b}, that is ${a / b}`;\n>>",
    "const t = `${a} of ${b}, that is ${a / b}`;",
  ],
  ["a pattern", "<<\nconst m = /^(\\d+)-(\\w+)$/.exec(text);\n>>", "const m = /^(\\d+)-(\\w+)$/.exec(text);"],
  ["names", '<<\nconst { a, ...rest } = split(input, ",");\n>>', "const { a, ...rest } = split(input, ',')"],
  [
    "an argument",
    "const a = values.map(\n<<\n(v) => v * scale + offset,\n>>\n);",
    "(v) => v * scale + offset",
  ],
  ["a property", "const a = {\n<<\nrate: 0.1 * base + drift,\n>>\n};", "rate: 0.1 * base + drift"],
  ["a case", "switch (k) {\ncase 1:\n<<\ny = g(k, 2) + 1;\n>>\n}", "y = g(k, 2) + 1;"],
];

describe.each(Object.entries(media))("%s", (_, cells) => {
  test.each(solutions)("must not say %s", (_, code, said) => {
    expect(checked({ code: marked(code) }, ...cells(said))).toThrow(/of line \d+ of cell 1;/);
    expect(checked({ code: "let x = 1;" }, ...cells(said))).not.toThrow();
  });

  test.each([
    ["assert.equal(mean([2, 4]), 3);", "assert.equal(mean([2, 4]), 3)"],
    ["if (mean([2, 4]) !== 3) throw 1;", "mean([2, 4]) !== 3"],
    ["expect(mean([2, 4])).toBe(3);", "expect(mean([2, 4])).toBe(3)"],
    ["const cases = [[1, 2], [3, 4]];", "const cases = [[1, 2], [3, 4]]"],
  ])("must not say the hidden %s", (code, said) => {
    expect(checked({ code: hidden(code) }, ...cells(said))).toThrow("of line 2 of cell 1;");
  });
});

test("an output must not say what a hidden test says", () => {
  const code = hidden('it("adds two numbers up", () => assert(add(1, 2) === 3, "three is the sum"));');
  expect(checked({ code }, ...printed("✓ adds two numbers up"))).toThrow("of line 2 of cell 1;");
});

test("an answer's code and sentences, with their point or without it", () => {
  const answer = {
    source: "因为每一层都乘以一个小于一的数。\n\n```ts\nconst key = decode(3, 4);\n```",
    tags: ["solution"],
  };
  expect(checked(answer, ...printed("因为每一层都乘以一个小于一的数"))).toThrow("of cell 1;");
  expect(checked(answer, { source: "提示：因为每一层都乘以一个小于一的数。" })).toThrow("The text of cell 2");
  expect(checked(answer, ...printed("const key = decode(3, 4);"))).toThrow("of cell 1;");
});

test("what runs outside solutions is no secret, and is one where it does not", () => {
  const code = marked("<<\nmanualSeed(123);\nconst model = build(4, 5);\n>>");
  const said: Cells = [{ source: "`manualSeed(123);`" }, ...printed("manualSeed(123);")];
  expect(checked({ code }, { code: "manualSeed(123);" }, ...said)).not.toThrow();
  expect(checked({ code }, ...said)).toThrow('"manualSeed(123);" of line 2 of cell 1;');
  // In a comment, a string, a part of a longer name, another tool's cell or code that cannot be parsed it does not run.
  for (const other of [
    "// manualSeed(123);",
    "f('manualSeed(123);')",
    "mymanualSeed(1234);",
    "%%js\nmanualSeed(123);",
    "let = ;\nmanualSeed(123);",
  ])
    expect(checked({ code }, { code: other }, ...said)).toThrow('"manualSeed(123);" of line 2 of cell 1;');
});
