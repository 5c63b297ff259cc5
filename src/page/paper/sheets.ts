/** Down to this share of its size a picture is made smaller, so that it stands on the page of what is above it. */
const nearly = 0.7;
/** So much of a page may stay empty, rather than that a cell's output is on the page after its code. */
const empty = 0.5;

const slack = 10;
const headings = "h1, h2, h3, h4, h5, h6";

/** Follows a page over its sheets, and says what is kept together: no more is cut than has no room on a sheet. */
export class Sheets {
  /** Where the page begins. */
  private top: number;
  private isFirst = true;

  private readonly height: number;

  /** @param height of a sheet, in pixels */
  constructor(
    private readonly root: HTMLElement,
    height: number,
  ) {
    // A line more or less is told by the browser alone.
    this.height = height - slack;
    this.top = root.getBoundingClientRect().top;
  }

  setOut(): void {
    for (const section of this.root.children)
      if (section instanceof HTMLElement) {
        if (section.matches(".cell.code")) this.cell(section);
        else this.prose(section);
      }
  }

  private cell(cell: HTMLElement): void {
    if (this.fits(cell) || this.shrinks(cell)) return;
    const { top, height } = cell.getBoundingClientRect();
    const left = this.top + this.height - top;
    if (height <= this.height && left <= empty * this.height) return this.turn(cell);
    for (const part of cell.querySelectorAll<HTMLElement>(".code, .output > *")) this.block(part);
  }

  private prose(node: HTMLElement): void {
    for (const child of node.children)
      if (child instanceof HTMLElement || child instanceof SVGElement) {
        if (child.matches("details, ul, ol, blockquote, .html") && !this.fits(child))
          this.prose(child as HTMLElement);
        else this.block(child as HTMLElement);
      }
  }

  private block(block: HTMLElement): void {
    if (block.getClientRects().length === 0 || this.fits(block) || this.shrinks(block)) return;
    const { top, height } = block.getBoundingClientRect();
    const left = this.top + this.height - top;
    const isPicture = block.matches("figure, img, svg") || block.querySelector("img, svg") !== null;
    const isText = block.matches("p, li, .table") && !isPicture && height > 0.1 * this.height;
    const isLong = height > this.height || (this.isFirst && left > empty * this.height);
    if (isText || (isLong && !isPicture)) this.flow(block);
    else this.turn(block);
  }

  /** Goes on in the middle of a block that the browser cuts between its lines. */
  private flow(block: HTMLElement): void {
    const { bottom } = block.getBoundingClientRect();
    block.style.breakInside = "auto";
    while (bottom > this.top + this.height) this.top += this.height;
    this.isFirst = false;
  }

  /** A block goes to the next page as a whole, with the headings above it. */
  private turn(block: HTMLElement): void {
    let first = block;
    for (let above = before(first); above?.matches(headings); above = before(first)) first = above;
    block.style.breakInside = "avoid";
    this.isFirst = false;
    this.top = Math.max(this.top, first.getBoundingClientRect().top);
  }

  private fits(block: Element): boolean {
    return block.getBoundingClientRect().bottom <= this.top + this.height + 1;
  }

  /** Makes what stands only a little out of a page fit by making its pictures smaller. */
  private shrinks(block: HTMLElement): boolean {
    const over = block.getBoundingClientRect().bottom - this.top - this.height;
    const pictures = block.matches("img, svg")
      ? [block]
      : [...block.querySelectorAll<HTMLElement>("img, svg")];
    const sizes = pictures.map((each) => each.getBoundingClientRect());
    const total = sizes.reduce((sum, { height }) => sum + height, 0);
    const share = (total - over - 2) / total;
    if (!(share >= nearly)) return false;
    pictures.forEach((picture, i) => {
      picture.style.width = `${Math.floor(share * sizes[i]!.width)}px`;
      picture.style.height = "auto";
    });
    return this.fits(block);
  }
}

/** What stands directly above, also at the end of the cell above. */
function before(node: HTMLElement): HTMLElement | null {
  const above = node.previousElementSibling;
  if (above instanceof HTMLElement)
    return above.matches(".cell.text") ? (above.lastElementChild as HTMLElement | null) : above;
  const section = node.closest<HTMLElement>(".cell");
  const last =
    section !== null && node !== section && section.firstElementChild === node
      ? section.previousElementSibling
      : null;
  return last instanceof HTMLElement && last.matches(".cell.text")
    ? (last.lastElementChild as HTMLElement | null)
    : null;
}
