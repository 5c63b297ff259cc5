/** Undoes what was done to a page for paper, last first. */
export type Undo = () => void;

/** What may be wider than there is room for. */
const wide = ".table, .html, .formula, figure, .prose p, .prose li";
/** Down to this share of its size text is made smaller before anything else is tried. */
const readable = 0.62;
/** And down to this one before it is broken within words. */
const legible = 0.48;

/**
 * Makes everything as narrow as its place, since on paper nothing scrolls: smaller at first, then with less between
 * columns and breaks within formulas, then with breaks within words, and then as small as it needs.
 */
export function fitWidths(root: HTMLElement, undone: Undo[]): void {
  for (const box of root.querySelectorAll<HTMLElement>(wide)) {
    if (box.getClientRects().length === 0 || !isWide(box)) continue;
    undone.push(() => {
      box.style.zoom = "";
      box.classList.remove("tight", "broken");
    });
    shrink(box, readable);
    if (!isWide(box)) continue;
    for (const math of box.querySelectorAll<HTMLElement>("math"))
      if (isOutside(math, box)) breakFormula(math, undone);
    box.classList.add("tight");
    // What breaks now may need no smaller letters.
    box.style.zoom = "";
    shrink(box, readable);
    if (!isWide(box)) continue;
    shrink(box, legible);
    if (!isWide(box)) continue;
    box.classList.add("broken");
    shrink(box, 0);
  }
}

function isWide(box: HTMLElement): boolean {
  return box.scrollWidth > box.clientWidth + 1;
}

/** A box that is smaller holds more of its own units across: what it is to be is found in a few steps. */
function shrink(box: HTMLElement, least: number): void {
  let zoom = Number(box.style.zoom) || 1;
  for (let step = 0; step < 12 && isWide(box) && zoom > least; step++) {
    zoom = Math.max(least, zoom * Math.min(0.98, box.clientWidth / box.scrollWidth), 0.02);
    box.style.zoom = zoom.toFixed(3);
  }
}

function isOutside(math: HTMLElement, box: HTMLElement): boolean {
  const range = document.createRange();
  range.selectNodeContents(math);
  return range.getBoundingClientRect().right > box.getBoundingClientRect().right + 1;
}

/** Puts a formula's parts beside each other, so that lines break before its signs. */
function breakFormula(math: HTMLElement, undone: Undo[]): void {
  const shells: Element[] = [math];
  let row: Element = math;
  while (row.children.length === 1 && /^(mrow|mstyle|semantics)$/.test(row.children[0]!.localName)) {
    row = row.children[0]!;
    shells.push(row);
  }
  const parts: Element[][] = [[]];
  for (const child of row.children) {
    const isSign = child.localName === "mo" && /^[=+\-−±<>≤≥≈≡→,;·×]$/.test((child.textContent ?? "").trim());
    if (isSign && parts.at(-1)!.length > 0) parts.push([]);
    parts.at(-1)!.push(child);
  }
  if (parts.length < 2) return;
  const pieces = parts.map((part) => {
    const copies = shells.map((shell) => shell.cloneNode(false) as HTMLElement);
    copies.at(-1)!.append(...part.map((each) => each.cloneNode(true)));
    copies.reduceRight((inner, outer) => (outer.append(inner), outer));
    const whole = copies[0]!;
    whole.style.display = "inline math";
    if (math.getAttribute("display") === "block") whole.setAttribute("displaystyle", "true");
    whole.removeAttribute("display");
    return whole;
  });
  const line = document.createElement("span");
  for (const piece of pieces) line.append(piece, "\u200b");
  math.replaceWith(line);
  undone.push(() => line.replaceWith(math));
}
