/** A small notebook, what a reader does in it, and the cells that must run by that, in their order: reasoned by hand. */
export interface Followed {
  name: string;
  cells: string[];
  /** Of a page that was just opened no cell has run; else all have, from the top. */
  isFresh?: true;
  /** A cell's place and its new code; without code it is run as it is. */
  edit: [cell: number, code?: string];
  runs: number[];
}

const chain = ["let a = 1;", "let b = a + 1;", "console.log(b);", "let c = 5; console.log(c);"];
const shadowed = ["let a = 1;", "console.log(a);", "let a = 2;", "console.log(a);"];
const reassigned = ["let n = 1;", "console.log(n);", "n = 5;", "console.log(n);"];
const increased = ["let n = 1;", "n += 1;", "console.log(n);"];
const parts = [
  "const o = { a: 1, b: [2] };",
  "const { a, b: [c] } = o;",
  "console.log(a);",
  "console.log(c);",
];
const counter = [
  "const next = (() => { let n = 0; return () => ++n; })();",
  "next();",
  "console.log(next());",
];
const later = ["function f() { return k; }", "const k = 3;", "console.log(f());"];
const pushed = ["const a = [1];", "a.push(2);", "console.log(a.length);"];
const seeded = [
  'import { manualSeed, nn } from "tslab-gradients";\nconst draw = () => new nn.Linear(1, 1).weight.arraySync()[0][0];',
  "manualSeed(1);",
  "console.log(draw());",
  "console.log(draw());",
];
const summed = ["const xs = [1, 2, 3];", "let s = 0;", "for (const x of xs) s += x;", "console.log(s);"];
const sharing = [
  'import { backward, manualSeed, nn, tensor } from "tslab-gradients";\nmanualSeed(1);\nconst loss = new nn.MSELoss();',
  "const shared = new nn.Linear(2, 1);",
  "const one = new nn.Sequential(shared);",
  "const two = new nn.Sequential(shared, new nn.GELU());",
  "backward(one, () => loss.forward(one.forward(tensor([[1, 2]])), tensor([[0]])));",
  "console.log(two.parameters()[0].grad!.arraySync());",
];
const trained = [
  'import { backward, manualSeed, nn, optim, tensor } from "tslab-gradients";\nmanualSeed(1);\nconst loss = new nn.MSELoss();',
  "const model = new nn.Sequential(new nn.Linear(2, 1));",
  "const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });",
  "backward(model, () => loss.forward(model.forward(tensor([[1, 2]])), tensor([[0]])));\noptimizer.step();",
  "console.log(model.parameters()[0].arraySync());",
];

