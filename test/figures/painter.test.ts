import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const still = join(process.cwd(), "dist", "figures", "still");
const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const figure = (title: string): string =>
  `require(${JSON.stringify(join(process.cwd(), "dist", "figures"))}).gradientFigure([{ gradients: [{ name: "layers.0.0.weight", shape: [1, 1], mean: 0.5 }] }], { title: ${JSON.stringify(title)} })`;

/** What a program that draws figures prints, as JSON. */
async function printed(
  program: string,
  options: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [...options, "-e", program], {
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
  return JSON.parse(stdout) as unknown;
}

test("a thread that ends without an error is told of where a figure waits, and the next figure has another", async () => {
  // The first thread ends as soon as it is asked for something, as a library in it might make it.
  const preload = join(folder, "preload.cjs");
  writeFileSync(
    preload,
    `const { isMainThread, parentPort, threadId } = require("node:worker_threads");
     if (!isMainThread && threadId === 1) parentPort.once("message", () => process.exit(0));`,
  );
  const program = `
    const { paint } = require(${JSON.stringify(join(still, "thread.js"))});
    (async () => {
      const figure = ${figure("a")};
      const both = await Promise.allSettled([paint(figure), paint(figure)]);
      const { png } = await paint(figure);
      console.log(JSON.stringify([...both.map(({ reason }) => reason?.message), png.slice(0, 4)]));
    })();`;
  const sentence = "The thread that draws figures ended, with exit code 0, before it had drawn this one.";
  expect(await printed(program, ["--require", preload])).toEqual([sentence, sentence, "iVBO"]);
});

test("a font that cannot be cut down to a figure's text spoils no figure, that one neither", async () => {
  // Its file has nowhere to go at first, and then there is room; in the end somebody tidies up.
  const temporary = join(folder, "file", "in a file");
  writeFileSync(join(folder, "file"), "");
  const program = `
    const { rmSync, statSync, mkdirSync, readdirSync } = require("node:fs"), { dirname } = require("node:path");
    const { fontFile } = require(${JSON.stringify(join(still, "glyphs.js"))});
    (async () => {
      const sizes = [];
      const draw = async (text) => sizes.push(statSync(await fontFile(text)).size);
      await draw("a"); await draw("\u9f98"); await draw("a"); await draw("\u9f98");
      rmSync(${JSON.stringify(join(folder, "file"))}); mkdirSync(${JSON.stringify(temporary)}, { recursive: true });
      await draw("\u9f98"); await draw("a");
      rmSync(dirname(await fontFile("a")), { recursive: true });
      await draw("a");
      console.log(JSON.stringify(sizes.map((size) => (size > 5e6 ? "whole" : "part"))));
    })();`;
  expect(await printed(program, [], { TMPDIR: temporary })).toEqual([
    "part",
    "whole",
    "part",
    "whole",
    "part",
    "part",
    "part",
  ]);
  const paints = `
    const { paint } = require(${JSON.stringify(join(still, "thread.js"))});
    paint(${figure("\u9f98\u9750")}).then(({ png }) => console.log(JSON.stringify(png.length > 1000)));`;
  expect(await printed(paints, [], { TMPDIR: join(folder, "nowhere") })).toBe(true);
});
