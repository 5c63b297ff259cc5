import { hostKey, type KernelHost } from "../host";
import type { Sender } from "../display";
import { onCommOpen, openComm, publish } from "./comms";
import { currentExecution } from "./execution";
import { askForLine } from "./line";

const host: KernelHost = {
  execution: currentExecution,
  beforeEnd: (work) => currentExecution()?.ends?.push(work),
  publish,
  openComm,
  onCommOpen,
  input: askForLine,
};

/** Offers the kernel to the code of the cells, and to tslab's own `display`. */
export function offerHost(): void {
  (globalThis as { [hostKey]?: KernelHost })[hostKey] = host;
  // A terminal is emptied by this; a cell's output is its terminal.
  console.clear = () => publish("clear_output", { wait: false });
  const jupyter = require("tslab/dist/jupyter") as object;
  // tslab's display sends through whatever this is at the time: the sender of the cell that the code belongs to.
  Object.defineProperty(jupyter, "lastWriteDisplayData", { get: () => send, configurable: true });
}

const send: Sender = ({ data, metadata, transient }, update) =>
  publish(update ? "update_display_data" : "display_data", {
    data,
    metadata,
    transient: { ...transient } as never,
  });
