import type { Frame } from "../../kernel/pipe";
import type { PlotlyFigure } from "../content";
import { element } from "../element";
import type { Words } from "../words";
import { ansiHtml } from "./ansi";
import { bundleView } from "./bundle";
import { drawsLive, Live } from "./live";
import { Plot } from "./plot";
import type { Widgets } from "./widget";

interface Bundle {
  data: { [mimeType: string]: unknown };
  metadata?: { [mimeType: string]: unknown };
  transient?: { display_id?: string };
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
  private clears = false;
  private stream: { name: string; node: HTMLPreElement; text: string } | null = null;
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
      this.plots.push(new Plot(figure, JSON.parse(json) as PlotlyFigure));
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

  /** The run is over: what it did not replace goes. */
  end(): void {
    this.clear();
    this.spare = [];
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
    this.spare = this.plots.splice(0);
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
      this.stream = { name, node, text: "" };
    }
    const { stream } = this;
    if (/[\u001b\r\b]/.test(shown) || stream.text.includes("\u001b")) {
      stream.text += shown;
      stream.node.innerHTML = ansiHtml(stream.text);
    } else {
      stream.text += "";
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
    const figure = bundle.data[plotlyType] as PlotlyFigure | undefined;
    if (figure !== undefined) {
      const plot = this.plotOf(figure);
      this.plots.push(plot);
      if (id !== undefined) keep(id, ({ data }) => plot.update(data[plotlyType] as PlotlyFigure));
      return;
    }
    if (exploreType in bundle.data && drawsLive()) return this.explore(bundle.data[exploreType]);
    const place = element("div", { className: "bundle" });
    const draw = ({ data, metadata = {} }: Bundle): void =>
      place.replaceChildren(bundleView(data, metadata, this.widgets, this.words));
    draw(bundle);
    this.add(place);
    if (id !== undefined) keep(id, draw);
  }

  private explore(spec: unknown): void {
    const live = Live.fresh(spec);
    this.add(live.node);
    this.came(live, this.lives.push(live));
  }

  private plotOf(figure: PlotlyFigure): Plot {
    const spare = this.spare.shift();
    const plot = spare ?? Plot.fresh(figure);
    this.add(plot.node);
    if (spare) spare.update(figure);
    return plot;
  }
}

function keep(id: string, update: (bundle: Bundle) => void): void {
  displays.set(id, (displays.get(id) ?? new Set()).add(update));
}
