import { inspect } from "node-inspect-extracted";
import { type ChineseTable, translator } from "../../kernel/chinese/translator";
import { hearComm, offerHost, hearLine, publish } from "../../runtime/messages";
import { currentExecution } from "../../runtime/execution";
import { speakChinese } from "../../runtime/readerswords";
import { type Frame, openPorts } from "../../runtime/ports";
import { rewriteFunctionTexts, rewriteStacks } from "../../runtime/stack";
import { showTensors } from "../../runtime/tensors";
import { AsyncLocalStorage, bindTimers } from "./asynccontext";
import { tell } from "./pagechannel";
import { catchConsole } from "./console";
import { operations } from "./pagelibrary";
import { membersOf } from "./members";
import { places, failed, run, type RunRequest, withoutCalls } from "./cellrunner";

// The page runs cells as the kernel does, in a worker, with messages in place of pipes.
openPorts({ tell, inspect, owners: new AsyncLocalStorage<object>() });
offerHost();
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
  else if (frame.op === "chinese") {
    const { sentences, phrases } = frame.table as ChineseTable;
    speakChinese(translator(sentences, phrases));
  } else if (frame.op === "line") hearLine(frame.token as number, frame.value as string);
  else if (frame.op === "comm_msg") {
    const content = frame.content as Parameters<typeof hearComm>[1];
    await hearComm("comm_msg", content, { metadata: {}, buffers: [] }, (error) => failed(null, error));
  }
}
