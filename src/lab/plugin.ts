import { EditorView } from "@codemirror/view";
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import {
  EditorExtensionRegistry,
  type EditorModel,
  IEditorExtensionRegistry,
  type UndoManager,
} from "@jupyterlab/codemirror";
import { INotebookTracker, type Message, type NotebookPanel, type Outputs } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { ITranslator } from "@jupyterlab/translation";
import { isObject } from "../figures/readfigure";
import { hasNumbersToPull } from "../page/cell/literals";
import { numberHandles, type PullHost } from "../page/cell/numberhandles";
import { pullWords } from "../page/pagewords";
import { exportPlugin } from "./exportplugin";
import { exploreType, RenderedExplorer, RenderedFigure } from "./figurewidget";
import { switchPlugin } from "./followswitch";
import { listenToKernel } from "./kernelmessages";
import { lendChinese } from "./labassets";
import { wordsOf } from "./labwords";
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

const numbersPlugin: JupyterFrontEndPlugin = {
  id: "tslab-gradients:numbers",
  description: "Gives the numbers in TypeScript cells a handle by which they are pulled.",
  autoStart: true,
  requires: [IEditorExtensionRegistry],
  optional: [ITranslator],
  activate(_: JupyterFrontEnd, registry: IEditorExtensionRegistry, translator: ITranslator | null) {
    const words = { pull: pullWords[wordsOf(translator).language] };
    const description = EditorView.contentAttributes.of(({ state }) =>
      hasNumbersToPull(state) ? { "aria-description": words.pull } : {},
    );
    registry.addExtension({
      name: numbersPlugin.id,
      factory: ({ model }) =>
        model.type === "code"
          ? EditorExtensionRegistry.createImmutableExtension([
              numberHandles({ words, ...undoneAsOne(model) }),
              description,
            ])
          : null,
    });
  },
};

/** JupyterLab's own undo begins a step after each rest, so it is told when a pull begins and ends. */
function undoneAsOne(model: EditorModel): Pick<PullHost, "began" | "released"> {
  let timeout: number | null = null;
  const separate = (): UndoManager | null | undefined => {
    const manager = model.sharedModel.undoManager;
    manager?.stopCapturing();
    return manager;
  };
  return {
    began() {
      const manager = separate();
      if (!manager) return;
      timeout = manager.captureTimeout;
      manager.captureTimeout = Infinity;
    },
    released() {
      const manager = separate();
      if (manager && timeout !== null) manager.captureTimeout = timeout;
    },
  };
}

export default [figurePlugin, followPlugin, stalePlugin, switchPlugin, exportPlugin, numbersPlugin];
