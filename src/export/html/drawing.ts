import sanitizeHtml from "sanitize-html";
import { percentDecoded } from "../address";

const tags = [
  ...["svg", "g", "defs", "symbol", "use", "switch", "title", "desc"],
  ...["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"],
  ...["text", "tspan", "textPath"],
  ...["clipPath", "mask", "marker", "pattern", "linearGradient", "radialGradient", "stop"],
];

/**
 * An SVG as part of a page, cleaned of all but lines, areas and letters.
 * @param prefix for its ids: two figures may use the same, which are one page's now
 * @param attributes the picture's, as the page's HTML has them
 * @returns null where it is more than a drawing: as a picture of its own it neither runs nor fetches anything either
 */
export function drawingHtml(svg: string, prefix: string, attributes: string): string | null {
  let isDrawing = /^\s*(<\?xml[^>]*>\s*)?(<!DOCTYPE[^>[]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]/s.test(svg);
  const html = sanitizeHtml(svg, {
    allowedTags: tags,
    allowedAttributes: false,
    parseStyleAttributes: false,
    parser: { xmlMode: true },
    transformTags: {
      "*": (tagName, attribs) => {
        isDrawing &&= tags.includes(tagName) && Object.entries(attribs).every(isHarmless);
        const own = Object.entries(attribs).map(([name, value]) => [name, withPrefix(name, value, prefix)]);
        return { tagName, attribs: Object.fromEntries(own) as sanitizeHtml.Attributes };
      },
    },
  });
  if (!isDrawing) return null;
  const size = attributes.match(/\s(?:width|height)="\d+"/g)?.join("") ?? "";
  const alt = /\salt=("[^"]+")/.exec(attributes)?.[1];
  // Of an attribute that stands twice the first counts.
  return html
    .replace("<svg", `<svg${alt === undefined ? "" : ` role="img" aria-label=${alt}`}${size}`)
    .trim();
}

/** Nothing that runs, and no address but of the drawing's own parts. */
function isHarmless([name, value]: [string, string]): boolean {
  if (/^on/i.test(name)) return false;
  if (/(^|:)href$|^src$/i.test(name)) return value.startsWith("#");
  return !/url\(\s*(?!['"]?#)|@import|image-set|expression\s*\(/i.test(value);
}

function withPrefix(name: string, value: string, prefix: string): string {
  if (name === "id") return prefix + value;
  if (/(^|:)href$/.test(name)) return value.replace(/^#/, `#${prefix}`);
  return value.replace(/url\((['"]?)#/g, `url($1#${prefix}`);
}

/**
 * A section of a page whose pictures that are SVG are part of it, so that their letters are the page's: in a picture of
 * its own no embedded font is used.
 * @param prefix of its drawings' ids
 */
export function withDrawings(section: string, prefix: string): string {
  let count = 0;
  return section.replace(
    /<img src="data:image\/svg\+xml,([^"]*)"([^>]*)>/g,
    (whole, svg: string, rest: string) => {
      const text = percentDecoded(svg.replaceAll("&amp;", "&"));
      return drawingHtml(text, `${prefix}-${++count}-`, rest) ?? whole;
    },
  );
}
