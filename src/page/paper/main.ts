import { Sheets } from "./sheets";
import { fitWidths } from "./widths";

/**
 * Sets a page out on paper.
 * @param height of what a sheet holds, in pixels
 * @returns the characters that no font draws
 */
export async function setOut(height: number): Promise<string[]> {
  const root = document.querySelector("main")!;
  await document.fonts.ready;
  await Promise.all([...document.images].map((picture) => picture.decode().catch(() => {})));
  fitWidths(root, []);
  new Sheets(root, height).setOut();
  return undrawn(root);
}

/** What may have a glyph of its own: no spaces, marks or signs that change the one before. */
const drawn = /^[\p{L}\p{N}\p{P}\p{S}]$/u;
const ignorable = /\p{Default_Ignorable_Code_Point}|\p{Emoji_Modifier}/u;
/** No font has glyphs of its own for these, of the last plane for private use. */
const unknown = ["\u{10FFFC}", "\u{10FFF0}"];

/** The characters of a text that no font at hand draws: all of them look alike, or like nothing. */
async function undrawn(root: HTMLElement): Promise<string[]> {
  const characters = [...new Set(root.textContent ?? "")].filter(
    (each) => each > "\u007f" && drawn.test(each) && !ignorable.test(each),
  );
  const font = `24px ${getComputedStyle(root).fontFamily}`;
  await Promise.all([document.fonts.load(font, characters.join("")), document.fonts.ready]);
  const context = Object.assign(document.createElement("canvas"), { width: 48, height: 40 }).getContext(
    "2d",
    {
      willReadFrequently: true,
    },
  )!;
  const picture = (text: string): string => {
    context.clearRect(0, 0, 48, 40);
    context.font = font;
    context.fillText(text, 4, 30);
    return context.getImageData(0, 0, 48, 40).data.join();
  };
  const boxes = new Set([...unknown, ""].map(picture));
  return characters.filter((each) => boxes.has(picture(each)));
}
