import { setOnPaper } from "./theme";
import { fitWidths, type Undo } from "./paper/widths";

/** The width of a sheet of A4 between a browser's own margins, in pixels; Letter is wider. */
const sheet = 716;

/** While the browser prints the page, everything is as narrow as a sheet, and what is folded up is open. */
export function printsWhole(root: HTMLElement): void {
  const undone: Undo[] = [];
  addEventListener("beforeprint", () => {
    setOnPaper(true);
    for (const details of root.querySelectorAll<HTMLDetailsElement>(".prose details:not([open])")) {
      details.open = true;
      undone.push(() => (details.open = false));
    }
    const { style } = root;
    const before = style.cssText;
    undone.push(() => (style.cssText = before));
    style.cssText = `${before}; flex: none; width: ${sheet}px; max-width: none`;
    root.classList.add("on-paper");
    fitWidths(root, undone);
    style.cssText = before;
  });
  addEventListener("afterprint", () => {
    setOnPaper(false);
    root.classList.remove("on-paper");
    for (const each of undone.splice(0).reverse()) each();
  });
}
