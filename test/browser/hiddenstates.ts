import type { Followed } from "./followed";

/** Notebooks whose cells hang together by what neither a name nor a plain value shows. */
export const hiddenStates: Followed[] = [
  {
    name: "what a function uses that was put into a list",
    cells: [
      "const hs: (() => void)[] = [];",
      "hs.push(() => console.log(k));",
      "let k = 1;",
      "hs.forEach((h) => h());",
    ],
    edit: [2, "let k = 2;"],
    runs: [2, 3],
  },
  {
    name: "a declaration that reads the one above",
    cells: [
      "let d = [1, 2, 3];",
      "let d = d.filter((x) => x > 1); console.log(d);",
      "console.log(d.length);",
    ],
    edit: [0, "let d = [1, 2, 3, 4];"],
    runs: [0, 1, 2],
  },
  {
    name: "text that is made a truth value",
    cells: [
      'const rows = [{ ok: "true" }];',
      'rows.forEach((r: any) => { r.ok = r.ok === "true"; });',
      "console.log(rows);",
    ],
    edit: [1, 'rows.forEach((r: any) => { r.ok = r.ok !== "true"; });'],
    runs: [0, 1, 2],
  },
  {
    name: "what a loop uses up",
    cells: [
      "const it = [1, 2, 3].values();",
      "for (const x of it) { console.log(x); break; }",
      "console.log(it.next().value);",
    ],
    edit: [1, "console.log('none');"],
    // It needs nothing of the first any more.
    runs: [1, 0, 2],
  },
  {
    name: "a prototype",
    cells: [
      "class A { hi() { return 1; } }",
      "const b = new A();",
      "A.prototype.hi = () => 2;",
      "console.log(b.hi());",
    ],
    edit: [2, "// Nothing."],
    // It needs nothing of the first any more.
    runs: [2, 0, 1, 3],
  },
  {
    name: "an object of the browser",
    cells: ["const p = new URLSearchParams();", 'p.append("a", "1");', "console.log(String(p));"],
    edit: [1, 'p.append("b", "2");'],
    runs: [0, 1, 2],
  },
  {
    name: "what is frozen",
    cells: ["const o = { x: 1 };", "Object.freeze(o);", "try { o.x = 2; } catch {}", "console.log(o.x);"],
    edit: [1, "// Nothing."],
    // It needs nothing of the first any more.
    runs: [1, 0, 2, 3],
  },
  {
    name: "two functions that know one variable",
    cells: [
      "const [get, set] = ((v) => [() => v, (x: number) => { v = x; }] as const)(1);",
      "set(5);",
      "console.log(get());",
    ],
    edit: [1, "// Nothing."],
    // It needs nothing of the first any more.
    runs: [1, 0, 2],
  },
  {
    name: "a list that only functions know",
    cells: [
      "const q = (() => { const items: string[] = []; return { put: (x: string) => { items.push(x); }, all: () => items }; })();",
      'q.put("a");',
      "console.log(q.all());",
    ],
    edit: [1, 'q.put("b");'],
    runs: [0, 1, 2],
  },
  {
    name: "what is moved to the next level",
    cells: ["const t: any = { l: {}, r: { v: 1 } };", "t.l.r = t.r; delete t.r;", "console.log(t);"],
    edit: [1, "// Nothing."],
    // It needs nothing of the first any more.
    runs: [1, 0, 2],
  },
  {
    name: "a variable of TensorFlow.js by its name",
    cells: [
      'import { tf } from "tslab-gradients";',
      'const w = tf.variable(tf.scalar(1), true, "w");',
      "w.assign(tf.scalar(5));",
      "console.log(w.dataSync()[0]);",
    ],
    edit: [2, "w.assign(tf.scalar(6));"],
    runs: [1, 2, 3],
  },
];
