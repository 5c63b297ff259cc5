import { placedConfig, touchLayout } from "../../figures/plotlyconfig";
import { isWholeInPage, pageFigure } from "../../figures/drawntypes";
import { alternativeText, type PlotlyFigure } from "../../figures/readfigure";
import { type Box, type Boxed, boxed, reflowed, widthIn } from "../../figures/reflow";
import { darkFigure } from "../../figures/palette";
import { element } from "../../explorer/element";
import { loadScript } from "../scripts";
import { isDark, onThemeChange } from "../theme";

interface Plotly {
  react(node: HTMLElement, figure: object): Promise<unknown>;
  purge(node: HTMLElement): void;
  toImage(figure: object, options: object): Promise<string>;
}

let loading: Promise<Plotly> | undefined;

/** plotly.js, started when the first figure or an idle moment asks for it. */
export function plotly(): Promise<Plotly> {
  loading ??= loadScript("script-plotly").then(() => (window as unknown as { Plotly: Plotly }).Plotly);
  return loading;
}

const plots = new Set<Plot>();
onThemeChange(() => plots.forEach((plot) => void plot.draw()));
document.addEventListener("slidessized", ({ target }) => {
  for (const plot of plots) {
    if (!(target as Node).contains(plot.node)) continue;
    plot.reserve();
    void plot.draw();
  }
});
const resizes = new ResizeObserver((entries) => {
  for (const { target } of entries) for (const plot of plots) if (plot.node === target) void plot.fit();
});

/** What is to be done for a figure that comes near. */
const whatThen = new WeakMap<Element, () => void>();
/** The figures that are near. */
const near = new WeakSet<Element>();
const sights = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) near.delete(target);
      else {
        near.add(target);
        whatThen.get(target)?.();
      }
    }
  },
  { rootMargin: "400px" },
);
/** A figure out of sight that is updated again within so many milliseconds is drawn when it comes to rest. */
const restless = 200;

/** Does something whenever a figure comes near what the reader sees. @returns what ends it */
export function whenNear(node: Element, see: () => void): () => void {
  whatThen.set(node, see);
  sights.observe(node);
  return () => sights.unobserve(node);
}

/** A figure in the page: drawn when it comes near, in the page's colours, as wide as there is room. */
export class Plot {
  private readonly drawing = element("div", { className: "drawing" });
  private seen = false;
  private width = 0;
  private revision = 0;
  private updated = -Infinity;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private readonly lookAway: () => void;
  /** The notebook's picture, where it shows traces that the page cannot draw. */
  private betterStill: HTMLImageElement | null;

  /** @param node a `figure`, perhaps with a still picture that the drawing takes the place of */
  constructor(
    readonly node: HTMLElement,
    private figure: PlotlyFigure,
  ) {
    plots.add(this);
    const stills = [...node.querySelectorAll<HTMLImageElement>(":scope > img")];
    this.betterStill = isWholeInPage(figure) ? null : (stills[0] ?? null);
    // Its words are the figure's own, which are told once.
    for (const still of stills) still.alt = "";
    this.describe();
    resizes.observe(node);
    this.lookAway = whenNear(node, () => void this.see());
  }

  static fresh(figure: PlotlyFigure): Plot {
    const plot = new Plot(element("figure", { className: "plot" }), figure);
    plot.node.append(plot.drawing);
    return plot;
  }

  /** Shows another figure in the same place. */
  update(figure: PlotlyFigure): void {
    this.figure = figure;
    this.betterStill = null;
    this.revision++;
    this.describe();
    const now = performance.now();
    const wait = near.has(this.node) || now - this.updated > restless ? 0 : restless;
    this.updated = now;
    clearTimeout(this.resting);
    if (wait === 0) void this.draw();
    else this.resting = setTimeout(() => void this.draw(), wait);
  }

  async see(): Promise<void> {
    if (this.seen && this.resting === undefined) return;
    this.seen = true;
    await this.draw();
  }

