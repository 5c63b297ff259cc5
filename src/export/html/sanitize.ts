import sanitizeHtml from "sanitize-html";

/** Ids that the page's own script looks for: no text of a notebook may take their place. */
const reserved = /^(notebook|notice|tools|contents|main|script-.*|cell-.*)$/;

const options: sanitizeHtml.IOptions = {
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
    ],
  ],
  allowedAttributes: {
    "*": ["id", "class", "lang", "dir", "title", "align", "role", "aria-label", "aria-hidden", "data-math"],
    a: ["href"],
    img: ["src", "alt", "width", "height"],
    details: ["open"],
    ol: ["start", "type", "reversed"],
    td: ["colspan", "rowspan"],
    th: ["colspan", "rowspan", "scope"],
    video: ["src", "controls", "width", "height"],
    audio: ["src", "controls"],
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  // A page fetches nothing: pictures are in it, or not shown.
  allowedSchemesByTag: { img: ["data"], video: ["data"], audio: ["data"] },
  allowProtocolRelative: false,
  transformTags: {
    "*": (tagName, { id, ...attribs }) => ({
      tagName,
      attribs: { ...attribs, ...(id === undefined || reserved.test(id) ? {} : { id }) },
    }),
    img: (tagName, { id: _id, ...attribs }) => {
      const { src = "", alt = "" } = attribs;
      if (src.startsWith("data:image/")) return { tagName, attribs: { ...attribs, alt } };
      // What the page may not fetch it names.
      const isWeb = /^https?:/.test(src);
      const text = alt === "" ? src : alt;
      return isWeb
        ? { tagName: "a", attribs: { href: src }, text }
        : { tagName: "span", attribs: { class: "missing" }, text };
    },
  },
};

/** HTML without anything that runs, fetches or takes the place of the page's own. */
export function sanitized(html: string): string {
  return sanitizeHtml(html, options);
}
