import { type Explorer, type ExploreSpec, type MountOptions, readSpec } from "../figures/explorespec";
import { gradientSentences, labelOf } from "../figures/figuresentences";
import { wordsOf } from "../figures/figurewords";
import { modelColors } from "../figures/palette";
import { computeNets, type Net } from "./compute";
import { type Edit, History, type Host } from "./edits";
import { element } from "./element";
import { styleText } from "./explorerstyle";
import { ExploreToolbar } from "./explorertoolbar";
import { type ExploreWords, exploreWords } from "./explorerwords";
import { Fields } from "./fields";
import { LayerEditor } from "./layereditor";
import { type Axis, axisOf, placeOf, powerOfTen, tint } from "./measures";
import { netSvg } from "./networkdrawing";
import { Player } from "./play";
import { followPointer, Hover } from "./pointer";
import { LayerTable } from "./table";

/** Both networks side by side, to be edited in place: every change is computed and drawn at once. */
export class LiveFigure implements Explorer, Host {
  readonly words: ExploreWords;
  nets: [Net, Net];
  /** The first layer, which the gradient reaches last. */
  chosen = 1;
  private readonly history: History<ExploreSpec>;
  private readonly root = element("div", { className: "explore" });
  private readonly networks = element("div", { className: "nets" });
  private readonly panels = [0, 1].map(() => document.createElementNS("http://www.w3.org/2000/svg", "svg"));
  private readonly summary = element("p", { className: "summary" });
  private readonly notice = element("p", { className: "notice" });
  private readonly parts: { render(): void }[];
  private readonly legend: Legend;
  private readonly player: Player;
  private readonly resizes: ResizeObserver;
  private width = 0;
  /** The height there is for the networks. */
  private tallest = Infinity;

  constructor(
    node: HTMLElement,
    private readonly first: ExploreSpec,
    private readonly options: MountOptions,
  ) {
    this.words = exploreWords(first.language);
    this.nets = computeNets(first);
    this.history = new History(first);
    const { words, root } = this;
    this.player = new Player(this, () => this.render());
    const fields = new Fields(this);
    const toolbar = new ExploreToolbar(this, this.commands(), this.player);
    const table = new LayerTable(this, this.labels());
    const editor = new LayerEditor(this);
    this.legend = new Legend(words);
    this.parts = [fields, toolbar, editor, table, new Hover(root)];
    for (const live of [this.summary, this.notice]) live.setAttribute("aria-live", "polite");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", words.title);
    root.append(
      fields.node,
      toolbar.node,
      editor.node,
      this.notice,
      this.networks,
      this.legend.node,
      element("p", { className: "hint", textContent: words.hint }),
      this.summary,
      table.node,
    );
    this.networks.append(...this.panels);
    followPointer(root, this);
    root.addEventListener("keydown", (event) => this.key(event));
    const shadow = node.shadowRoot ?? node.attachShadow({ mode: "open" });
    shadow.replaceChildren(element("style", { textContent: styleText }), root);
    this.setDark(options.dark);
    this.resizes = new ResizeObserver(() => this.fit());
    this.resizes.observe(this.networks);
    this.fit();
  }

  get spec(): ExploreSpec {
    return this.history.now;
  }

  change(edit: Edit, merge?: string): string | null {
    let next: ExploreSpec;
    try {
      next = edit(this.spec);
    } catch (error) {
      return (error as Error).message;
    }
    if (JSON.stringify(next) === JSON.stringify(this.spec)) return null;
    this.history.push(next, merge ?? null);
    this.follow();
    return null;
  }

  choose(row: number): void {
    if (row === this.chosen) return;
    this.chosen = row;
    this.render();
  }

  settle(): void {
    this.history.settle();
  }

  say(sentence: string): void {
    this.notice.textContent = sentence;
  }

  setDark(isDark: boolean): void {
    this.options.dark = isDark;
    this.root.dataset.theme = isDark ? "dark" : "light";
    if (this.width > 0) this.render();
  }

  update(spec: unknown): void {
    try {
      const next = readSpec(spec);
      this.say("");
      this.change(() => ({ ...next, language: this.first.language }));
    } catch (error) {
      this.say(this.words.badState((error as Error).message));
    }
  }

  dispose(): void {
    this.player.stopTimer();
    this.resizes.disconnect();
    this.root.remove();
  }

  private commands() {
    const { history } = this;
    return {
      undo: () => void (history.undo(), this.follow()),
      redo: () => void (history.redo(), this.follow()),
      reset: () => void this.change(() => this.first),
      canUndo: () => history.canUndo,
      canRedo: () => history.canRedo,
    };
  }

