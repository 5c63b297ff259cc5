import { asset } from "./assets";
import type { Rendered } from "./document";
import { withDrawings } from "./drawing";
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
  const sections = rendered.sections
    .filter((section) => section !== "")
    .map((section, i) =>
      withDrawings(
        section.replaceAll("<details", "<details open").replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, ""),
        `f${i}`,
      ),
    );
  const body = `<div class="columns"><main id="main" class="on-paper">\n${sections.join("\n")}\n</main></div>`;
  return documentHtml({ rendered, body, scripts: [], styles: `${fonts}\n${asset("page.css")}\n${styles}` });
}
