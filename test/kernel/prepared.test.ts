import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { preparedFlags } from "../../dist/kernel/front/prepared.js";
import { v8Options } from "../../dist/kernel/v8options.js";
import { Client } from "./client";

const front = join(process.cwd(), "dist", "kernel", "front", "prepared.js");

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

test("where Node has other options another state is looked for, and a broken one is done without", async () => {
  const env = { NODE_OPTIONS: "--stack-trace-limit=99" };
  const file = fileOf(env.NODE_OPTIONS);
  expect(file).not.toBe(fileOf(""));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "no snapshot");
  onTestFinished(() => rmSync(file));
  const kernel = await Client.start({ env });
  const { outputs } = await kernel.run(`Symbol.for("tslab-gradients.prepared") in globalThis`);
  expect(outputs[0]?.content.data["text/plain"]).toBe("false");
  await kernel.shutdown();
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
