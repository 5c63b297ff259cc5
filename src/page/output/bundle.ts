import { AnsiUp } from "ansi_up";
import { element } from "../../explorer/element";
import type { Words } from "../pagewords";
import type { Widgets } from "./widget";

const widgetType = "application/vnd.jupyter.widget-view+json";
const exploreType = "application/vnd.tslab-gradients.explore+json";
const pictures = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"];

/** An output that is no figure, in the best of its forms. */
export function bundleView(
  data: { [mimeType: string]: unknown },
  metadata: { [mimeType: string]: unknown },
  widgets: Widgets,
  words: Words,
): HTMLElement {
  const view = data[widgetType] as { model_id: string } | undefined;
  if (view !== undefined)
    return widgets.view(view.model_id) ?? element("p", { textContent: words.widgetGone });
  const picture = pictures.find((type) => typeof data[type] === "string");
  if (picture !== undefined) {
    const { alt = "" } = (metadata[picture] ?? {}) as { alt?: string };
    return element("img", { src: pictureAddress(picture, String(data[picture])), alt });
  }
  if (typeof data["text/html"] === "string") return frameOf(data["text/html"], words);
  if (exploreType in data)
    return element(
      "div",
      {},
      textView(data["text/plain"], words),
      element("p", { textContent: words.noLive }),
    );
  const text =
    data["text/markdown"] ?? data["text/latex"] ?? data["text/plain"] ?? JSON.stringify(data, null, 2);
  return textView(text, words);
}

function textView(text: unknown, words: Words): HTMLElement {
  const node = element("pre", { className: "stream", tabIndex: 0 });
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", words.output);
  node.innerHTML = ansiHtml(String(text));
  return node;
}

function pictureAddress(type: string, content: string): string {
  return type === "image/svg+xml"
    ? `data:${type},${encodeURIComponent(content)}`
    : `data:${type};base64,${content.replace(/\s/g, "")}`;
}

/** HTML that a cell made: in a frame of its own, where no script runs. */
function frameOf(html: string, words: Words): HTMLElement {
  const frame = element("iframe", { srcdoc: html, title: words.output });
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.onload = () => {
    frame.style.height = `${frame.contentDocument?.documentElement.scrollHeight ?? 150}px`;
  };
  return frame;
}

const converter = new AnsiUp();
converter.use_classes = true;

/** A terminal's text as safe HTML, its colours as classes. */
export function ansiHtml(text: string): string {
  // Colours do not run on from one output to the next.
  return converter.ansi_to_html(`${text}\u001b[0m`);
}
