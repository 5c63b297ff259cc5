import type { Cell } from "@jupyterlab/notebook";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sourceHash } from "../../src/runtime/stalecells";
import { RunHistory, type Wait } from "../../src/lab/runhistory";

/** A cell as a test writes it: its names, "declares; uses; changes", and what keeps it from running by itself. */
interface Written {
  names: string;
  tags?: string[];
  seconds?: number;
  failed?: "error" | "interrupt";
  /** Whether the reader edited it after its run. */
  edited?: boolean;
}

/** Those of names that are not a cell's own, which come from no other. */
const foreign = (names: string[], own: string[]): string[] => names.filter((name) => !own.includes(name));

/** A notebook of such cells, run from top to bottom: its history, and the cells themselves. */
function ran(...written: Written[]) {
  const models = written.map(({ tags = [] }, i) => {
    const metadata = new Map<string, unknown>([["tags", tags]]);
    return {
      id: `${i + 1}`,
      type: "code",
      executionCount: null as number | null,
      sharedModel: { source: `cell ${i + 1}` },
      getMetadata: (key: string) => metadata.get(key),
      setMetadata: (key: string, value: unknown) => void metadata.set(key, value),
    };
  });
  const cells = models.map((model) => ({ model }) as unknown as Cell);
  const history = new RunHistory(() => cells);
  let count = 0;
  const run = (i: number, seconds = written[i - 1]!.seconds ?? 0.1): void => {
    const { names, failed = null } = written[i - 1]!;
    const model = models[i - 1]!;
    const [declares, uses, changes = []] = names.split(";").map((part) => part.split(" ").filter(Boolean));
    model.executionCount = ++count;
    const dependence = { declares: declares!, uses: uses!, changes };
    const hash = sourceHash(model.sharedModel.source);
    history.ran({ cell: model.id, hash, count, dependence, failed, seconds });
  };
  written.forEach((_, i) => run(i + 1));
  written.forEach(({ edited }, i) => edited && (models[i]!.sharedModel.source += " // edited"));
  const waits = (): Record<string, Wait> => Object.fromEntries(history.waits(history.reasons().keys()));
  return { history, run, waits, models, stale: () => [...history.reasons().keys()] };
}

const base = { names: "a;" };

