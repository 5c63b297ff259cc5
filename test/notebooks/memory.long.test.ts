import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { codeCells, fileOf, readNotebook, textOf } from "./notebook";

// A run of In [2] to In [5] leaves 63 tensors behind, and garbage is collected once in five runs or so.
const aFewRuns = 7 * 63;

it(
  "running In [2] to In [5] again frees what they replaced, and nothing else",
  { timeout: 300_000 },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      "test/notebooks/rerun.mjs",
      fileOf("en"),
      "400",
    ]);
    const { most, kept, runs } = JSON.parse(stdout) as { most: number; kept: string; runs: number };
    expect(runs).toBeGreaterThan(800);
    expect(most).toBeLessThan(aFewRuns);
    const [output] = codeCells(readNotebook(fileOf("en"))).find(({ id }) => id === "with")?.outputs ?? [];
    const means = (text: string): string[] => text.match(/\d\.\d{5}/g) ?? [];
    expect(means(kept)).toEqual(means(textOf(output?.text)));
    expect(means(kept)).toHaveLength(5);
  },
);
