import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import type { Explorer, ExplorerLibrary, ExploreSpec } from "../figures/explorespec";
import { chineseFont } from "./chinesefont";
import { isDark, onThemeChange, runScript } from "./labassets";

declare global {
  interface Window {
    tslabGradientsExplorer?: ExplorerLibrary;
  }
}

/** The MIME type of a live figure: see `exploreType` of the figures, which this bundle need not hold. */
export const exploreType = "application/vnd.tslab-gradients.explore+json";

/** What readers made of an output, and the data that they began with: for as long as the notebook is open. */
const edits = new WeakMap<IRenderMime.IMimeModel, { from: string; spec: ExploreSpec }>();

/** Where it is set the keys are the figure's: JupyterLab would take "d d" for deleting the cell. */
const ownKeys = "data-lm-suppress-shortcuts";

/** A live figure under a cell: as wide as the panel. */
export class RenderedExplorer extends Widget implements IRenderMime.IRenderer {
  readonly #endTheme = onThemeChange(() => this.#explorer?.setDark(isDark()));
  #explorer: Explorer | undefined;
  #shown = 0;

  constructor() {
    super();
    this.addClass("tslab-gradients-explorer");
    this.node.setAttribute(ownKeys, "");
    this.node.addEventListener("keydown", (event) => {
      const isSaving = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
      this.node.toggleAttribute(ownKeys, !isSaving);
    });
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const number = ++this.#shown;
    try {
      const data = model.data[exploreType];
      const from = JSON.stringify(data);
      const edited = edits.get(model);
      const library = await explorers();
      if (this.isDisposed || number !== this.#shown) return;
      this.#clear();
      const place = this.node.appendChild(document.createElement("div"));
      this.#explorer = library.mount(place, edited?.from === from ? edited.spec : data, {
        dark: isDark(),
        onChange: (spec) => edits.set(model, { from, spec }),
      });
    } catch (reason) {
      if (!this.isDisposed && number === this.#shown) this.#explain(reason);
    }
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#endTheme();
    this.#explorer?.dispose();
    super.dispose();
  }

  #clear(): void {
    this.#explorer?.dispose();
    this.#explorer = undefined;
    this.node.replaceChildren();
  }

  /** A sentence in the figure's place. */
  #explain(reason: unknown): void {
    this.#clear();
    const note = this.node.appendChild(document.createElement("p"));
    note.textContent = reason instanceof Error ? reason.message : String(reason);
  }
}

/** The live figure's program, fetched with the first one, and a font for its Chinese where the machine has none. */
async function explorers(): Promise<ExplorerLibrary> {
  await Promise.all([runScript("explore.js"), chineseFont()]);
  if (window.tslabGradientsExplorer) return window.tslabGradientsExplorer;
  throw new Error("explore.js is broken.");
}
