import type { Figure, Json } from "../figures/figure";
import { figureSvg } from "../figures/still/svg";
import { svgPng } from "../figures/still/png";
import { figureText } from "../figures/text";
import { type MimeBundle, type Sender, currentSender } from "./display";

/** The MIME type of a Plotly figure. */
export const plotlyType = "application/vnd.plotly.v1+json";

/** How a figure is shown. */
export interface ShowOptions {
  /** By this name a later call puts another figure in its place. */
  id?: string;
  /** Only put it in the place of the one shown before, wherever that is; nothing new appears under the cell. */
  update?: boolean;
}

/** Under which execution an id was last shown. */
const shown = new Map<string, Sender>();

/**
 * Shows a figure under the cell as one MIME bundle: Plotly's JSON, a static SVG and PNG, and the numbers as text.
 * Outside a kernel the numbers are printed. Jupyter: `display_data`, `update_display_data`.
 *
 * With an `id` the figure takes the place of the one shown before by that id: within one execution it is updated,
 * and a later one updates what is still on the page and shows it under its own cell too.
 * @throws TypeError where `figure` is not one of this package's figures, or `update` comes without an `id`.
 */
export async function show(figure: Figure, { id, update = false }: ShowOptions = {}): Promise<void> {
  checkFigure(figure);
  if (update && id === undefined)
    throw new TypeError("show got update without an id; expected the id of a figure.");
  // Taken before the pictures are made: the cell that asked is the one that shows.
  const sender = currentSender();
  if (sender === null) {
    console.log(figureText(figure));
    return;
  }
  const displayId = id ?? `tslab-gradients-${process.pid}-${counter++}`;
  const before = shown.get(displayId);
  if (!update) shown.set(displayId, sender);
  const bundle = await bundleOf(figure);
  if (update || before !== undefined) send(sender, bundle, displayId, true);
  if (!update && before !== sender) send(sender, bundle, displayId, false);
}

let counter = 0;

/** The figure in all its forms. */
export async function bundleOf(figure: Figure): Promise<MimeBundle> {
  const svg = await figureSvg(figure);
  const { width, height, meta } = figure.layout;
  return {
    data: {
      [plotlyType]: figure as unknown as Json,
      "image/svg+xml": svg,
      "image/png": (await svgPng(svg)).toString("base64"),
      "text/plain": figureText(figure),
    },
    // Without its size a picture of double density shows at double size.
    metadata: { "image/png": { width, height, alt: meta.alt }, "image/svg+xml": { alt: meta.alt } },
  };
}

function send(sender: Sender, { data, metadata }: MimeBundle, displayId: string, update: boolean): void {
  sender({ data, metadata, transient: { display_id: displayId } }, update);
}

function checkFigure(figure: unknown): asserts figure is Figure {
  const { data, layout } = (figure ?? {}) as Partial<Figure>;
  if (Array.isArray(data) && typeof layout?.meta?.alt === "string") return;
  throw new TypeError(
    "show got something else than a figure; expected what gradientFigure or networkFigure returns.",
  );
}