  /** The state is another one: computes, draws, tells. */
  private follow(): void {
    this.nets = computeNets(this.spec);
    this.chosen = Math.min(this.chosen, this.spec.layerSizes.length - 1);
    this.player.follow();
    this.say("");
    this.render();
    this.options.onChange?.(this.spec);
  }

  private labels(): [string, string] {
    const words = wordsOf(this.first.language);
    return [0, 1].map((i) => labelOf({ useShortcut: i === 1 }, i, words)) as [string, string];
  }

  private fit(): void {
    const width = this.networks.clientWidth;
    if (width === 0 || width === this.width) return;
    this.width = width;
    this.tallest = width >= 700 ? this.heightLeft() : Infinity;
    this.render();
  }

  /** On a slide, what its box leaves for the networks below what is edited, in the figure's own pixels. */
  private heightLeft(): number {
    const room = parseFloat(getComputedStyle(this.root).getPropertyValue("--explore-room"));
    if (Number.isNaN(room)) return Infinity;
    const { top, width } = this.root.getBoundingClientRect();
    const zoom = width / this.root.offsetWidth;
    return (room - (this.networks.getBoundingClientRect().top - top)) / zoom;
  }

  private render(): void {
    const { spec, nets, words, width, chosen } = this;
    const layers = spec.layerSizes.length - 1;
    // One pixel less: the width is a rounded one.
    const panel = Math.floor(width >= 700 ? (width - 21) / 2 : width);
    const place = placeOf(panel, layers, this.tallest);
    const means = nets.flatMap(({ gradients }) => gradients.map(({ mean }) => mean));
    const axis = axisOf(means, place.mostTicks);
    const labels = this.labels();
    const sentences = nets.map((net) => gradientSentences([net], wordsOf(spec.language)).join(words.space));
    nets.forEach((net, i) => {
      const panel = this.panels[i]!;
      const { phase } = this.player;
      const style = {
        axis,
        phase,
        words,
        isDark: this.options.dark,
        color: modelColors[i]!,
        label: labels[i]!,
        chosen,
        wanted: i === 0 ? null : spec.shortcuts,
      };
      panel.setAttribute("width", String(place.width));
      panel.setAttribute("height", String(place.height));
      panel.setAttribute("role", "img");
      panel.setAttribute("aria-label", `${words.network(labels[i]!, layers)}. ${sentences[i]}`);
      panel.innerHTML = netSvg(net, place, style);
    });
    const losses = nets.map(({ loss }, i) => `${labels[i]!} ${loss === 0 ? "0" : loss.toPrecision(4)}`);
    this.summary.textContent = [...sentences, words.losses(losses)].join(words.space);
    this.legend.render(axis, this.options.dark);
    for (const part of this.parts) part.render();
  }

  private key(event: KeyboardEvent): void {
    // A page's or a notebook's own shortcuts are not meant where somebody edits a figure, but for saving it.
    if (!isSaving(event)) event.stopPropagation();
    const isText = (event.target as Element).matches("input[type=text], textarea");
    if (isText || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    const { undo, redo } = this.commands();
    if (key === "z" && !event.shiftKey) undo();
    else if (key === "y" || key === "z") redo();
    else return;
    event.preventDefault();
  }
}

function isSaving({ ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && key.toLowerCase() === "s";
}

/** What the colours of the units and the lines mean. */
class Legend {
  readonly node: HTMLElement;
  private readonly ramp = element("i", { className: "ramp" });
  private readonly ends = element("span");

  constructor(private readonly words: ExploreWords) {
    const mark = (className: string): HTMLElement => element("i", { className });
    const entry = (...parts: (Node | string)[]): HTMLElement => element("li", {}, ...parts);
    this.node = element(
      "ul",
      { className: "legend" },
      entry(mark("dot positive"), words.positive, mark("dot negative"), words.negative),
      entry(mark("dot faint"), words.faint),
      entry(this.ramp, this.ends),
      entry(mark("stroke"), words.shortcut, mark("stroke none"), words.noShortcut),
    );
    this.node.setAttribute("aria-label", words.legend);
  }

  render({ ends }: Axis, isDark: boolean): void {
    const shades = [0, 1 / 3, 2 / 3, 1].map((position) => tint(position, isDark));
    this.ramp.style.background = `linear-gradient(to right, ${shades.join(", ")})`;
    this.ends.textContent = this.words.ramp(powerOfTen(ends[0]), powerOfTen(ends[1]));
  }
}
