import { percentDecoded } from "../address";
import { asset } from "./assets";
import type { Rendered } from "./document";
import { drawingHtml } from "./drawing";
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
        .replace(/<img src="data:image\/svg\+xml,([^"]*)"([^>]*)>/g, (whole, svg: string, rest: string) => {
          const text = percentDecoded(svg.replaceAll("&amp;", "&"));
          return drawingHtml(text, `f${++figures}-`, rest) ?? whole;
        }),
    );
  const body = `<div class="columns"><main id="main">\n${sections.join("\n")}\n</main></div>`;
  return documentHtml({ rendered, body, scripts: [], styles: `${fonts}\n${asset("page.css")}\n${styles}` });
}
