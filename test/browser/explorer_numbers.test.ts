import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Approximate } from "../../dist/nn/architecture.js";
import { type Bench, startExplorer } from "./explorer";

/** One case of test/reference/pytorch.json, which PyTorch 2.13.0 computed. */
interface Case {
  seed: number;
  layer_sizes: number[];
  use_shortcut: boolean;
  gelu: Approximate;
  x: number[][];
  target: number;
  gradient_mean: { [name: string]: number };
  gradient_mean_f64: { [name: string]: number };
}

const reference = new URL("../reference/pytorch.json", import.meta.url);
const { networks } = JSON.parse(readFileSync(reference, "utf8")) as { networks: Case[] };

let bench: Bench;
beforeAll(async () => {
  bench = await startExplorer();
});
afterAll(() => bench?.end());

const show = ({ seed, layer_sizes, gelu, x, target }: Case): Promise<void> =>
  bench.mount({ seed, layerSizes: layer_sizes, gelu, input: x, target });

test("the section's numbers are PyTorch's within 1e-6", async () => {
  for (const network of networks.slice(0, 4)) {
    await show(network);
    const means = (await bench.means())[network.use_shortcut ? 1 : 0];
    const own = Object.values(network.gradient_mean);
    expect(means).toHaveLength(5);
    means.forEach((mean, i) => expect(Math.abs(mean / own[i]! - 1)).toBeLessThan(1e-6));
  }
});

test("other networks are as near to float64 as verify asks", async () => {
  const small = networks.filter(({ seed }) => Number.isSafeInteger(seed)).slice(4, 60);
  for (const network of small) {
    await show(network);
    const means = (await bench.means())[network.use_shortcut ? 1 : 0];
    const [own, truth] = [Object.values(network.gradient_mean), Object.values(network.gradient_mean_f64)];
    const error = (values: number[]): number =>
      Math.max(...values.map((value, i) => (truth[i]! < 1e-36 ? 0 : Math.abs(value / truth[i]! - 1))));
    expect(error(means)).toBeLessThanOrEqual(Math.max(2e-6, 4 * error(own)));
  }
});

test("1,000 random edits: no error, no drift, no growing memory", async () => {
  await bench.mount();
  const { page } = bench;
  const session = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize;
  };
  await page.evaluate(edits, [7, 300]);
  const [tensors, bytes] = [await bench.tensors(), await heap()];
  await page.evaluate(edits, [11, 1000]);
  expect(await bench.tensors()).toBe(tensors);
  expect((await heap()) - bytes).toBeLessThan(2e6);
  expect(await page.locator(".problem:visible").allInnerTexts()).toEqual([]);
  const [after, sizes] = [await bench.means(), await bench.sizes()];
  await page.evaluate(() => {
    const globals = globalThis as unknown as {
      explorer: { spec: object; dispose(): void };
      tslabGradientsExplorer: {
        mount(node: HTMLElement, spec: object, options: object): typeof globals.explorer;
      };
    };
    const { spec } = globals.explorer;
    globals.explorer.dispose();
    const node = document.getElementById("place")!;
    globals.explorer = globals.tslabGradientsExplorer.mount(node, spec, { dark: false });
    node.shadowRoot!.querySelector("details")!.open = true;
  });
  expect(await bench.sizes()).toBe(sizes);
  expect(await bench.means()).toEqual(after);
  expect(bench.problems).toEqual([]);
});

/** Runs in the page: random presses and values on the figure's own controls. */
function edits([seed, count]: number[]): void {
  const root = document.getElementById("place")!.shadowRoot!;
  let state = seed!;
  const random = (below: number): number => (state = (state * 48271) % 2147483647) % below;
  const write = (input: HTMLInputElement | HTMLSelectElement, value: string): void => {
    input.value = value;
    input.dispatchEvent(new Event("change"));
  };
  const one = <T extends Element>(selector: string): T | undefined => {
    const all = [...root.querySelectorAll<T>(selector)];
    return all[random(Math.max(1, all.length))];
  };
  for (let i = 0; i < count!; i++) {
    const depth = root.querySelectorAll("tbody tr").length;
    const kinds = [
      () => write(root.querySelector<HTMLSelectElement>("select[name=layer]")!, String(random(depth))),
      () => write(one<HTMLInputElement>("input[name=width]")!, String(1 + random(14))),
      () => depth < 9 && one<HTMLButtonElement>("button.add")?.click(),
      () => depth > 3 && one<HTMLButtonElement>("button.remove:not(:disabled)")?.click(),
      () => one<HTMLInputElement>(".check:not([hidden]) input")?.click(),
      () => write(root.querySelector<HTMLInputElement>("input[name=seed]")!, String(random(1e6))),
      () =>
        write(root.querySelector<HTMLSelectElement>("select[name=gelu]")!, random(2) === 0 ? "none" : "tanh"),
      () => write(root.querySelector<HTMLInputElement>("input[name=target]")!, String(random(5) - 2)),
      () => one<HTMLButtonElement>(".tools button:not(:disabled):not(.play):not(.copy)")?.click(),
      () => one<HTMLButtonElement>("button.equal:not([hidden])")?.click(),
    ];
    kinds[random(kinds.length)]!();
  }
}