export const followed: Followed[] = [
  { name: "a chain from its beginning", cells: chain, edit: [0, "let a = 7;"], runs: [0, 1, 2] },
  { name: "a chain's end", cells: chain, edit: [2, "console.log(b * 2);"], runs: [2] },
  { name: "what nothing uses", cells: chain, edit: [3, "let c = 6; console.log(c);"], runs: [3] },
  { name: "a name that is declared again below", cells: shadowed, edit: [0, "let a = 7;"], runs: [0, 1] },
  { name: "the second declaration", cells: shadowed, edit: [2, "let a = 8;"], runs: [2, 3] },
  { name: "between two declarations", cells: shadowed, edit: [1, "console.log(-a);"], runs: [1] },
  // What the third cell does to `n` does not hang on what it was.
  {
    name: "a variable given a value two cells below",
    cells: reassigned,
    edit: [0, "let n = 2;"],
    runs: [0, 1],
  },
  { name: "the value given", cells: reassigned, edit: [2, "n = 6;"], runs: [2, 3] },
  { name: "before the value given", cells: reassigned, edit: [1, "console.log(-n);"], runs: [1] },
  { name: "a variable that is increased", cells: increased, edit: [0, "let n = 5;"], runs: [0, 1, 2] },
  { name: "the increase, which does not add up", cells: increased, edit: [1, "n += 2;"], runs: [1, 2] },
  { name: "what is taken apart", cells: parts, edit: [0, "const o = { a: 3, b: [4] };"], runs: [0, 1, 2, 3] },
  { name: "a part of it", cells: parts, edit: [0, "const o = { a: 1, b: [4] };"], runs: [0, 1, 3] },
  { name: "a call of what counts", cells: counter, edit: [1, "next(); next();"], runs: [0, 1, 2] },
  {
    name: "the last call of what counts",
    cells: counter,
    edit: [2, "console.log(-next());"],
    runs: [0, 1, 2],
  },
  { name: "what a function above uses", cells: later, edit: [1, "const k = 4;"], runs: [1, 2] },
  { name: "a function", cells: later, edit: [0, "function f() { return -k; }"], runs: [0, 2] },
  {
    name: "what a function's function uses",
    cells: ["const f = () => g();", "function g() { return k; }", "const k = 1;", "console.log(f());"],
    edit: [2, "const k = 2;"],
    runs: [2, 3],
  },
  {
    name: "what a function in an object uses",
    cells: ["const o = { f: () => k };", "const k = 1;", "console.log(o.f());"],
    edit: [1, "const k = 2;"],
    runs: [1, 2],
  },
  // A class's text does not tell whether its making calls the method.
  {
    name: "what a class's method calls",
    cells: [
      "class N { go() { return help(); } }",
      "function help() { return 1; }",
      "const n = new N();",
      "console.log(n.go());",
    ],
    edit: [1, "function help() { return 2; }"],
    runs: [1, 2, 3],
  },
  { name: "an array that is pushed to", cells: pushed, edit: [1, "a.push(2, 3);"], runs: [0, 1, 2] },
  { name: "what shows it", cells: pushed, edit: [2, "console.log(a);"], runs: [2] },
  // The array must be as it was before the push; the push below has still been shown rightly.
  {
    name: "what shows it before it is pushed to",
    cells: ["const a = [1];", "console.log(a.length);", "a.push(2);", "console.log(a);"],
    edit: [1, "console.log(-a.length);"],
    runs: [0, 1],
  },
  {
    name: "a property",
    cells: ["const o = { x: 1 };", "o.x = 2;", "console.log(o.x);"],
    edit: [1, "o.x = 3;"],
    runs: [0, 1, 2],
  },
  {
    name: "a map",
    cells: ["const m = new Map<string, number>();", 'm.set("a", 1);', "console.log(m);"],
    edit: [1, 'm.set("b", 1);'],
    runs: [0, 1, 2],
  },
  {
    name: "what a function does to its argument",
    cells: [
      "function grow(list: number[]) { list.push(9); }",
      "const l: number[] = [];",
      "grow(l);",
      "console.log(l);",
    ],
    edit: [2, "grow(l); grow(l);"],
    runs: [1, 2, 3],
  },
  {
    name: "what is done by another name",
    cells: ["const a = [1];", "const b = a;", "b.push(2);", "console.log(a);"],
    edit: [2, "b.push(3);"],
    runs: [0, 1, 2, 3],
  },
  {
    name: "the gradient of a model that shares a layer with another",
    cells: sharing,
    edit: [4, sharing[4]!.replace("[[0]]", "[[5]]")],
    runs: [1, 2, 3, 4, 5],
  },
  {
    name: "a step of training",
    cells: trained,
    edit: [3, `${trained[3]!}\noptimizer.step();`],
    runs: [1, 2, 3, 4],
  },
  {
    name: "the rate of training",
    cells: trained,
    edit: [2, trained[2]!.replace("0.1", "0.2")],
    runs: [1, 2, 3, 4],
  },
  {
    name: "a layer appended",
    cells: [
      'import { nn } from "tslab-gradients";',
      "const layers = new nn.ModuleList();",
      "layers.append(new nn.GELU());",
      "console.log(layers.length);",
    ],
    edit: [2, "layers.append(new nn.GELU()).append(new nn.GELU());"],
    runs: [1, 2, 3],
  },
  { name: "a seed", cells: seeded, edit: [1, "manualSeed(2);"], runs: [1, 2, 3] },
  {
    name: "a draw, which moves the next",
    cells: seeded,
    edit: [2, "draw(); console.log(draw());"],
    runs: [2, 3],
  },
  { name: "the last draw", cells: seeded, edit: [3, "console.log(-draw());"], runs: [3] },
  {
    name: "a seed, where the next cell has its own",
    cells: [...seeded.slice(0, 3), "manualSeed(3); console.log(draw());"],
    edit: [1, "manualSeed(2);"],
    runs: [1, 2],
  },
  {
    name: "below a draw that nobody seeded",
    cells: [seeded[0]!, "console.log(draw());", "console.log(1);"],
    edit: [2, "console.log(2);"],
    runs: [2],
  },
  {
    name: "a draw that nobody seeded",
    cells: [seeded[0]!, "console.log(draw());", "console.log(1);"],
    edit: [1, "console.log(-draw());"],
    runs: [1],
  },
  { name: "what a loop goes through", cells: summed, edit: [0, "const xs = [1, 2];"], runs: [0, 2, 3] },
  { name: "where a loop begins", cells: summed, edit: [1, "let s = 10;"], runs: [1, 2, 3] },
  {
    name: "an error put in",
    cells: ["let a = 1;", "const b = a;", "console.log(b);", "console.log(a);"],
    edit: [1, "const b = a.none.none;"],
    runs: [1],
  },
  {
    name: "a declaration taken out",
    cells: ["let a = 1; let b = 2;", "console.log(a);", "console.log(b);"],
    edit: [0, "let a = 1;"],
    runs: [0, 2],
  },
  {
    name: "a declaration put in between",
    cells: ["let k = 1;", "// Nothing yet.", "console.log(k);"],
    edit: [1, "let k = 2;"],
    runs: [1, 2],
  },
  {
    name: "the same number",
    cells: ["let a = 1;", "console.log(a);"],
    edit: [0, "let a = 2 - 1;"],
    runs: [0],
  },
  {
    name: "another object",
    cells: ["const o = { v: 1 };", "console.log(o.v);"],
    edit: [0, "const o = { v: 2 };"],
    runs: [0, 1],
  },
  {
    name: "one of two names",
    cells: ["let a = 1, b = 2;", "console.log(a);", "console.log(b);"],
    edit: [0, "let a = 1, b = 3;"],
    runs: [0, 2],
  },
  {
    name: "what is waited for",
    cells: ["const p = await Promise.resolve(2);", "console.log(p);"],
    edit: [0, "const p = await Promise.resolve(3);"],
    runs: [0, 1],
  },
  {
    name: "one more import",
    cells: ['import { nn } from "tslab-gradients";', "console.log(new nn.GELU().training);"],
    edit: [0, 'import { nn, tensor } from "tslab-gradients";'],
    runs: [0],
  },
  {
    name: "a cycle",
    cells: ["const x = typeof y;", "const y = x + 1; console.log(y);"],
    edit: [0, "const x = 1;"],
    runs: [0, 1],
  },
  { name: "a first run of a chain's end", isFresh: true, cells: chain, edit: [2], runs: [0, 1, 2] },
  { name: "a first edit", isFresh: true, cells: chain, edit: [0, "let a = 3;"], runs: [0, 1, 2] },
  { name: "a first run below a push", isFresh: true, cells: pushed, edit: [2], runs: [0, 1, 2] },
  {
    name: "a first run below what only shows",
    isFresh: true,
    cells: ["const a = [1];", "console.log(a, Math.max(...a));", "console.log(a.length);"],
    edit: [2],
    runs: [0, 2],
  },
  { name: "a first draw", isFresh: true, cells: seeded, edit: [2], runs: [0, 1, 2] },
];
