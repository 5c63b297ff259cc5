import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import type { Explorer, ExplorerLibrary, ExploreSpec } from "../figures/explorespec";
import { placedConfig, touchLayout } from "../figures/plotlyconfig";
import { alternativeText, type PlotlyFigure, readFigure } from "../figures/readfigure";
import { reflowed, widthIn } from "../figures/reflow";
import {
  chineseFont,
  isDark,
  missingFont,
  onThemeChange,
  type Plotly,
  plotly,
  runScript,
  themed,
  withFont,
} from "./labassets";

const defaultHeight = 450;

/** A figure under a cell: about as wide as the panel, as high as it says, redrawn in place when it changes. */
export class RenderedFigure extends Widget implements IRenderMime.IRenderer {
  readonly #plot = document.createElement("div");
  readonly #note = document.createElement("p");
  readonly #resizes = new ResizeObserver(() => this.#report(this.#fit()));
  readonly #endTheme = onThemeChange(() => this.#report(this.#redraw()));
  #figure: PlotlyFigure | undefined;
  #plotly: Plotly | undefined;
  #drawn = false;
  #width = 0;
  #revision = 0;

  constructor() {
    super();
    this.addClass("tslab-gradients-figure");
    this.node.style.overflowX = "auto";
    this.#plot.setAttribute("role", "img");
    this.#note.hidden = true;
    this.node.append(this.#plot, this.#note);
    this.#resizes.observe(this.node);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    try {
      this.#figure = readFigure(model.data["application/vnd.plotly.v1+json"]);
      this.#revision += 1;
      this.#plot.setAttribute("aria-label", alternativeText(this.#figure));
      // The room is taken before the figure is drawn, so that nothing below it jumps.
      this.#plot.style.minHeight = `${height(this.#figure)}px`;
      await this.#redraw();
    } catch (reason) {
      this.#explain(reason);
    }
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#resizes.disconnect();
    this.#endTheme();
    this.#plotly?.purge(this.#plot);
    super.dispose();
  }

  /** Draws the figure, or leaves that to `#fit` while it is in no panel that is shown. */
  async #redraw(): Promise<void> {
    this.#drawn = false;
    if (!this.#figure || this.node.clientWidth === 0) return;
    const [library, font] = await Promise.all([plotly(), missingFont(this.#figure)]);
    const figure = this.#figure;
    if (this.isDisposed || !figure || this.node.clientWidth === 0) return;
    this.#plotly = library;
    this.#drawn = true;
    this.#width = this.#room(figure);
    this.#show(true);
    await library.react(this.#plot, this.#placed(figure, font));
  }

  /** The figure with what this place decides: width, colours, a font for every character. */
  #placed(figure: PlotlyFigure, font: string | undefined): PlotlyFigure {
    const drawn = themed(reflowed(structuredClone(figure), this.#width));
    const place = { autosize: false, width: this.#width, height: height(drawn), ...touchLayout() };
    // A change of theme keeps the reader's zoom, new numbers do not.
    const fitted = { uirevision: this.#revision, ...withFont(drawn.layout, font), ...place };
    this.#plot.style.minHeight = `${place.height}px`;
    return { ...drawn, layout: fitted, config: placedConfig(drawn.config) };
  }

  /** The panel's width, within what the figure's own bears: boxes and their text must still fit. */
  #room({ layout: { width } }: PlotlyFigure): number {
    return widthIn(this.node.clientWidth, width);
  }

  async #fit(): Promise<void> {
    if (this.node.clientWidth === 0 || !this.#figure) return;
    if (!this.#drawn || this.#room(this.#figure) !== this.#width) await this.#redraw();
  }

  #report(work: Promise<void>): void {
    work.catch((reason: unknown) => this.#explain(reason));
  }

  /** A sentence in the figure's place. */
  #explain(reason: unknown): void {
    if (this.isDisposed) return;
    this.#figure = undefined;
    this.#note.textContent = reason instanceof Error ? reason.message : String(reason);
    this.#show(false);
  }

  #show(figure: boolean): void {
    this.#plot.hidden = !figure;
    this.#note.hidden = figure;
  }
}

function height({ layout }: PlotlyFigure): number {
  return typeof layout["height"] === "number" ? layout["height"] : defaultHeight;
}

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