  async draw(): Promise<void> {
    if (!this.seen || !this.node.isConnected || this.betterStill) return;
    clearTimeout(this.resting);
    this.resting = undefined;
    const library = await plotly();
    this.width = this.room();
    const inBox = this.reserve();
    const whole = structuredClone(pageFigure(this.figure));
    const { data, layout, config } = reflowed(whole, inBox?.width ?? this.width);
    if (inBox) layout.height = inBox.height;
    const width = inBox?.width ?? this.width;
    const place = { width, autosize: false, uirevision: this.revision };
    const placed = { ...layout, ...touchLayout(), ...place };
    const figure = { data, layout: placed, config: placedConfig(config) };
    this.drawing.style.minHeight = `${Number(layout.height ?? 450)}px`;
    this.drawing.style.width = inBox ? `${width}px` : "";
    this.drawing.style.transform = inBox ? `scale(${inBox.scale})` : "";
    if (this.drawing.parentNode !== this.node) {
      this.drawing.hidden = false;
      this.node.append(this.drawing);
    }
    try {
      await library.react(this.drawing, isDark() ? darkFigure(figure) : figure);
    } catch (reason) {
      // What plotly.js cannot draw is a sentence in its place, unless a picture of it is there.
      if (this.node.querySelector(":scope > img") === null) explain(this.node, reason);
      this.drawing.hidden = true;
      this.node.style.height = "";
      return;
    }
    for (const drawn of this.drawing.querySelectorAll(".main-svg")) drawn.ariaHidden = "true";
    for (const other of this.node.querySelectorAll(":scope > img, :scope > p, :scope > pre")) other.remove();
  }

  /** On a slide, the place that it is drawn in: it is known before there is a drawing. */
  reserve(): Boxed | null {
    const box = this.betterStill ? null : boxOf(this.node);
    const place = box && boxed(pageFigure(this.figure), box);
    this.node.style.height = place ? `${Math.ceil(place.scale * place.height)}px` : "";
    return place;
  }

  /** To be called when it is no longer in the page: plotly.js keeps what it drew until it is told. */
  async dispose(): Promise<void> {
    plots.delete(this);
    resizes.unobserve(this.node);
    this.lookAway();
    if (this.width > 0) (await plotly()).purge(this.drawing);
  }

  async fit(): Promise<void> {
    // On a slide that is not shown there is no room at all.
    if (this.width === 0 || this.node.clientWidth === 0 || this.room() === this.width) return;
    await this.draw();
  }

  /** The figure as a picture for a saved copy. */
  async picture(): Promise<string> {
    if (this.betterStill) return this.betterStill.src;
    const library = await plotly();
    const { width, height } = this.figure.layout;
    return library.toImage(structuredClone(pageFigure(this.figure)), { format: "svg", width, height });
  }

  get content(): PlotlyFigure {
    return this.figure;
  }

  get alt(): string {
    return alternativeText(this.figure);
  }

  private describe(): void {
    this.node.setAttribute("aria-label", this.alt);
    const { height } = this.figure.layout as { height?: number };
    this.drawing.style.minHeight = `${height ?? 450}px`;
  }

  /** The room there is, within what the figure's own width bears: boxes and their text must still fit. */
  private room(): number {
    return widthIn(this.node.clientWidth, this.figure.layout.width);
  }
}

/** A sentence in the place of an output that cannot be shown. */
export function explain(place: HTMLElement, reason: unknown): void {
  const note = element("p", { textContent: reason instanceof Error ? reason.message : String(reason) });
  note.setAttribute("role", "alert");
  place.append(note);
}

/** Of slides the room that a figure may take, as their script measured it; null in a page, which goes on below. */
function boxOf(node: HTMLElement): Box | null {
  const style = getComputedStyle(node);
  const height = parseFloat(style.getPropertyValue("--figure-height"));
  const scale = parseFloat(style.getPropertyValue("--figure-scale"));
  const least = parseFloat(style.getPropertyValue("--figure-least"));
  const width = node.clientWidth;
  return height > 0 && width > 0 ? { width, height, scale, least } : null;
}
