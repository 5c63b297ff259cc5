import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { type NotebookPanel, INotebookTracker, type Message, type Outputs } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { isObject } from "../figures/readfigure";
import { lendChinese } from "./chinesefont";
import { exploreType, RenderedExplorer } from "./explorerwidget";
import { exportPlugin } from "./exportplugin";
import { RenderedFigure } from "./figurewidget";
import { switchPlugin } from "./followswitch";
import { listenToKernel } from "./kernelmessages";
import { stalePlugin } from "./staleplugin";

const plotlyType = "application/vnd.plotly.v1+json";

/** A figure is data, not script: safe in a notebook that is not trusted. */
const factories: IRenderMime.IRendererFactory[] = [
  {
    safe: true,
    mimeTypes: [plotlyType],
    createRenderer: () => new RenderedFigure(),
  },
  { safe: true, mimeTypes: [exploreType], createRenderer: () => new RenderedExplorer() },
];

/** Lower than the ranks of html (50), SVG (80) and PNG (90), so that JupyterLab prefers the figure. */
const rank = 0;

const figurePlugin: JupyterFrontEndPlugin = {
  id: "tslab-gradients:figures",
  description: "Draws Plotly and live figures, in notebooks that are trusted and in those that are not.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate(app: JupyterFrontEnd, rendermime: IRenderMimeRegistry) {
    const offer = (): void => factories.forEach((factory) => rendermime.addFactory(factory, rank));
    offer();
    // The stock plotly extension, where there is one, takes the type over when it starts after this one.
    void app.started.then(() => {
      offer();
      void lendChinese();
    });
  },
};

const followPlugin: JupyterFrontEndPlugin = {
  id: "tslab-gradients:figures-follow",
  description: "Updates figures in place also after the page was loaded again.",
  autoStart: true,
  requires: [INotebookTracker],
  activate(_: JupyterFrontEnd, tracker: INotebookTracker) {
    tracker.forEach(followUpdates);
    tracker.widgetAdded.connect((_, panel) => followUpdates(panel));
  },
};

/**
 * Lets a notebook's figures follow their kernel after the page was loaded again. JupyterLab updates an output by its
 * display id only in the page that ran the cell; a figure that was shown by an id also carries it in its metadata.
 */
function followUpdates(panel: NotebookPanel): void {
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

export default [figurePlugin, followPlugin, stalePlugin, switchPlugin, exportPlugin];
