import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Dependencies, type Names } from "../../dist/runtime/stalecells";

const cell = (declares: string, uses: string): Names => ({
  declares: declares.split(" ").filter(Boolean),
  uses: uses.split(" ").filter(Boolean),
});

/** The section's cells, as the kernel sees them. */
const section: [string, Names][] = [
  ["1", cell("ExampleDeepNeuralNetwork", "nn")],
  ["2", cell("layerSizes sampleInput modelWithoutShortcut", "ExampleDeepNeuralNetwork tensor manualSeed")],
  ["3", cell("printGradients", "nn backward")],
  ["4", cell("", "printGradients modelWithoutShortcut sampleInput")],
  ["5", cell("modelWithShortcut", "ExampleDeepNeuralNetwork layerSizes printGradients sampleInput")],
];

function runAll(dependencies: Dependencies): string[] {
  return section.map(([id, names]) => dependencies.ran(id, names)).at(-1)!;
}
const again = (dependencies: Dependencies, id: string) =>
  dependencies.ran(id, section.find(([other]) => other === id)![1]);

describe("stale cells", () => {
  it("are none after a run from top to bottom, and none after another one", () => {
    const dependencies = new Dependencies();
    expect(runAll(dependencies)).toEqual([]);
    expect(runAll(dependencies)).toEqual([]);
  });

  it("In [2] run again: In [4] and In [5], until they run", () => {
    const dependencies = new Dependencies();
    runAll(dependencies);
    expect(again(dependencies, "2")).toEqual(["4", "5"]);
    expect(again(dependencies, "4")).toEqual(["5"]);
    expect(again(dependencies, "5")).toEqual([]);
  });

  it("reach through cells between: In [1] run again makes In [4] stale, which does not use it", () => {
    const dependencies = new Dependencies();
    runAll(dependencies);
    expect(again(dependencies, "1")).toEqual(["2", "4", "5"]);
    // In [4] ran on an In [2] that is stale itself.
    expect(again(dependencies, "4")).toEqual(["2", "5", "4"]);
    expect(again(dependencies, "2")).toEqual(["5", "4"]);
  });

  it("come in the order in which they were last run", () => {
    const dependencies = new Dependencies();
    runAll(dependencies);
    again(dependencies, "4");
    expect(again(dependencies, "2")).toEqual(["5", "4"]);
  });

  it("a name that two cells declare is the last one's, and earlier users are stale", () => {
    const dependencies = new Dependencies();
    dependencies.ran("a", cell("x", ""));
    dependencies.ran("user", cell("", "x"));
    expect(dependencies.ran("b", cell("x", ""))).toEqual(["user"]);
    expect(dependencies.ran("user", cell("", "x"))).toEqual([]);
    // a's run is no longer where x comes from.
    expect(dependencies.ran("c", cell("y", "x"))).toEqual([]);
    expect(dependencies.ran("a", cell("x", ""))).toEqual(["user", "c"]);
  });

  it("a name of the cell's own comes from nowhere else", () => {
    const dependencies = new Dependencies();
    dependencies.ran("a", cell("x", ""));
    dependencies.ran("b", cell("x", "x"));
    expect(dependencies.ran("a", cell("x", ""))).toEqual([]);
  });

  it("a name that nothing had declared makes its user stale once something does", () => {
    const dependencies = new Dependencies();
    expect(dependencies.ran("user", cell("", "x"))).toEqual([]);
    expect(dependencies.ran("a", cell("x", ""))).toEqual(["user"]);
  });

  it("an edited cell that no longer uses the name is not stale", () => {
    const dependencies = new Dependencies();
    dependencies.ran("a", cell("x", ""));
    dependencies.ran("user", cell("", "x"));
    dependencies.ran("user", cell("", ""));
    expect(dependencies.ran("a", cell("x", ""))).toEqual([]);
  });

  it("what an edited cell no longer declares keeps its value, and its users stay fresh", () => {
    const dependencies = new Dependencies();
    dependencies.ran("a", cell("x", ""));
    dependencies.ran("b", cell("y", "x"));
    dependencies.ran("user", cell("", "y"));
    dependencies.ran("b", cell("z", "x"));
    expect(dependencies.ran("a", cell("x", ""))).toEqual(["b"]);
  });

  it("forgets deleted cells, not what they declared", () => {
    const dependencies = new Dependencies();
    runAll(dependencies);
    dependencies.forget(["4", "none"]);
    expect(again(dependencies, "2")).toEqual(["5"]);
    dependencies.forget(["2"]);
    expect(again(dependencies, "3")).toEqual(["5"]);
  });

  it("two cells that feed each other come to rest", () => {
    const dependencies = new Dependencies();
    dependencies.ran("seed", cell("y", ""));
    dependencies.ran("x", cell("x", "y"));
    expect(dependencies.ran("y", cell("y", "x"))).toEqual(["x"]);
    expect(dependencies.ran("x", cell("x", "y"))).toEqual(["y"]);
  });

  it("Object.prototype's names are names like others", () => {
    const dependencies = new Dependencies();
    dependencies.ran("user", cell("", "constructor __proto__ toString"));
    expect(dependencies.ran("a", cell("__proto__", ""))).toEqual(["user"]);
  });

  it("no cell is stale when all have run in an order in which each comes after what it uses", () => {
    const names = fc.uniqueArray(fc.constantFrom(..."abcdef"), { maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ declares: names, uses: names }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(7), { maxLength: 12 }),
        (cells, order) => {
          // Every name has one cell that declares it, and is used below it alone.
          const declared = new Set<string>();
          const clean = cells.map(({ declares, uses }) => {
            const known = uses.filter((name) => declared.has(name));
            const fresh = declares.filter((name) => !declared.has(name));
            for (const name of fresh) declared.add(name);
            return { declares: fresh, uses: known };
          });
          const dependencies = new Dependencies();
          for (const i of order) if (clean[i]) dependencies.ran(String(i), clean[i]);
          const stale = clean.map((each, i) => dependencies.ran(String(i), each)).at(-1)!;
          expect(stale).toEqual([]);
        },
      ),
    );
  });

  it("a run in a notebook of 1,000 cells takes no time that is felt", () => {
    const dependencies = new Dependencies();
    for (let i = 0; i < 1000; i++) dependencies.ran(`${i}`, cell(`v${i}`, `v${i - 1} v${i - 2}`));
    const start = performance.now();
    expect(dependencies.ran("0", cell("v0", "")).length).toBe(999);
    expect(performance.now() - start).toBeLessThan(100);
  });
});
