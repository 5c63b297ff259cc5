import { createContext, Script } from "node:vm";
import { basicTypes } from "../basic";
import { boxMeasures } from "./box";
import { canvasFunctions } from "./canvas";
import { scriptOf } from "./compiled";
import { pathMeasures } from "./path";
import { xmlOf } from "./xml";

// Its own types are for programs of ES modules.
const { parseHTML } = require("linkedom") as { parseHTML(html: string): Window & typeof globalThis };

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

/** The part of plotly.js that draws this package's own figures, a quarter of the whole. */
const basic = "plotly.js-basic-dist-min/plotly-basic.min.js";
const whole = "plotly.js-dist-min/plotly.min.js";
const pages = new Map<string, Page>();

/**
 * plotly.js in a page without a screen, made once, whose text is measured with the font that draws it.
 * @param traces the types of the traces to be drawn: a reader may have added some to a figure
 */
export function plotly(traces: readonly string[] = []): Page {
  const file = traces.every((type) => basicTypes.includes(type)) ? basic : whole;
  const page = pages.get(file) ?? load(file);
  pages.set(file, page);
  return page;
}

function load(file: string): Page {
  const dom = parseHTML("<!doctype html><html><head></head><body></body></html>");
  const { document, Node, Element, HTMLElement, SVGElement, HTMLCanvasElement, DOMParser } = dom;
  Object.assign(SVGElement.prototype, boxMeasures, pathMeasures);
  // Here they are upper-case, as an HTML element's are.
  const asWritten = { get: localName };
  Object.defineProperties(SVGElement.prototype, { tagName: asWritten, nodeName: asWritten });
  Object.assign(HTMLCanvasElement.prototype, canvasFunctions);
  const page: { [name: string]: unknown } = {
    document,
    ...{ Node, Element, HTMLElement, SVGElement, HTMLCanvasElement, DOMParser },
    ...{ TextDecoder, TextEncoder, setTimeout, clearTimeout, setInterval, clearInterval, console },
    navigator: { userAgent: "" },
    location: { href: "about:blank" },
    URL: { createObjectURL: () => "", revokeObjectURL: () => undefined },
    XMLSerializer: class {
      serializeToString = xmlOf;
    },
    getComputedStyle: ownStyle,
    requestAnimationFrame: (done: () => void) => setTimeout(done, 0),
    cancelAnimationFrame: clearTimeout,
    addEventListener: () => {},
    removeEventListener: () => {},
  };
  page.window = page.self = page;
  Object.defineProperty(document, "defaultView", { value: page });
  const context = createContext(page);
  // Plotly names its clip paths at random; a committed picture should change only where the figure does.
  const random = new Script(
    "let last = 1; Math.random = () => (last = (last * 48271) % 2147483647) / 2147483647; () => { last = 1; }",
  );
  const restartRandom = random.runInContext(context) as () => void;
  scriptOf(require.resolve(file)).runInContext(context);
  return { Plotly: page.Plotly as Plotly, restartRandom };
}

function localName(this: Element): string {
  return this.localName;
}

/** An element's computed style: no sheet of styles says more than the element itself. */
function ownStyle({ style }: HTMLElement): object {
  const getPropertyValue = (name: string): string =>
    (style.getPropertyValue(name) as string | undefined) ?? "";
  return { display: getPropertyValue("display") || "block", getPropertyValue };
}
