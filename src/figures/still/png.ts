import { Resvg } from "@resvg/resvg-js";
import { withoutIdleClips } from "./clips";
import { fontFamily, fontFile } from "./glyphs";
import { indexedPng } from "./indexed";

/** Pixels of a picture for every pixel of the figure, so that it is sharp on a dense screen. */
export const pngScale = 2;

/** The SVG picture as PNG, its text drawn with the font that measured it. */
export async function svgPng(svg: string): Promise<Buffer> {
  const resvg = new Resvg(withoutIdleClips(svg), {
    fitTo: { mode: "zoom", value: pngScale },
    font: { fontFiles: [await fontFile(svg)], loadSystemFonts: false, defaultFontFamily: fontFamily },
  });
  const picture = resvg.render();
  return indexedPng(picture) ?? picture.asPng();
}
