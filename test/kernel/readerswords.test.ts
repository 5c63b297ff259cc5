import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { Client } from "./client";
import { imports, thrown } from "./told";
import { textOf } from "./wire";

/** What only a machine knows. */
const withoutMachine = (text: string): string =>
  text.replace(/(at most the |空闲的内存只有 )[\d.]+ [MG]B/, "$1…");

describe.each([
  ["Chinese", { LANG: "zh_CN.UTF-8", TSLAB_GRADIENTS_LANGUAGE: "" }, 2],
  ["English", { LANG: "zh_CN.UTF-8", TSLAB_GRADIENTS_LANGUAGE: "en" }, 1],
] as const)("a reader of %s", (_, env, column) => {
  let kernel: Client;
  const isChinese = column === 2;
  beforeAll(async () => {
    kernel = await Client.start({ env });
    const { reply } = await kernel.run(imports);
    expect(reply.status).toBe("ok");
  }, 60_000);
  afterAll(() => kernel.shutdown());

  test.each(thrown)("%s", async (...row) => {
    const { reply, outputs } = await kernel.run(row[0]);
    const sentence = row[column];
    expect(withoutMachine(reply.evalue as string)).toBe(sentence);
    const { traceback } = outputs.find(({ type }) => type === "error")!.content as { traceback: string[] };

    const [head] = traceback.map((line) => withoutMachine(line.replace(/\u001b\[[\d;]*m/g, "")));
    expect(head).toBe(`${reply.ename as string}: ${sentence}`);
  });

  it("prints errors so, and leaves their messages to programs", async () => {
    const { outputs } = await kernel.run(
      "try { manualSeed(1.5) } catch (error) { console.log(error); console.log((error as Error).message) }",
    );
    const lines = textOf(outputs).split("\n");
    const english = "The seed is 1.5; expected a whole number from -2^63 to 2^64 - 1.";
    const chinese = "随机种子是 1.5；应为 -2^63 到 2^64 - 1 的整数。";
    expect(lines[0]).toBe(`RangeError: ${isChinese ? chinese : english}`);
    expect(lines.at(-2)).toBe(english);
  });

  it("is told of causes", async () => {
    const { outputs } = await kernel.run(
      'try { manualSeed(1.5) } catch (cause) { throw new Error("outer", { cause }) }',
    );
    const { traceback } = outputs.at(-1)!.content as { traceback: string[] };
    const start = isChinese ? "起因：" : "Caused by ";

    expect(traceback.join("\n").replace(/\u001b\[[\d;]*m/g, "")).toContain(
      isChinese ? `${start}RangeError: 随机种子是 1.5；` : `${start}RangeError: The seed is 1.5; `,
    );
  });

  it("is warned", async () => {
    const { outputs } = await kernel.run(
      "void new nn.MSELoss().forward(tensor([[1, 0]]), tensor([[1], [2]]));",
    );
    expect(textOf(outputs, "stderr")).toBe(
      isChinese
        ? "MSELoss 收到的输入形状为 [1, 2]，目标形状为 [2, 1]；两者的值会重复扩展成 [2, 2]，这可能并非本意。\n"
        : "MSELoss got an input of shape [1, 2] and a target of shape [2, 1]; the values are repeated to [2, 2], which may not be what was meant.\n",
    );
  });

  it("is answered by the front", async () => {
    const { evalue } = await kernel.ask("complete_request", { code: "a", cursor_pos: -1 });
    expect(evalue).toBe(
      isChinese
        ? "complete_request 的 cursor_pos 是 -1；应为不小于 0 的整数。"
        : "complete_request's cursor_pos is -1; expected a whole number from 0 on.",
    );
    const id = kernel.send("shell", "no_such_request", {});
    const { content } = await kernel.reply(id);
    expect(content.evalue).toBe(
      isChinese
        ? '本内核不支持请求 "no_such_request"。'
        : 'The request "no_such_request" is not supported by this kernel.',
    );
  });

  it("is told that the cell was interrupted", async () => {
    const id = kernel.begin("for (;;);");
    await kernel.until(() => kernel.outputs(id).some(({ type }) => type === "execute_input"));
    kernel.send("control", "interrupt_request", {});
    const { reply } = await kernel.end(id);
    expect(reply.evalue).toBe(isChinese ? "单元格已被中断。" : "The cell was interrupted.");
  });

  it("is told that the engine ended", async () => {
    const { reply } = await kernel.run('process.kill(process.pid, "SIGKILL"); await new Promise(() => {})');
    expect(reply.evalue).toBe(
      isChinese
        ? "运行单元格的进程已结束（SIGKILL）。新的进程已经接替它；变量已丢失。"
        : "The process that runs the cells ended (SIGKILL). A new one has taken its place; variables are lost.",
    );
  });
});
