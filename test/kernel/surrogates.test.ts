import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "./client";
import { textOf } from "./wire";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
  await kernel.run('const host = (globalThis as any)[Symbol.for("tslab-gradients.kernel")]');
}, 60_000);
afterAll(() => kernel.shutdown());

describe("half of a surrogate pair is U+FFFD", () => {
  const half = '"😀"[0]!';
  const escaped = "\\\\ud83d";

  test("in streams, results, displays, their metadata and keys", async () => {
    const code = `const half = ${half}; console.log(half + "${escaped}"); process.stderr.write("😀" + half);
      host.publish("display_data", { data: { "text/html": half, "application/json": { [half]: [half, "${escaped}"] } }, metadata: { [half]: 1 }, transient: {} });
      ({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "a" + half }) })`;
    const { outputs } = await kernel.run(code);
    expect(textOf(outputs)).toBe("\ufffd\\ud83d\n");
    expect(textOf(outputs, "stderr")).toBe("😀\ufffd");
    expect(outputs.find(({ type }) => type === "display_data")!.content).toMatchObject({
      data: { "text/html": "\ufffd", "application/json": { "\ufffd": ["\ufffd", "\\ud83d"] } },
      metadata: { "\ufffd": 1 },
    });
    expect(outputs.at(-1)!.content.data["text/plain"]).toBe("a\ufffd");
  });

  test("in errors and replies, and in what is only passed on", async () => {
    const { outputs, reply } = await kernel.run(`throw new Error(${half})`);
    expect(outputs[0]!.content.evalue).toBe("\ufffd");
    expect(reply.evalue).toBe("\ufffd");
    const id = kernel.begin('"\ud83d"');
    await kernel.end(id);
    expect(kernel.outputs(id).find(({ type }) => type === "execute_input")!.content.code).toBe('"\ufffd"');
    for (const { content } of kernel.heard) expect(JSON.stringify(content)).not.toMatch(/(?<!\\)\\ud8/);
  });

  test("in messages of comms", async () => {
    const { outputs } = await kernel.run(
      `host.openComm("a", { half: ${half} }).send({ half: ${half} }); void 0`,
    );
    expect(outputs.map(({ content }) => content.data)).toEqual([{ half: "\ufffd" }, { half: "\ufffd" }]);
  });
});
