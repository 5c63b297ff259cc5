import { type ExploreOptions, type ExploreSpec, exploreSpec } from "../figures/explorespec";
import type { Figure } from "../figures/figure";
import { networkFigure } from "../figures/networkfigure";
import { figureText } from "../figures/figuretext";
import { type LayerGradients, layerGradients } from "../nn/gradients";
import { ExampleDeepNeuralNetwork } from "../nn/network";
import { quote } from "../nn/quote";
import { defaultGenerator } from "../nn/random";
import { tensor } from "../nn/tensor";
import { currentOutlet, jupyterDisplay, type MimeBundle, type Outlet } from "../runtime/display";
import { isFigure, dataOf, plotlyType, bundleOf, exploreBundle } from "../runtime/figurebundle";
import { isMoving } from "../controls/listeners";
import { type Widget, isWidget } from "../controls/widgets";

/** How a figure is shown. */
export interface ShowOptions {
  /** By this name a later call puts another figure in its place. */
  id?: string;
  /** Only put it in the place of the one shown before, wherever that is; nothing new appears under the cell. */
  update?: boolean;
}

/** Figures shown without an id: each gets one that nobody else knows. */
let unnamed = 0;

/**
 * Shows a figure under the cell as one MIME bundle: Plotly's JSON, a static SVG and PNG, and the numbers as text.
 * Outside a kernel the numbers are printed. Jupyter: `display_data`, `update_display_data`.
 *
 * With an `id` the figure takes the place of the one shown before by that id: within one execution it is updated,
 * and a later one updates what is still on the page and shows it under its own cell too. While a control moves it, or
 * updates follow each other within 250 ms, only its data are sent; the pictures follow when it rests.
 * @throws TypeError where `figure` is not one of this package's figures, or `update` comes without an `id`.
 */
export function show(figure: Figure, options?: ShowOptions): Promise<void>;
/** Shows a control, or a row or column of them. Outside the project's kernel its value is printed. */
export function show(widget: Widget): Promise<void>;
export async function show(shown: Figure | Widget, { id, update = false }: ShowOptions = {}): Promise<void> {
  // Taken before anything is waited for: the cell that asked is the one that shows.
  const outlet = currentOutlet();
  if (isWidget(shown)) {
    if (outlet === null) console.log(shown[jupyterDisplay]()["text/plain"]);
    else outlet.send({ data: shown[jupyterDisplay](), metadata: {} }, null, false);
    return;
  }
  if (!isFigure(shown))
    throw new TypeError(
      "show got something else than a figure; expected what gradientFigure or another of the figures returns.",
    );
  if (update && id === undefined)
    throw new TypeError("show got update without an id; expected the id of a figure.");
  if (outlet === null) console.log(figureText(shown));
  else if (id === undefined)
    outlet.send(await bundleOf(shown), `tslab-gradients-${process.pid}-${unnamed++}`, false);
  else await placeOf(id).show(shown, outlet, update);
}

const places = new Map<string, FigurePlace>();

function placeOf(id: string): FigurePlace {
  const place = places.get(id) ?? new FigurePlace(id);
  places.set(id, place);
  return place;
}

/** Two updates within this time, in milliseconds, are a movement. */
const movementTime = 250;
/** After this time without another update, in milliseconds, the figure is at rest. */
const restTime = 400;

/**
 * Where the figures of one id are shown. While they move only their data are sent, at once; the pictures are made when
 * the figure rests, since making them takes as long as several updates. What is sent is never older than what was.
 */
class FigurePlace {
  private execution: object | null = null;
  /** The number of the newest figure. */
  private newest = 0;
  private updated = -Infinity;
  private queue: Promise<void> = Promise.resolve();
  /** Sends the pictures of the figure whose data alone were sent. */
  private finish: (() => Promise<void>) | null = null;
  private resting: NodeJS.Timeout | undefined;
  private readonly ends = new WeakSet<object>();

