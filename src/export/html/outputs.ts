import { exploreType } from "../../figures/explore";
import { isWholeInPage } from "../../figures/inpage";
import type { Words } from "../../page/words";
import type { DataOutput, Output } from "../notebook";
import { plotlyType } from "../../runtime/figurebundle";
import { escapeHtml, inertJson } from "../../kernel/escape";
import { overwritten } from "../../kernel/terminaltext";
import type { FormulaDrawing } from "./math";
import { pictureAddress, pictureTypes } from "./picture";
import type { Prose } from "./prose";
import { sanitized, type PageAddresses } from "./sanitize";

/** What the page draws itself, where its script runs. */
const drawnTypes = [
  { type: plotlyType, attributes: 'class="plot" data-figure' },
  { type: exploreType, attributes: 'class="explore" data-explore' },
];

/** Saved outputs as HTML, in the best form that a page can show. */
export class OutputWriter {
  constructor(
    private readonly prose: Prose,
    private readonly drawing: FormulaDrawing,
    private readonly words: Words,
    private readonly ansi: { ansi_to_html(text: string): string },
  ) {}

  html(output: Output, addresses: PageAddresses): string {
    switch (output.type) {
      case "stream":
        return this.text(output.text, `stream ${output.name}`);
      case "error": {
        const { ename, evalue, traceback } = output;
        return this.text(traceback.length > 0 ? traceback.join("\n") : `${ename}: ${evalue}`, "stream error");
      }
      default:
        return this.bundle(output, addresses);
    }
  }

  private text(text: string, classes: string): string {
    const label = escapeHtml(this.words.output);
    const shown = overwritten(text).replaceAll("\r", "");
    const html = shown.includes("\u001b") ? this.ansi.ansi_to_html(`${shown}\u001b[0m`) : escapeHtml(shown);
    return `<pre class="${classes}" tabindex="0" role="group" aria-label="${label}">\n${html}</pre>`;
  }

  private bundle({ data, metadata }: DataOutput, addresses: PageAddresses): string {
    // What the page goes on showing is the picture with letters of its own: in an SVG's no embedded font is used.
    const types = isWholeInPage(data[plotlyType]) ? pictureTypes : ["image/png", ...pictureTypes];
    const picture = types.find((type) => typeof data[type] === "string");
    const drawn = drawnTypes.find(({ type }) => type in data);
    if (drawn !== undefined) {
      const still = picture === undefined ? this.fallback(data) : this.picture(picture, data, metadata);
      const json = inertJson(data[drawn.type]);
      return `<figure ${drawn.attributes}>${still}<script type="application/json">${json}</script></figure>`;
    }
    if (picture !== undefined) return this.picture(picture, data, metadata);
    if (typeof data["text/html"] === "string")
      return `<div class="html">${sanitized(data["text/html"], addresses)}</div>`;
    if (typeof data["text/markdown"] === "string")
      return `<div class="prose">${this.prose.html(data["text/markdown"], addresses)}</div>`;
    if (typeof data["text/latex"] === "string") return this.drawing.latexHtml(data["text/latex"]);
    return this.fallback(data);
  }

  private fallback(data: DataOutput["data"]): string {
    const known = data["text/plain"];
    if (typeof known === "string") return this.text(known, "stream");
    return Object.entries(data)
      .map(([type, value]) =>
        this.text(`${type}\n${typeof value === "string" ? value : JSON.stringify(value, null, 2)}`, "stream"),
      )
      .join("");
  }

  private picture(type: string, data: DataOutput["data"], metadata: DataOutput["metadata"]): string {
    const own = (metadata[type] ?? {}) as { alt?: unknown; width?: unknown; height?: unknown };
    const { alt = metadata.alt, width, height } = own;
    const text = typeof alt === "string" ? alt : "";
    const size = [
      ["width", width],
      ["height", height],
    ].map(([name, value]) => (typeof value === "number" ? ` ${String(name)}="${value}"` : ""));
    return `<img src="${escapeHtml(pictureAddress(type, String(data[type])))}" alt="${escapeHtml(text)}"${size.join("")}>`;
  }
}
