import type { Figure } from "../figures/figure";
import { figureText } from "../figures/figuretext";
import { isFigure } from "./bundle";
import { type Widget, isWidget } from "./control/widget";
import { currentOutlet, jupyterDisplay } from "./display";
import { bundleOf } from "./pictures";
import { Place } from "./place";

export { isFigure, plotlyType } from "./bundle";
export { bundleOf } from "./pictures";

/** How a figure is shown. */
export interface ShowOptions {
  /** By this name a later call puts another figure in its place. */
  id?: string;
  /** Only put it in the place of the one shown before, wherever that is; nothing new appears under the cell. */
  update?: boolean;
}

const places = new Map<string, Place>();

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
    outlet.send(await bundleOf(shown), `tslab-gradients-${process.pid}-${counter++}`, false);
  else await placeOf(id).show(shown, outlet, update);
}

let counter = 0;

function placeOf(id: string): Place {
  const place = places.get(id) ?? new Place(id);
  places.set(id, place);
  return place;
}
