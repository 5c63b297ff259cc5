import { onCommOpen, openComm } from "./comms";
import { currentExecution } from "./execution";
import { hostKey, type KernelHost } from "./host";
import { askForLine, publish } from "./messages";

/** Offers the kernel, or the page, to the code of the cells. */
export function offerHost(): void {
  const host: KernelHost = {
    execution: currentExecution,
    beforeEnd: (work) => currentExecution()?.ends?.push(work),
    publish,
    openComm,
    onCommOpen,
    input: askForLine,
  };
  (globalThis as { [hostKey]?: KernelHost })[hostKey] = host;
}
