import sanitizeHtml from "sanitize-html";

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
        // What the page may not fetch it names.
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