  constructor(private readonly id: string) {}

  /** Ends when the figure's data were sent. */
  show(figure: Figure, outlet: Outlet, update: boolean): Promise<void> {
    const number = ++this.newest;
    clearTimeout(this.resting);
    this.finish = null;
    const moves = isMoving() || performance.now() - this.updated < movementTime;
    const light = moves && outlet.beforeEnd !== null;
    const done = this.queue.then(async () => {
      const known = this.execution !== null;
      const fresh = !update && this.execution !== outlet.execution;
      if (fresh) this.execution = outlet.execution;
      const bundle = named(light ? dataOf(figure) : await bundleOf(figure), this.id);
      if (update || known) {
        outlet.send(bundle, this.id, true);
        this.updated = performance.now();
      }
      if (fresh) outlet.send(bundle, this.id, false);
      if (light && number === this.newest) this.rest(figure, outlet);
    });
    this.queue = done.catch(() => {});
    return done;
  }

  /** The pictures follow once no newer figure comes, and at the latest when the cell ends. */
  private rest(figure: Figure, outlet: Outlet): void {
    const number = this.newest;
    this.finish = async () => {
      this.finish = null;
      clearTimeout(this.resting);
      const bundle = named(await bundleOf(figure), this.id);
      // A newer one may have come meanwhile.
      if (number === this.newest) outlet.send(bundle, this.id, true);
    };
    this.resting = setTimeout(() => void this.finish?.(), restTime);
    if (this.ends.has(outlet.execution)) return;
    this.ends.add(outlet.execution);
    outlet.beforeEnd?.(async () => this.finish?.());
  }
}

/** Display ids are not saved with a notebook: a page that loads it must know which figure it is that is updated. */
function named({ data, metadata }: MimeBundle, id: string): MimeBundle {
  return { data, metadata: { ...metadata, [plotlyType]: { display_id: id } } };
}

/**
 * Shows the section's two networks as a live figure, which computes where it is seen: layers, shortcuts, seed, input
 * and target are changed in it. JupyterLab with this package's extension draws it, trusted or not, and exported pages
 * do; elsewhere its PNG shows. Outside a kernel the numbers are printed. The kernel's own random numbers go on as they
 * were. Jupyter: `display_data`.
 * @param standalone adds HTML with the whole figure in it, a quarter of a megabyte, for VS Code and for Jupyter without
 *   the extension
 * @throws TypeError or RangeError naming the value and what was expected.
 */
export async function explore(
  options: ExploreOptions = {},
  { standalone = false }: { standalone?: boolean } = {},
): Promise<void> {
  // Taken before anything is waited for: the cell that asked is the one that shows.
  const outlet = currentOutlet();
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new TypeError(
      `explore got ${quote(options)}; expected an object such as { layerSizes: [3, 3, 1] }.`,
    );
  const spec = exploreSpec(options);
  const figure = stillFigure(spec);
  if (outlet === null) console.log(figureText(figure));
  else outlet.send(await exploreBundle(spec, figure, standalone), null, false);
}

/** What the live figure begins with, as it is where nothing moves. */
function stillFigure(spec: ExploreSpec): Figure {
  const { shortcuts, language } = spec;
  const series = [
    gradientsOf(spec, false),
    { ...gradientsOf(spec, shortcuts), useShortcut: true, shortcuts },
  ];
  return networkFigure(series, { language });
}

function gradientsOf(spec: ExploreSpec, useShortcut: false | readonly boolean[]): LayerGradients {
  const { layerSizes, seed, gelu, input, target } = spec;
  const x = tensor(input);
  const model = defaultGenerator.fork(
    BigInt(seed),
    () => new ExampleDeepNeuralNetwork(layerSizes, { useShortcut, gelu }),
  );
  try {
    return layerGradients(model, x, target);
  } finally {
    model.dispose();
    x.dispose();
  }
}
