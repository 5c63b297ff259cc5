import sanitizeHtml from "sanitize-html";
import { percentDecoded } from "../address";
import { svgType } from "../picturetypes";

/** What the addresses in a text lead to where the page is. */
export interface PageAddresses {
  /** An address that holds the picture, or one of the web; null where there is none. */
  picture(address: string): string | null;
  /** A link's address; null where it stays as it is. */
  link(address: string): string | null;
}

/** Ids that the page's own script looks for: no text of a notebook may take their place. */
export const reserved = /^(notebook|notice|tools|contents|main|script-.*|cell-.*)$/;

function options({ picture, link }: PageAddresses): sanitizeHtml.IOptions {
  const media: sanitizeHtml.Transformer = (tagName, { id: _id, src, poster, ...attribs }) => {
    const held = Object.entries({ src, poster }).flatMap(([name, address]) => {
      const given = address === undefined ? null : picture(address);
      return given === null ? [] : [[name, given]];
    });
    return { tagName, attribs: { ...attribs, ...(Object.fromEntries(held) as sanitizeHtml.Attributes) } };
  };
  return {
    allowedTags: [
      ...sanitizeHtml.defaults.allowedTags,
      ...[
        "img",
        "details",
        "summary",
        "del",
        "ins",
        "figure",
        "figcaption",
        "picture",
        "center",
        "font",
        "video",
        "audio",
        "source",
        "input",
      ],
    ],
    allowedAttributes: {
      "*": ["id", "class", "lang", "dir", "title", "align", "role", "aria-label", "aria-hidden"],
      a: ["href"],
      img: ["src", "alt", "width", "height"],
      details: ["open"],
      ol: ["start", "type", "reversed"],
      td: ["colspan", "rowspan"],
      th: ["colspan", "rowspan", "scope"],
      video: ["src", "poster", "controls", "width", "height"],
      audio: ["src", "controls"],
      source: ["src", "type"],
      input: ["type", "checked", "disabled"],
    },
    // A task's box; any other field would be one of the page's own to the reader.
    exclusiveFilter: ({ tag, attribs }) => tag === "input" && attribs.type !== "checkbox",
    allowedSchemes: ["http", "https", "mailto", "tel"],
    // A page fetches nothing: pictures are in it, or not shown.
    allowedSchemesByTag: { img: ["data"], video: ["data"], audio: ["data"], source: ["data"] },
    allowProtocolRelative: false,
    selfClosing: [...sanitizeHtml.defaults.selfClosing, "source"],
    transformTags: {
      "*": (tagName, { id, ...attribs }) => ({
        tagName,
        attribs: { ...attribs, ...(id === undefined || reserved.test(id) ? {} : { id }) },
      }),
      a: (tagName, { href, ...attribs }) => ({
        tagName,
        attribs: href === undefined ? attribs : { ...attribs, href: link(href) ?? href },
      }),
      input: (tagName, { id: _id, ...attribs }) => ({ tagName, attribs: { ...attribs, disabled: "" } }),
      video: media,
      audio: media,
      source: media,
      img: (tagName, { id: _id, ...attribs }) => {
        const { src = "", alt = "" } = attribs;
        const held = picture(src);
        if (held?.startsWith("data:image/")) return { tagName, attribs: { ...attribs, src: held, alt } };
        // The page fetches nothing: it has a link to a picture of the web, and the text of one that is missing.
        const isWeb = /^https?:/.test(held ?? "");
        const text = alt === "" ? src : alt;
        return isWeb
          ? { tagName: "a", attribs: { href: src }, text }
          : { tagName: "span", attribs: { class: "missing" }, text };
      },
    },
  };
}

/** HTML without anything that runs, fetches or takes the place of the page's own. */
export function sanitized(html: string, addresses: PageAddresses): string {
  return sanitizeHtml(html, options(addresses));
}

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
  // Where the SVG has such attributes too, a browser takes the first.
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

const embeddedSvg = new RegExp(`<img src="data:${svgType.replace("+", "\\+")},([^"]*)"([^>]*)>`, "g");

/**
 * A section of a page whose pictures that are SVG are part of it, so that their letters are the page's: in a picture of
 * its own no embedded font is used.
 * @param prefix of its drawings' ids
 */
export function withDrawings(section: string, prefix: string): string {
  let count = 0;
  return section.replace(embeddedSvg, (whole, svg: string, rest: string) => {
    const text = percentDecoded(svg.replaceAll("&amp;", "&"));
    return drawingHtml(text, `${prefix}-${++count}-`, rest) ?? whole;
  });
}
