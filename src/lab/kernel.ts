import type { Kernel, Message, NotebookPanel } from "@jupyterlab/notebook";

/** What is done with what a notebook's kernel says. */
export interface KernelEars {
  /** A message came. */
  heard(message: Message): void;
  /** There is another kernel, or none, or it starts anew: its variables are gone. */
  renewed(kernel: Kernel | null): void;
}

const ends = new Set(["restarting", "autorestarting", "terminating", "dead"]);

/** Listens to a notebook's kernel, whichever it is at the time. */
export function listenToKernel({ sessionContext }: NotebookPanel, ears: KernelEars): void {
  let listened: Kernel | null = null;
  const hear = (_: unknown, { msg, direction }: { msg: Message; direction: string }): void => {
    if (direction === "recv") ears.heard(msg);
  };
  const hearStatus = (_: unknown, status: string): void => {
    if (ends.has(status)) ears.renewed(listened);
  };
  const listen = (kernel: Kernel | null): void => {
    listened?.anyMessage.disconnect(hear);
    listened?.statusChanged.disconnect(hearStatus);
    listened = kernel;
    kernel?.anyMessage.connect(hear);
    kernel?.statusChanged.connect(hearStatus);
    ears.renewed(kernel);
  };
  listen(sessionContext.session?.kernel ?? null);
  sessionContext.kernelChanged.connect((_, { newValue }) => listen(newValue));
}
