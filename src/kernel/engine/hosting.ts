import { Module } from "node:module";
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
  // All that tslab's display asks its Jupyter server for is how to send; the rest of that server is never needed here.
  const filename = require.resolve("tslab/dist/jupyter");
  const exports = { lastWriteDisplayData: send };
  require.cache[filename] = Object.assign(new Module(filename), { filename, exports, loaded: true });
}

const send: Sender = ({ data, metadata, transient }, update) =>
  publish(update ? "update_display_data" : "display_data", {
    data,
    metadata,
    transient: { ...transient } as never,
  });
