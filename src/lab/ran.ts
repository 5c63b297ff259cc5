import type { Message, NotebookPanel } from "@jupyterlab/notebook";
import { isObject } from "../figures/read";
import { listenToKernel } from "./kernel";

const key = "tslab-gradients";

/** Keeps with each cell which source its outputs are of, so that an export can tell when they no longer are. */
export function keepSources(panel: NotebookPanel): void {
  listenToKernel(panel, {
    heard({ channel, header, metadata }: Message) {
      if (channel !== "shell" || header.msg_type !== "execute_reply") return;
      const said = isObject(metadata) ? metadata[key] : undefined;
      if (!isObject(said) || typeof said["source"] !== "string") return;
      const { cell: id, source } = said;
      const model = panel.content.widgets.find((cell) => cell.model.id === id)?.model;
      if (model === undefined) return;
      const before = model.getMetadata(key);
      model.setMetadata(key, { ...(isObject(before) ? before : {}), source });
    },
    renewed() {},
  });
}
