import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { withFallbackFont } from "./font";
import { type PlotlyFigure, alternativeText, readFigure } from "./input";
import { type Plotly, plotly } from "./plotly";
import { onThemeChange, themed } from "./theme";

const defaultHeight = 450;

/** A figure under a cell: as wide as the panel, as high as it says, redrawn in place when it changes. */
export class RenderedFigure extends Widget implements IRenderMime.IRenderer {
  readonly #plot = document.createElement("div");
  readonly #note = document.createElement("p");
  readonly #resizes = new ResizeObserver(() => this.#report(this.#fit()));
  readonly #endTheme = onThemeChange(() => this.#report(this.#draw()));
  #figure: PlotlyFigure | undefined;
  #plotly: Plotly | undefined;
  #width = 0;
  #revision = 0;

  constructor() {
    super();
    this.addClass("tslab-gradients-figure");
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
      await this.#draw();
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

  /** Draws the figure once it is in a panel that is shown; until then its ResizeObserver waits for one. */
  async #draw(): Promise<void> {
    if (!this.#figure || this.node.clientWidth === 0) return;
    const library = await plotly();
    const figure = this.#figure;
    if (this.isDisposed || !figure || this.node.clientWidth === 0) return;
    this.#plotly = library;
    this.#width = this.node.clientWidth;
    this.#show(true);
    await library.react(this.#plot, this.#placed(figure));
  }

  /** The figure with what this place decides: width, colours, a font for every character. */
  #placed(figure: PlotlyFigure): PlotlyFigure {
    const { layout, config, ...rest } = themed(structuredClone(figure));
    const place = { autosize: false, width: this.#width, height: height(figure) };
    // A change of theme keeps the reader's zoom, new numbers do not.
    const fitted = { uirevision: this.#revision, ...withFallbackFont(layout), ...place };
    return { ...rest, layout: fitted, config: { displaylogo: false, ...config, responsive: false } };
  }

  async #fit(): Promise<void> {
    const width = this.node.clientWidth;
    if (width === 0 || width === this.#width || !this.#figure) return;
    if (!this.#plotly) return this.#draw();
    this.#width = width;
    await this.#plotly.relayout(this.#plot, { width });
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
