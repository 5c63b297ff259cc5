import { undrawn } from "./undrawn";
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
