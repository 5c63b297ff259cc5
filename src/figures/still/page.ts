import { Script } from "node:vm";
import { JSDOM } from "jsdom";
import { scriptOf } from "./compiled";
import { textWidth } from "./glyphs";
import { pathMeasures } from "./path";

/** plotly.js as a still figure needs it. */
export interface Plotly {
  toImage(figure: object, options: { format: "svg"; width: number; height: number }): Promise<string>;
}

/** plotly.js and the page that it draws in. */
export interface Page {
  Plotly: Plotly;
  /** Lets the next figure draw the same random numbers as the first. */
  restartRandom(): void;
}

const lineHeight = 1.3;
const ascent = 0.95;

/** The part of plotly.js that draws this package's own figures, a quarter of the whole, and what it draws. */
const basic = { file: "plotly.js-basic-dist-min/plotly-basic.min.js", traces: ["bar", "pie", "scatter"] };
const whole = "plotly.js-dist-min/plotly.min.js";
const pages = new Map<string, Page>();

/**
 * plotly.js in a page without a screen, made once, whose text is measured with the font that draws it.
 * @param traces the types of the traces to be drawn: a reader may have added some to a figure
 */
export function plotly(traces: readonly string[] = []): Page {
  const file = traces.every((type) => basic.traces.includes(type)) ? basic.file : whole;
  const page = pages.get(file) ?? load(file);
  pages.set(file, page);
  return page;
}

function load(file: string): Page {
  const dom = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    pretendToBeVisual: true,
  });
  const { window } = dom;
  Object.assign(window, { TextDecoder, TextEncoder });
  Object.assign(window.URL, { createObjectURL: () => "", revokeObjectURL: () => undefined });
  Object.assign(window.HTMLCanvasElement.prototype, { getContext: () => null });
  const measured = {
    getBBox(this: Element) {
      return textBox(this);
    },
    getBoundingClientRect(this: Element) {
      const { x, y, width, height } = textBox(this);
      return { x, y, width, height, left: x, top: y, right: x + width, bottom: y + height };
    },
    getComputedTextLength(this: Element) {
      return textBox(this).width;
    },
  };
  Object.assign(window.SVGElement.prototype, measured, pathMeasures);
  // Plotly names its clip paths at random; a committed picture should change only where the figure does.
  const random = new Script(
    "let last = 1; Math.random = () => (last = (last * 48271) % 2147483647) / 2147483647; () => { last = 1; }",
  );
  const context = dom.getInternalVMContext();
  const restartRandom = random.runInContext(context) as () => void;
  scriptOf(require.resolve(file)).runInContext(context);
  return Object.assign(window as unknown as Page, { restartRandom });
}

/** The box of the lines of text in an element, before any transform. */
function textBox(element: Element): { x: number; y: number; width: number; height: number } {
  const texts = element.tagName === "text" ? [element] : [...element.querySelectorAll("text")];
  let box: { left: number; top: number; right: number; bottom: number } | undefined;
  for (const text of texts) {
    const size = fontSize(text);
    const spans = [...text.querySelectorAll("tspan.line")];
    const lines = spans.length > 0 ? spans : [text];
    const width = Math.max(...lines.map((line) => textWidth(line.textContent ?? "", size)));
    const x = Number(text.getAttribute("x") ?? 0);
    const y = Number(text.getAttribute("y") ?? 0);
    const anchor = style(text, "text-anchor");
    const left = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
    const top = y - ascent * size;
    const bottom = top + lines.length * lineHeight * size;
    box = {
      left: Math.min(box?.left ?? left, left),
      top: Math.min(box?.top ?? top, top),
      right: Math.max(box?.right ?? left, left + width),
      bottom: Math.max(box?.bottom ?? bottom, bottom),
    };
  }
  const { left = 0, top = 0, right = 0, bottom = 0 } = box ?? {};
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function fontSize(element: Element): number {
  return Number.parseFloat(style(element, "font-size")) || 12;
}

/** A presentation property, from the element itself or what holds it. */
function style(element: Element, property: string): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = (at as SVGElement).style?.getPropertyValue(property) || at.getAttribute(property);
    if (value) return value;
  }
  return "";
}
