import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type ExploreOptions, explore, manualSeed, tf } from "../../dist/index.js";
import { defaultGenerator } from "../../dist/nn/random.js";
import { stockKernel } from "../notebooks/notebook";
import { explored, exploreType } from "./explored";
import { type Message, errorOf, runCells } from "./kernel";

/** The section's: sizes, seed, input and target. */
const section = {
  version: 1,
  layerSizes: [3, 3, 3, 3, 3, 1],
  seed: "123",
  gelu: "none",
  input: [[1, 0, -1]],
  target: 0,
  shortcuts: [true, true, true, true, true],
  language: "en",
};

describe("what explore sends", () => {
  it("is the state, a PNG and the numbers, and nothing else", async () => {
    const { data, metadata } = await explored();
    expect(Object.keys(data)).toEqual([exploreType, "image/png", "text/plain"]);
    expect(data[exploreType]).toEqual(section);
    expect(Object.keys(metadata)).toEqual(["image/png"]);
    const { width, height, alt } = metadata["image/png"]!;
    expect(Buffer.from(String(data["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
    // The first two 32-bit words of a PNG's header; the picture has double density.
    const header = Buffer.from(String(data["image/png"]), "base64").subarray(16, 24);
    expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([2 * Number(width), 2 * Number(height)]);
    // The book's numbers for its first and last layers, exact GELU.
    expect(alt).toContain("falls from 0.00505 at layer 4 to 0.00012 at layer 1");
    expect(data["text/plain"]).toMatch(/layers\.0\.0\.weight +0\.000202 +0\.222\n/);
    expect(data["text/plain"]).toMatch(/layers\.4\.0\.weight +0\.00505 +1\.33$/);
  });

  it("keeps seeds beyond 2^53 and says which shortcuts are off, in Chinese too", async () => {
    const options: ExploreOptions = {
      layerSizes: [2, 2, 2, 3],
      seed: 2n ** 63n + 1n,
      shortcuts: [false, true, true],
      language: "zh",
    };
    const { data, metadata } = await explored(options);
    expect(data[exploreType]).toMatchObject({ seed: "9223372036854775809", shortcuts: [false, true, true] });
    expect(metadata["image/png"]!.alt).toContain(
      "画有 1 条快捷连接；另有 1 条因相邻宽度不同而缺失。有 1 层的快捷连接已关掉。",
    );
  });

  it("standalone has HTML that draws by itself, beside the rest", async () => {
    const target = 0.5;
    const { data } = await explored({ target }, { standalone: true });
    expect(Object.keys(data)).toEqual([exploreType, "text/html", "image/png", "text/plain"]);
    const html = String(data["text/html"]);
    expect(html.length).toBeLessThan(350_000 + String(data["image/png"]).length);
    // Two scripts, each ended once: nothing in the program ends one early.
    expect(html.match(/<\/script/gi)).toHaveLength(2);
    expect(html).not.toMatch(/(?:src|href)=["'](?!data:)/);
    const still = new JSDOM(html).window.document;
    expect(still.querySelector("img")!.alt).toContain("at layer 4");
    expect(still.querySelector("img")!.getAttribute("src")).toBe(
      `data:image/png;base64,${String(data["image/png"])}`,
    );
  });

  it("leaves the kernel's random numbers and its memory as they were", async () => {
    manualSeed(7);
    const expected = [1, 2, 3].map(() => defaultGenerator.random());
    manualSeed(7);
    const { numTensors } = tf.memory();
    const got = [];
    for (let i = 0; i < 3; i++) {
      got.push(defaultGenerator.random());
      await explored({ layerSizes: [2, 2, 1] });
    }
    expect(got).toEqual(expected);
    expect(defaultGenerator.initialSeed()).toBe(7n);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe("outside a kernel", () => {
  it("explore prints the numbers", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await explore({ layerSizes: [3, 3, 1] });
    expect(log.mock.calls).toHaveLength(1);
    expect(String(log.mock.calls[0]![0])).toMatch(/^How much gradient reaches each layer\nweight +without/);
    log.mockRestore();
  });

  it.each([
    [[3, 1], "explore got [3,1]; expected an object"],
    [null, "explore got null; expected an object"],
    [{ layerSizes: [3, 0, 1] }, "layerSizes[1] is 0; expected a whole number of 1 or more."],
    [{ layerSizes: [3, 1e9] }, "layerSizes[1] is 1000000000; expected at most 1024 in a live figure."],
    [{ layerSizes: [] }, "layerSizes is []; expected at least two entries"],
    [{ layerSizes: "3, 3" }, 'layerSizes is "3, 3"; expected an array of whole numbers'],
    [{ seed: 0.5 }, "The seed is 0.5; expected a whole number"],
    [{ gelu: "fast" }, '"fast"'],
    [{ input: [[1, 2]] }, "A row of the input is [1,2]; expected 1 to 256 rows of 3 finite numbers."],
    [{ target: Infinity }, "The target is Infinity; expected a finite number."],
    [{ shortcuts: [true] }, "shortcuts is [true]; expected true or false for each of the 5 layers."],
    [{ language: "fr" }, 'The language is "fr"; expected "en" or "zh".'],
  ])("explore(%j) is an error of one sentence", async (options, sentence) => {
    const error: unknown = await explore(options as never).catch((reason: unknown) => reason);
    expect((error as Error).message).toContain(sentence);
  });
});

describe.each(["tslab", "tslab-gradients-stock"])("in the kernel %s", (kernel) => {
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-explore-"));
  let cells: Message[][] = [];
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    const env = kernel === "tslab" ? {} : stockKernel(folder, kernel);
    const ran = await runCells(
      [
        `import { explore } from "tslab-gradients";\nawait explore({ layerSizes: [3, 3, 1], gelu: "tanh" });`,
        `await explore({}, { standalone: true });`,
        `await explore({ layerSizes: [3, -1] });`,
      ],
      { kernel, env },
    );
    cells = ran.map((messages) => messages.filter(({ type }) => type !== "execute_input"));
  });

  it("shows one bundle", () => {
    expect(cells[0]!.map(({ type }) => type)).toEqual(["display_data"]);
    const { data, metadata } = cells[0]![0]!.content;
    expect(Object.keys(data!)).toEqual([exploreType, "image/png", "text/plain"]);
    expect(data![exploreType]).toEqual({
      ...section,
      layerSizes: [3, 3, 1],
      gelu: "tanh",
      shortcuts: [true, true],
    });
    expect(metadata!["image/png"]).toMatchObject({ width: 900 });
    expect(Object.keys(cells[1]![0]!.content.data!)).toContain("text/html");
  });

  it("names what is wrong", () => {
    expect(errorOf(cells[2]!)).toContain("layerSizes[1] is -1; expected a whole number of 1 or more.");
  });
});
