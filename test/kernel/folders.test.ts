import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "./client";
import { textOf } from "./wire";

// A notebook in Downloads: nothing above it is this project.
const folder = mkdtempSync(join(tmpdir(), "tslab-gradients 笔记 "));
const bare = join(folder, "bare");
const other = join(folder, "other");
const own = join(folder, "own");

beforeAll(() => {
  mkdirSync(bare);
  const stranger = join(other, "node_modules", "@tensorflow", "tfjs");
  mkdirSync(stranger, { recursive: true });
  writeFileSync(join(other, "package.json"), "{}");
  writeFileSync(
    join(stranger, "package.json"),
    '{ "name": "@tensorflow/tfjs", "version": "1.0.0", "main": "index.js", "types": "index.d.ts" }',
  );
  writeFileSync(join(stranger, "index.js"), 'exports.version_core = "1.0.0";');
  writeFileSync(join(stranger, "index.d.ts"), "export const version_core: string;");
  const copy = join(own, "node_modules", "tslab-gradients");
  mkdirSync(copy, { recursive: true });
  writeFileSync(join(own, "package.json"), "{}");
  for (const part of ["package.json", "dist"])
    cpSync(part, join(copy, part), { recursive: true, filter: (path) => !path.includes("/lab") });
  symlinkSync(join(process.cwd(), "node_modules"), join(copy, "node_modules"), "junction");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cell = `import { ExampleDeepNeuralNetwork, getBackend, layerGradients, manualSeed, tensor } from "tslab-gradients";
import * as tf from "@tensorflow/tfjs";
manualSeed(123);
const model = new ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1]);
const { gradients } = layerGradients(model, tensor([[1, 0, -1]]));
console.log(gradients[0]!.mean.toFixed(9), getBackend() === ({ tensorflow: "native" }[tf.getBackend()] ?? tf.getBackend()), tf.version_core);`;

async function inFolder(cwd: string, work: (kernel: Client) => Promise<void>): Promise<void> {
  const kernel = await Client.start({ cwd });
  try {
    await work(kernel);
    expect(kernel.log).toBe("");
  } finally {
    await kernel.shutdown();
  }
}

// The book's number, and one TensorFlow.js for the package and for the cell.
const printed = "0.000201741 true 4.22.0\n";

test("a notebook in a folder without node_modules finds the packages, with their types", () =>
  inFolder(bare, async (kernel) => {
    const first = await kernel.run(cell);
    expect(textOf(first.outputs)).toBe(printed);
    const figure = await kernel.run(
      'import { gradientFigure, show } from "tslab-gradients"; await show(gradientFigure([layerGradients(model, tensor([[1, 0, -1]]))]))',
    );
    expect(figure.outputs.map(({ type }) => type)).toContain("display_data");
    for (const wrong of ["model.nothing", "tf.nothing"])
      expect(JSON.stringify((await kernel.run(wrong)).outputs)).toContain(
        "Property 'nothing' does not exist",
      );
    expect(
      textOf((await kernel.run('import { display } from "tslab"; console.log(typeof display.html)')).outputs),
    ).toBe("function\n");
  }));

test.skipIf(process.platform === "win32")("the root of all folders is one as well", () =>
  inFolder("/", async (kernel) => {
    expect(textOf((await kernel.run(cell)).outputs)).toBe(printed);
    expect(JSON.stringify((await kernel.run("model.nothing")).outputs)).toContain("does not exist");
  }),
);

test("a project's other TensorFlow.js is not loaded beside the package's", () =>
  inFolder(other, async (kernel) => {
    expect(textOf((await kernel.run(cell)).outputs)).toBe(printed);
    expect(
      textOf(
        (await kernel.run('import { version_core } from "@tensorflow/tfjs"; console.log(version_core)'))
          .outputs,
      ),
    ).toBe("4.22.0\n");
  }));

test("a project's own copy of the package wins, and computes alone", () =>
  inFolder(own, async (kernel) => {
    expect(textOf((await kernel.run(cell)).outputs)).toBe(printed);
    const where = await kernel.run('console.log(require.resolve("tslab-gradients"))');
    expect(textOf(where.outputs).trim()).toBe(
      join(own, "node_modules", "tslab-gradients", "dist", "index.js"),
    );
  }));
