import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { preparedFlags, v8Options } from "../../dist/kernel/front/snapshotfile.js";
import { Client } from "./client";

/** What a notebook says of its language. */
const metadata = { language_info: { name: "typescript" } };

const front = join(process.cwd(), "dist", "kernel", "front", "snapshotfile.js");

/** The file that a kernel started with these options of Node looks for. */
function fileOf(options: string): string {
  const program = `process.stdout.write(require(${JSON.stringify(front)}).preparedFile())`;
  const env = { ...process.env, NODE_OPTIONS: options };
  return execFileSync(process.execPath, ["-e", program], { env, encoding: "utf8" });
}

// The set-up leaves an empty file where this Node cannot start so; Node.js 20 and 22 can.
const cannot =
  !/^v2[02]\./.test(process.version) && statSync(fileOf(""), { throwIfNoEntry: false })?.size === 0;

test.skipIf(cannot)(
  "the set-up has prepared the engine, and what a cell starts is not the engine",
  async () => {
    expect(preparedFlags()).toEqual([...v8Options, "--snapshot-blob", fileOf("")]);
    const kernel = await Client.start();
    const { outputs } = await kernel.run(`
    import { fork } from "child_process"; import { writeFileSync } from "fs"; import { tmpdir } from "os";
    const program = tmpdir() + "/tslab-gradients-forked-" + process.pid + ".js";
    writeFileSync(program, "process.send(process.execArgv)");
    const answer = await new Promise((resolve) => fork(program).on("message", resolve));
    [Symbol.for("tslab-gradients.prepared") in globalThis, answer, Error.stackTraceLimit]`);
    expect(outputs[0]?.content.data["text/plain"]).toBe("[ true, [], 100 ]");
    await kernel.shutdown();
  },
);

describe("where Node has other options another state is looked for, and a broken one is done without", () => {
  const env = { NODE_OPTIONS: "--stack-trace-limit=99" };
  const code = `Symbol.for("tslab-gradients.prepared") in globalThis`;
  beforeAll(() => {
    const file = fileOf(env.NODE_OPTIONS);
    expect(file).not.toBe(fileOf(""));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "no snapshot");
  });
  afterAll(() => rmSync(fileOf(env.NODE_OPTIONS)));

  test("by a kernel, whenever it starts an engine", async () => {
    const kernel = await Client.start({ env });
    for (let engine = 0; engine < 2; engine++) {
      const { outputs } = await kernel.run(code);
      expect(outputs[0]?.content.data["text/plain"]).toBe("false");
      await kernel.run("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})");
    }
    await kernel.shutdown();
  });

  test("by an export that runs the notebook", () => {
    const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const notebook = join(folder, "a.ipynb");
    const cell = {
      cell_type: "code",
      id: "a",
      source: code,
      metadata: {},
      outputs: [],
      execution_count: null,
    };
    writeFileSync(notebook, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [cell] }));
    const args = ["dist/cli.js", "export", notebook, "--execute", "--to", "md", "-o", join(folder, "a.md")];
    execFileSync(process.execPath, args, { env: { ...process.env, ...env }, stdio: "pipe" });
    expect(readFileSync(join(folder, "a.md"), "utf8")).toContain("false");
  });
});

test("what nobody seeds is another draw in every kernel, though all start from one state", async () => {
  const drawn = await Promise.all(
    [1, 2].map(async () => {
      const kernel = await Client.start();
      const { outputs } = await kernel.run(`
        import { nn } from "tslab-gradients";
        [Math.random(), ...new nn.Linear(1, 1).parameters().map((parameter) => parameter.dataSync()[0])]`);
      await kernel.shutdown();
      return outputs[0]?.content.data["text/plain"].match(/-?0\.\d+/g) as string[];
    }),
  );
  expect(drawn[0]).toHaveLength(3);
  for (const number of drawn[0]!) expect(drawn[1]).not.toContain(number);
});

test("TensorFlow.js by itself finds the backend that it brings, whatever the kernel was prepared with", async () => {
  const kernel = await Client.start();
  const { outputs } = await kernel.run(
    `import * as tf from "@tensorflow/tfjs"; [tf.scalar(2).square().arraySync(), tf.getBackend()]`,
  );
  expect(outputs.at(-1)?.content.data["text/plain"]).toBe("[ 4, 'cpu' ]");
  await kernel.shutdown();
});
