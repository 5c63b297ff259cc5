import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExploreSpec, ExplorerLibrary } from "../figures/explorespec";
import type { Figure } from "../figures/figure";
import { paint } from "../figures/still/thread";
import type { MimeBundle } from "../runtime/display";
import { escapeHtml, inertJson, inertScript } from "./escape";
import { dataOf, exploreDataOf, paintBy, plotlyType } from "../runtime/figurebundle";

/** The figure in all its forms: Plotly's JSON, a static SVG and PNG, and the numbers as text. */
export async function bundleOf(figure: Figure): Promise<MimeBundle> {
  const { data } = dataOf(figure);
  const { svg, png } = await paint(figure);
  const { width, height, meta } = figure.layout;
  return {
    data: {
      [plotlyType]: data[plotlyType]!,
      "image/svg+xml": svg,
      "image/png": png,
      "text/plain": data["text/plain"]!,
    },
    // Without its size a picture of double density shows at double size.
    metadata: { "image/png": { width, height, alt: meta.alt }, "image/svg+xml": { alt: meta.alt } },
  };
}

/**
 * A live figure: its data, a PNG and the numbers as text, so that a notebook stays small; and where it is to stand by
 * itself, HTML that holds the program too.
 * @param figure how it looks where nothing moves
 */
async function exploreBundle(spec: ExploreSpec, figure: Figure, standalone: boolean): Promise<MimeBundle> {
  const { png } = await paint(figure);
  const { width, height, meta } = figure.layout;
  const picture = { width, height, alt: meta.alt };
  const html = standalone ? { "text/html": standaloneHtml(spec, png, picture) } : {};
  const { "text/plain": text, ...own } = exploreDataOf(spec, figure).data;
  return {
    data: { ...own, ...html, "image/png": png, "text/plain": text! },
    metadata: { "image/png": picture },
  };
}

// Whoever loads this module has pictures of what is shown.
paintBy({ bundleOf, exploreBundle });

let program: string | undefined;

/**
 * A live figure as HTML that needs nothing else: the program is in it. Where scripts do not run the picture stays.
 * @param png base64
 */
function standaloneHtml(
  spec: ExploreSpec,
  png: string,
  { width, height, alt }: { width: number; height: number; alt: string },
): string {
  program ??= inertScript(readFileSync(join(__dirname, "../page/live/explore.js"), "utf8"));
  const id = `tslab-gradients-${randomUUID()}`;
  return `<div class="${id}"><img src="data:image/png;base64,${png}" width="${width}" height="${height}" style="max-width: 100%; height: auto" alt="${escapeHtml(alt)}"></div>
<script>${program}</script>
<script>(${start.toString()})("${id}", ${inertJson(spec)});</script>`;
}

declare const tslabGradientsExplorer: ExplorerLibrary;

/** Runs in the page, so it can use nothing from outside. A notebook may show one output in two places. */
function start(id: string, spec: unknown): void {
  for (const place of document.querySelectorAll<HTMLElement>(`.${id}:not([data-live])`)) {
    place.dataset["live"] = "";
    // Whatever shows the output, its text is light where its background is dark.
    const isDark = (): boolean => {
      const channels = getComputedStyle(place).color.match(/[\d.]+/g) ?? [];
      return channels.slice(0, 3).reduce((sum, channel) => sum + Number(channel), 0) > 384;
    };
    const node = document.createElement("div");
    place.append(node);
    try {
      const explorer = tslabGradientsExplorer.mount(node, spec, { dark: isDark() });
      place.querySelector("img")?.remove();
      const changes = new MutationObserver(() => {
        if (place.isConnected) return explorer.setDark(isDark());
        changes.disconnect();
        explorer.dispose();
      });
      changes.observe(document.body, { attributes: true });
    } catch (error) {
      node.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}
