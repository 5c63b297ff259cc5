import { asset } from "./assets";
import type { Rendered } from "./document";
import { documentHtml } from "./page";

const styles = `
svg { max-width: 100%; height: auto; }
details > summary { list-style: none; font-weight: 600; }
`;

/**
 * The notebook as a page to print: no scripts, everything open, pictures that are SVG as part of the page, so that they
 * stay lines and letters.
 */
export function paperHtml(rendered: Rendered, fonts: string): string {
  let figures = 0;
  const sections = rendered.sections
    .filter((section) => section !== "")
    .map((section) =>
      section
        .replaceAll("<details", "<details open")
        .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, "")
        .replace(/<img src="data:image\/svg\+xml,([^"]*)"[^>]*>/g, (_, svg: string) =>
          inlined(decodeURIComponent(svg.replaceAll("&amp;", "&")), `f${++figures}-`),
        ),
    );
  const body = `<div class="columns"><main id="main">\n${sections.join("\n")}\n</main></div>`;
  return documentHtml({ rendered, body, scripts: [], styles: `${fonts}\n${asset("page.css")}\n${styles}` });
}

/** Two figures use the same ids, which are one page's now. */
function inlined(svg: string, prefix: string): string {
  return svg
    .replace(/^<\?xml[^>]*>\s*/, "")
    .replace(/\bid="/g, `id="${prefix}`)
    .replace(/url\((['"]?)#/g, `url($1#${prefix}`)
    .replace(/((?:xlink:)?href=")#/g, `$1#${prefix}`);
}
