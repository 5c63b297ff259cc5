import { hostKey, type KernelHost } from "../../kernel/host";
import { tell } from "../../kernel/engine/channel";
import { hearComm, onCommOpen, openComm, publish } from "../../kernel/engine/comms";
import { currentExecution } from "../../kernel/engine/execution";
import { askForLine, hearLine } from "../../kernel/engine/line";
import { showTensors } from "../../kernel/engine/tensors";
import type { Frame } from "../../kernel/pipe";
import { rewriteFunctionTexts, rewriteStacks } from "../../kernel/stack";
import type { ChineseTable } from "../../kernel/chinese/translator";
import { bindTimers } from "./async";
import { catchConsole } from "./console";
import { speakChinese } from "./language";
import { membersOf } from "./members";
import { operations } from "./offered";
import { places } from "./places";
import { failed, run, type RunRequest, withoutCalls } from "./runner";

/** The page's engine: the kernel's own, in a worker, with messages in place of pipes. */
const host: KernelHost = {
  execution: currentExecution,
  beforeEnd: (work) => currentExecution()?.ends?.push(work),
  publish,
  openComm,
  onCommOpen,
  input: askForLine,
};
(globalThis as { [hostKey]?: KernelHost })[hostKey] = host;
bindTimers();
rewriteStacks(places);
rewriteFunctionTexts(withoutCalls);
showTensors();
catchConsole(() => publish("clear_output", { wait: false }));

globalThis.addEventListener("error", (event) => {
  event.preventDefault();
  failed(currentExecution(), event.error ?? new Error(event.message));
});
globalThis.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  failed(currentExecution(), event.reason);
});
globalThis.addEventListener("message", ({ data }: MessageEvent<Frame>) => void hear(data));
tell({ op: "ready", operations });

async function hear(frame: Frame): Promise<void> {
  if (frame.op === "execute") {
    const ok = await run(frame as unknown as RunRequest);
    tell({ op: "done", id: frame.id, ok });
  } else if (frame.op === "members") tell({ op: "members", names: membersOf(frame.path as string[]) });
  else if (frame.op === "chinese") speakChinese(frame.table as ChineseTable);
  else if (frame.op === "line") hearLine(frame.token as number, frame.value as string);
  else if (frame.op === "comm_msg") {
    const content = frame.content as Parameters<typeof hearComm>[1];
    await hearComm("comm_msg", content, { metadata: {}, buffers: [] }, (error) => failed(null, error));
  }
}
