import { textWidth } from "./glyphs";

const lineHeight = 1.3;
const ascent = 0.95;

/** What plotly.js asks of an element to place text: the methods of SVGGraphicsElement and SVGTextContentElement. */
export const boxMeasures = {
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

/** The box of the lines of text in an element, before any transform. */
function textBox(element: Element): { x: number; y: number; width: number; height: number } {
  const texts = element.localName === "text" ? [element] : [...element.querySelectorAll("text")];
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