describe("stale cells that wait for a click", () => {
  test("are none where nothing keeps them", () => {
    const { run, waits, stale } = ran(base, { names: "b; a" }, { names: "; b" });
    run(1);
    expect(stale()).toEqual(["2", "3"]);
    expect(waits()).toEqual({});
  });

  test("are those with the tag, those that took over 2 s and those that were edited since they ran", () => {
    const { run, waits } = ran(
      base,
      { names: "; a", tags: ["manual"] },
      { names: "; a", seconds: 2.01 },
      { names: "; a", seconds: 2 },
      { names: "; a", edited: true },
      { names: "; a", tags: ["manually"] },
    );
    run(1);
    expect(waits()).toEqual({
      2: { why: "manual" },
      3: { why: "slow", seconds: 2.01 },
      5: { why: "edited" },
    });
  });

  test("and all that hang on one of these, through the cells between, with that one's name", () => {
    const { run, waits } = ran(
      base,
      { names: "b; a", tags: ["manual"] },
      { names: "c; b" },
      { names: "; c" },
      { names: "; a" },
    );
    run(1);
    expect(waits()).toEqual({
      2: { why: "manual" },
      3: { why: "input", cell: "2" },
      4: { why: "input", cell: "2" },
    });
  });

  test("but not what takes its name from a cell below that one", () => {
    const { run, waits, stale } = ran(
      base,
      { names: "b; a", tags: ["manual"] },
      { names: "b; a" },
      { names: "; b" },
    );
    run(1);
    expect(stale()).toEqual(["2", "3", "4"]);
    expect(waits()).toEqual({ 2: { why: "manual" } });
  });

  test("one that is for a click and is not stale keeps nothing", () => {
    const { run, waits, stale } = ran(base, { names: "b;", tags: ["manual"] }, { names: "; a b" });
    run(1);
    expect(stale()).toEqual(["3"]);
    expect(waits()).toEqual({});
  });

  test("what hangs on a cell that failed waits for it; one that is there to show an error has not failed", () => {
    for (const tags of [[], ["raises-exception"]]) {
      const { run, waits, history } = ran(
        base,
        { names: "b; a", failed: "error", tags },
        { names: "; b" },
        { names: "; a" },
      );
      run(1);
      run(2);
      expect(history.hasFailed("2")).toBe(tags.length === 0);
      expect(waits()).toEqual(tags.length === 0 ? { 3: { why: "failed", cell: "2" } } : {});
    }
  });

  test("an interrupt is a failure of any cell", () => {
    const tags = ["raises-exception"];
    const { run, waits } = ran(base, { names: "b; a", failed: "interrupt", tags }, { names: "; b" });
    run(1);
    run(2);
    expect(waits()).toEqual({ 3: { why: "failed", cell: "2" } });
  });

  test("a cell that failed and whose inputs changed since runs again, and what hangs on it after it", () => {
    const { run, waits, stale } = ran(base, { names: "b; a", failed: "error" }, { names: "; b" });
    run(1);
    expect(stale()).toEqual(["2", "3"]);
    expect(waits()).toEqual({});
  });

  test("what this kernel has not run and is for a click keeps what needs it", () => {
    const { history, run, waits } = ran(base, { names: "b;", tags: ["manual"] }, { names: "; a b" });
    history.setSession(["1"]);
    run(1);
    expect(waits()).toEqual({ 3: { why: "input", cell: "2" } });
  });

  test("what hangs on a cell that takes its name from below is marked no more than that cell, which a run would not mend", () => {
    const { run, stale } = ran({ names: "c; a" }, { names: "a;" }, { names: "; c" }, { names: "; a c" });
    expect(stale()).toEqual([]);
    run(1);
    expect(stale()).toEqual(["3", "4"]);
    run(3);
    run(4);
    expect(stale()).toEqual([]);
    run(2);
    expect(stale()).toEqual(["4"]);
  });

  test("a slow run is kept with its cell, and goes with a quick one", () => {
    const { run, models } = ran(base, { names: "; a", seconds: 2.5 });
    const kept = () => models[1]!.getMetadata("tslab-gradients");
    const source = sourceHash("cell 2");
    expect(kept()).toEqual({ source, run: 2, count: 2, seconds: 2.5 });
    run(2, 0.3);
    expect(kept()).toEqual({ source, run: 2 + 1, count: 3 });
  });

  test.each([
    ["ours, of the run that is shown", { "tslab-gradients": { run: 2, count: 2, seconds: 3 } }, 3],
    ["ours, of another run", { "tslab-gradients": { run: 2, count: 1, seconds: 3 } }, null],
    [
      "JupyterLab's own",
      {
        execution: {
          "iopub.execute_input": "2026-01-01T00:00:00.000Z",
          "shell.execute_reply": "2026-01-01T00:00:04.500Z",
        },
      },
      4.5,
    ],
    [
      "of one that was broken off",
      { execution: { "iopub.execute_input": "2026-01-01T00:00:00.000Z" } },
      null,
    ],
  ])("in a saved notebook the times are read that were kept: %s", (_, metadata, seconds) => {
    const { models } = ran(base, { names: "; a" });
    Object.entries(metadata).forEach(([key, value]) => models[1]!.setMetadata(key, value));
    // Another page: it has seen no run.
    const history = new RunHistory(() => models.map((model) => ({ model }) as unknown as Cell));
    for (const { id } of history.read())
      history.learn(id, { declares: id === "1" ? ["a"] : [], uses: id === "1" ? [] : ["a"], changes: [] });
    expect(Object.fromEntries(history.waits(["2"]))).toEqual(
      seconds === null ? {} : { 2: { why: "slow", seconds } },
    );
  });

  const names = fc.uniqueArray(fc.constantFrom(..."abc"), { maxLength: 2 });
  const notebooks = fc.array(
    fc.record({ declares: names, uses: names, changes: names, manual: fc.boolean() }),
    { minLength: 2, maxLength: 7 },
  );
  const orders = fc.array(fc.nat(6), { minLength: 1, maxLength: 8 });

  /** Runs the stale cells that do not wait, as the switch does; returns how often each ran. */
  function follow({ history, run, stale }: ReturnType<typeof ran>): Map<string, number> {
    const times = new Map<string, number>();
    for (;;) {
      const waits = history.waits(stale());
      const next = history.next(
        stale().filter((id) => !waits.has(id)),
        times,
      );
      if (next === undefined) return times;
      times.set(next, (times.get(next) ?? 0) + 1);
      run(Number(next));
    }
  }

  test("those that do not wait come to an end, whatever hangs on what", () => {
    fc.assert(
      fc.property(notebooks, orders, (written, order) => {
        const made = ran(
          ...written.map(({ declares, uses, changes, manual }) => ({
            names: [declares, foreign([...uses, ...changes], declares), foreign(changes, declares)]
              .map((part) => part.join(" "))
              .join(";"),
            tags: manual ? ["manual"] : [],
          })),
        );
        for (const i of order) if (i < written.length) made.run(i + 1);
        for (const times of follow(made).values()) expect(times).toBeLessThanOrEqual(3);
      }),
      { numRuns: 1000 },
    );
  });

  test("cells that make each other stale for ever are left so", () => {
    // The test above found it, with no limit to how often a cell runs.
    const made = ran(
      { names: "; b; b", tags: ["manual"] },
      { names: "a;" },
      { names: "; a b; b" },
      { names: "b; a; a" },
    );
    made.run(3);
    expect(Math.max(...follow(made).values())).toBe(3);
    expect(made.stale()).not.toEqual([]);
  });

  test("each runs once, and none is stale then, where every name has one cell and is used below it", () => {
    fc.assert(
      fc.property(notebooks, fc.nat(6), (written, edited) => {
        const declared = new Set<string>();
        const made = ran(
          ...written.map(({ declares, uses }) => {
            const known = uses.filter((name) => declared.has(name));
            const fresh = foreign(declares, [...declared]);
            for (const name of fresh) declared.add(name);
            return { names: `${fresh.join(" ")};${known.join(" ")}` };
          }),
        );
        made.run(Math.min(edited + 1, written.length));
        const stale = made.stale();
        expect([...follow(made)]).toEqual(stale.map((id) => [id, 1]));
        expect(made.stale()).toEqual([]);
      }),
    );
  });
});
