import type { NotebookPanel } from "@jupyterlab/notebook";
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { exploreType, RenderedExplorer } from "./explorer";
import { RenderedFigure } from "./figure";
import { exportPlugin } from "./export/plugin";
import { followUpdates } from "./follow";
import { lendChinese } from "./prose";
import { stalePlugin } from "./stale/plugin";

/** A figure is data, not script: safe in a notebook that is not trusted. */
const factories: IRenderMime.IRendererFactory[] = [
  {
    safe: true,
    mimeTypes: ["application/vnd.plotly.v1+json"],
    createRenderer: () => new RenderedFigure(),
  },
  { safe: true, mimeTypes: [exploreType], createRenderer: () => new RenderedExplorer() },
];

/** Before html (50), SVG (80) and PNG (90). */
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
    const opened = (panel: NotebookPanel): void => followUpdates(panel);
    tracker.forEach(opened);
    tracker.widgetAdded.connect((_, panel) => opened(panel));
  },
};

export default [figurePlugin, followPlugin, stalePlugin, exportPlugin];
