import { textWidth } from "./glyphs";
import { identity, moved, product, transformOf } from "./transform";

const lineHeight = 1.3;
const ascent = 0.95;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What plotly.js asks of an element to place text: the methods of SVGGraphicsElement and SVGTextContentElement. */
export const boxMeasures = {
  /** In the element's own coordinates. */
  getBBox(this: Element) {
    const { left, top, right, bottom } = boxOf(this, this);
    return { x: left, y: top, width: right - left, height: bottom - top };
  },
  /** On the page. */
  getBoundingClientRect(this: Element) {
    const { left, top, right, bottom } = boxOf(this, null);
    return { x: left, y: top, width: right - left, height: bottom - top, left, top, right, bottom };
  },
  getComputedTextLength(this: Element) {
    const { left, right } = boxOf(this, this);
    return right - left;
  },
};

/** The box of the lines of text in an element, in the coordinates of one that holds them or of the page. */
function boxOf(element: Element, holder: Element | null): Box {
  const texts = element.localName === "text" ? [element] : [...element.querySelectorAll("text")];
  const boxes = texts.map((text) => placed(textBox(text), text, holder));
  return boxes.length > 0 ? around(boxes) : { left: 0, top: 0, right: 0, bottom: 0 };
}

/** The box of a text's lines in its own coordinates. */
function textBox(text: Element): Box {
  const size = fontSize(text);
  const spans = [...text.querySelectorAll("tspan.line")];
  const lines = spans.length > 0 ? spans : [text];
  const width = Math.max(...lines.map((line) => textWidth(line.textContent ?? "", size)));
  const x = Number(text.getAttribute("x") ?? 0);
  const y = Number(text.getAttribute("y") ?? 0);
  const anchor = style(text, "text-anchor");
  const left = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
  const top = y - ascent * size;
  return { left, top, right: left + width, bottom: top + lines.length * lineHeight * size };
}

/** The box around an element's box, once it has been moved and turned as it and what holds it are. */
function placed(box: Box, element: Element, holder: Element | null): Box {
  let matrix = identity;
  for (let at: Element | null = element; at !== null && at !== holder; at = at.parentElement)
    matrix = product(transformOf(at), matrix);
  const corners = [box.left, box.right].flatMap((x) => [box.top, box.bottom].map((y) => moved(matrix, x, y)));
  return around(corners.map(([x, y]) => ({ left: x, top: y, right: x, bottom: y })));
}

function around(boxes: Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
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
