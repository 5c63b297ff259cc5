import type { Message, NotebookPanel, Outputs } from "@jupyterlab/notebook";
import { isObject } from "../figures/readfigure";
import { listenToKernel } from "./kernel";

const plotlyType = "application/vnd.plotly.v1+json";

/**
 * Lets a notebook's figures follow their kernel after the page was loaded again. JupyterLab updates an output by its
 * display id only in the page that ran the cell; a figure that was shown by an id also carries it in its metadata.
 */
export function followUpdates(panel: NotebookPanel): void {
  /** What this page has seen shown: that JupyterLab updates itself. */
  const shown = new Set<string>();
  listenToKernel(panel, {
    heard({ channel, header, content }: Message) {
      const id =
        channel === "iopub" && isObject(content.transient) ? content.transient["display_id"] : undefined;
      if (typeof id !== "string") return;
      if (header.msg_type === "display_data") shown.add(id);
      else if (header.msg_type === "update_display_data" && !shown.has(id)) {
        for (const { model } of panel.content.widgets) if (model.outputs) update(model.outputs, id, content);
      }
    },
    renewed: () => shown.clear(),
  });
}

function update(outputs: Outputs, id: string, { data, metadata }: Message["content"]): void {
  for (let i = 0; i < outputs.length; i++) {
    const output = outputs.get(i).toJSON();
    const figure = isObject(output["metadata"]) ? output["metadata"][plotlyType] : undefined;
    if (isObject(figure) && figure["display_id"] === id) outputs.set(i, { ...output, data, metadata });
  }
}
