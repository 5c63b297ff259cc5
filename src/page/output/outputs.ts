import { type PlotlyFigure, readFigure } from "../../figures/readfigure";
import { overwritten } from "../../kernel/terminaltext";
import type { Frame } from "../../runtime/ports";
import { element } from "../../explorer/element";
import type { Words } from "../pagewords";
import { ansiHtml, bundleView } from "./bundle";
import { drawsLive, Live } from "./livefigures";
import { explain, Plot } from "./plotview";
import type { Widgets } from "./widget";

interface Bundle {
  data: { [mimeType: string]: unknown };
  metadata?: { [mimeType: string]: unknown };
  transient?: { display_id?: string };
}

/** What a cell prints to one stream without anything else between. */
interface PrintedStream {
  name: string;
  node: HTMLPreElement;
  text: string;
  /** Whether it has colours, or overwrites itself. */
  isTerminals: boolean;
}

const plotlyType = "application/vnd.plotly.v1+json";
const exploreType = "application/vnd.tslab-gradients.explore+json";
/** A cell's text beyond this is not shown: a page with more stops to answer. */
const mostText = 500_000;
/** By display id, all that shows it in the page. */
const displays = new Map<string, Set<(bundle: Bundle) => void>>();

/** What shows below a cell. */
export class Outputs {
  readonly plots: Plot[] = [];
  readonly lives: Live[] = [];
  /** Of the run before: a figure of the new run is drawn in its place, which takes a tenth of a new drawing's time. */
  private spare: Plot[] = [];
  /** Lets go of what followed updates of a display. */
  private readonly shown: (() => void)[] = [];
  private clears = false;
  private stream: PrintedStream | null = null;
  private length = 0;

  /** @param came is told of every new live figure, and its number, from 1 */
  constructor(
    readonly node: HTMLElement,
    private readonly widgets: Widgets,
    private readonly words: Words,
    private readonly came: (live: Live, number: number) => void,
  ) {
    for (const figure of node.querySelectorAll<HTMLElement>("figure[data-figure]")) {
      const json = figure.querySelector("script")?.textContent ?? "null";
      try {
        this.plots.push(new Plot(figure, readFigure(JSON.parse(json), words.language)));
      } catch (reason) {
        explain(figure, reason);
      }
    }
    for (const figure of node.querySelectorAll<HTMLElement>("figure[data-explore]")) {
      const json = figure.querySelector("script")?.textContent ?? "null";
      this.lives.push(new Live(figure, JSON.parse(json)));
    }
  }

  /** A run begins: what is shown stays until something new comes, so that nothing jumps. */
  begin(): void {
    this.clears = true;
  }

  /** The run was stopped: what it did not replace stays. */
  stay(): void {
    this.clears = false;
  }

  /** The run is over: what it did not replace goes. */
  end(): void {
    this.clear();
    for (const plot of this.spare.splice(0)) void plot.dispose();
  }

  hear(frame: Frame): void {
    if (frame.op === "stream") return this.print(frame.name as string, frame.text as string);
    const content = frame.content as Bundle;
    switch (frame.type) {
      case "display_data":
      case "execute_result":
        return this.show(content);
      case "update_display_data":
        for (const update of displays.get(content.transient?.display_id ?? "") ?? []) update(content);
        return;
      case "clear_output":
        this.clears = true;
        if ((frame.content as { wait?: boolean }).wait !== true) this.clear();
        return;
      case "error":
        return this.fail(content as unknown as { traceback: string[] });
    }
  }

  private clear(): void {
    if (!this.clears) return;
    this.clears = false;
    this.spare.push(...this.plots.splice(0));
    for (const forget of this.shown.splice(0)) forget();
    for (const live of this.lives.splice(0)) live.dispose();
    this.stream = null;
    this.length = 0;
    this.node.replaceChildren();
  }

  private add(node: HTMLElement): void {
    this.clear();
    this.stream = null;
    this.node.append(node);
  }

  private print(name: string, text: string): void {
    this.clear();
    if (this.length > mostText) return;
    this.length += text.length;
    const shown = this.length > mostText ? `${text.slice(0, mostText)}\n${this.words.tooMuch}\n` : text;
    if (this.stream?.name !== name) {
      const node = element("pre", { className: `stream ${name}`, tabIndex: 0 });
      node.setAttribute("role", "group");
      node.setAttribute("aria-label", this.words.output);
      this.add(node);
      this.stream = { name, node, text: "", isTerminals: false };
    }
    const { stream } = this;
    if (/[\u001b\r\b]/.test(shown) || stream.isTerminals) {
      stream.isTerminals = true;
      stream.text = overwritten(stream.text + shown);
      stream.node.innerHTML = ansiHtml(stream.text);
    } else {
      stream.text += shown;
      stream.node.append(shown);
    }
  }

  private fail({ traceback }: { traceback: string[] }): void {
    const node = element("pre", { className: "stream error", tabIndex: 0 });
    node.setAttribute("role", "alert");
    node.innerHTML = ansiHtml(traceback.join("\n"));
    this.add(node);
  }

  private show(bundle: Bundle): void {
    this.clear();
    const id = bundle.transient?.display_id;
    if (plotlyType in bundle.data) {
      try {
        const plot = this.plotOf(readFigure(bundle.data[plotlyType], this.words.language));
        this.plots.push(plot);
        if (id !== undefined)
          this.keep(id, ({ data }) => plot.update(readFigure(data[plotlyType], this.words.language)));
      } catch (reason) {
        const place = element("div", { className: "bundle" });
        explain(place, reason);
        this.add(place);
      }
      return;
    }
    if (exploreType in bundle.data && drawsLive()) return this.explore(bundle.data[exploreType]);
    const place = element("div", { className: "bundle" });
    const draw = ({ data, metadata = {} }: Bundle): void =>
      place.replaceChildren(bundleView(data, metadata, this.widgets, this.words));
    draw(bundle);
    this.add(place);
    if (id !== undefined) this.keep(id, draw);
  }

  /** What an id shows in this cell follows its updates, until it is no longer shown. */
  private keep(id: string, update: (bundle: Bundle) => void): void {
    const shown = displays.get(id) ?? new Set();
    displays.set(id, shown.add(update));
    this.shown.push(() => {
      shown.delete(update);
      if (shown.size === 0 && displays.get(id) === shown) displays.delete(id);
    });
  }

  private explore(spec: unknown): void {
    const live = Live.fresh(spec);
    this.add(live.node);
    this.came(live, this.lives.push(live));
  }

  private plotOf(figure: PlotlyFigure): Plot {
    this.clear();
    const spare = this.spare.shift();
    const plot = spare ?? Plot.fresh(figure);
    this.add(plot.node);
    if (spare) spare.update(figure);
    return plot;
  }
}
