import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allNames } from "../../bench/groups.mjs";
import { row } from "../../bench/row.mjs";
import { markdown } from "../../bench/markdown.mjs";
import { measure, readRun, type Run } from "../../bench/run.mjs";
import { sampleRun } from "./sample";

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-test-"));
  file = join(folder, "run.json");
  writeFileSync(file, JSON.stringify(sampleRun()));
});
afterAll(() => rmSync(folder, { recursive: true }));

const bench = (...args: string[]) =>
  spawnSync(process.execPath, ["bench/main.mjs", ...args], { encoding: "utf8" });

it("a group that fails does not take the others' rows along, and rows that nobody wants are left out", async () => {
  const rows = ["a", "b"].map((name) =>
    row({ name, title: { en: name, zh: name }, ours: [1], theirs: [2], peer: "PyTorch" }),
  );
  const { run, failures } = await measure(["a", "c"], 1, {
    bad: { names: ["c"], measure: () => Promise.reject(new Error("no browser")) },
    good: { names: ["a", "b"], measure: () => rows },
  });
  expect(failures).toEqual(["bad: no browser"]);
  expect(run).toMatchObject({ version: 1, rounds: 1, rows: [{ name: "a", ratio: 0.5 }] });
  expect(run.machine).toMatchObject({
    node: process.versions.node,
    backend: expect.stringMatching(/^(native|wasm|cpu)$/),
  });
});

describe("a run that was written", () => {
  it("is printed as JSON, the rows that are wanted, and written again", () => {
    const out = join(folder, "again.json");
    const { status, stdout, stderr } = bench("--from", file, "--json", "--only", "draws", "--out", out);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const run = JSON.parse(stdout) as Run;
    expect(run).toEqual({ ...sampleRun(), rows: sampleRun().rows.filter(({ name }) => name === "draws") });
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(run);
  });

  it("is not measured where it could not be written", () => {
    const { status, stderr } = bench("--out", join(folder, "nowhere", "run.json"));
    expect(status).toBe(2);
    expect(stderr).toMatch(/^tslab-gradients: The folder .*nowhere is not there; expected/);
  });

  it("is printed as a table, with the machine", () => {
    const { stdout } = bench("--from", file);
    const lines = stdout.trim().split("\n");
    expect(lines.slice(2, -2).map((line) => line.split(" | ")[0])).toEqual(
      allNames.map((name) => `| ${name}`),
    );
    expect(lines.at(-1)).toBe(
      "Medians of 3 rounds. A Processor, 2 cores, AVX2, 8 GB of memory, A System, x64; " +
        "Node.js 20.0.0, TensorFlow.js 4.22.0 (native TensorFlow), PyTorch 2.13.0.",
    );
  });

  it.each([
    ["missing.json", undefined, /missing\.json cannot be read; expected a file that --out wrote\.$/],
    ["text.json", "no JSON", /text\.json is not JSON; expected/],
    ["null.json", "null", /null\.json holds something else than measurements; expected/],
    ["old.json", "[]", /old\.json holds something else than measurements; expected/],
  ])("is refused where it is none: %s", (name, text, sentence) => {
    const path = join(folder, name);
    if (text !== undefined) writeFileSync(path, text);
    expect(() => readRun(path, allNames)).toThrow(sentence);
  });

  it("becomes what the READMEs show: picture, tables, machine", () => {
    const text = markdown(sampleRun());
    expect(text).toContain("| the work draws |");
    expect(text).toContain("| 工作 draws |");
    expect(text).toContain("| PyTorch：410 MB | 0.51 | 0.50–0.52 |");
    expect(text).toContain('<img src="docs/bench.zh.light.png" width="1000" alt="三幅折线图');
    expect(text).toContain("A Processor，2 核，AVX2，8 GB 内存，A System，x64；Node.js 20.0.0");
    const part = { ...sampleRun(), rows: sampleRun().rows.filter(({ name }) => name !== "depth-5") };
    expect(markdown(part)).not.toContain("<picture>");
  });
});
