import { Script, createContext } from "node:vm";
import { basicTypes, leaveOut, liveOnly } from "../drawntypes";
import type { Figure } from "../figure";
import { scriptOf } from "./machinecode";
import { boxMeasures, canvasFunctions, pathMeasures } from "./pageelements";

/** The figure as an SVG picture with its alternative text; the same figure gives the same text, byte for byte. */
export async function figureSvg(figure: Figure): Promise<string> {
  const { data, layout } = JSON.parse(JSON.stringify(stillFigure(figure))) as Figure;
  const { Plotly, restartRandom } = plotly(data.map(({ type }) => type));
  restartRandom();
  const { width, height, meta } = layout;
  const config = { staticPlot: true };
  const uri = await Plotly.toImage({ data, layout, config }, { format: "svg", width, height });
  return describe(decodeURIComponent(uri.slice(uri.indexOf(",") + 1)), meta.alt);
}

function describe(svg: string, alt: string): string {
  const label = alt.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  // Plotly marks quotes so, and takes the marks out as browsers write them, which is not how this document does.
  return svg.replaceAll("TOBESTRIPPED", "'").replace(/^<svg /, `<svg role="img" aria-label="${label}" `);
}

/** Types that only WebGL draws, or that lie on a map which would be fetched. */
const live = new Set([
  ...["scatter3d", "surface", "mesh3d", "isosurface", "volume", "cone", "streamtube", "parcoords", "splom"],
  ...["scattergeo", "choropleth"],
  ...["scattermap", "choroplethmap", "densitymap", "scattermapbox", "choroplethmapbox", "densitymapbox"],
]);

/** A figure as a still picture can show it. */
function stillFigure(figure: Figure): Figure {
  return leaveOut(figure, (type) => !live.has(type), liveOnly);
}

// linkedom's own types are for programs of ES modules.
const { parseHTML } = require("linkedom") as { parseHTML(html: string): Window & typeof globalThis };

/** plotly.js as a still figure needs it. */
interface Plotly {
  toImage(figure: object, options: { format: "svg"; width: number; height: number }): Promise<string>;
}

/** plotly.js and the page that it draws in. */
interface Page {
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
  // linkedom writes the names of SVG's elements in upper case, as those of HTML's.
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

const svgNamespace = "http://www.w3.org/2000/svg";

/** A drawn node as XML. W3C: "DOM Parsing and Serialization", `serializeToString`. */
function xmlOf(node: Node): string {
  if (node.nodeType === node.TEXT_NODE) return escaped(node.nodeValue ?? "");
  if (node.nodeType !== node.ELEMENT_NODE) return "";
  const element = node as Element;
  const name = element.localName;
  // linkedom lists the attribute that was set last first.
  const attributes = Array.from(element.attributes).reverse();
  const start = `<${name}${attributes.map(attributeOf).join("")}`;
  const inside = Array.from(element.childNodes, xmlOf).join("");
  return inside === "" && element.namespaceURI === svgNamespace
    ? `${start}/>`
    : `${start}>${inside}</${name}>`;
}

function attributeOf({ name, value }: Attr): string {
  const said = name === "style" ? styleOf(value) : value;
  if (name === "style" && said === "") return "";
  const text = escaped(said).replaceAll('"', "&quot;").replaceAll("\t", "&#9;").replaceAll("\n", "&#10;");
  return ` ${name}="${text}"`;
}

/** The declarations that say something, as browsers write them. */
function styleOf(value: string): string {
  return value
    .split(";")
    .map((declaration) => /^([^:]+):(.+)$/s.exec(declaration.trim()))
    .flatMap((parts) => (parts === null ? [] : [`${parts[1]!.trim()}: ${parts[2]!.trim()};`]))
    .join(" ");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
