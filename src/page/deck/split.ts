import { cutText } from "./cuttext";

/** What is done to a slide, to be undone last first. */
export type Undo = () => void;

const headings = "h1, h2, h3, h4, h5, h6";
/** What may go on to a further slide, where all that it holds are elements. */
const divisible = "div, section, ul, ol, tbody, table, details, blockquote, figure:not(.plot, .explore)";
/** Below this share of its size nothing is made smaller: it scrolls. */
const smallest = 0.5;

/** On so many slides a text is at most shown. */
const longestCode = 8;
const longestOutput = 3;
/** No slide is without an end, whatever it holds. */
const most = 500;
/** So many parts of a slide are looked at together. */
const together = 5;
/** So deep elements in elements are looked into. */
const deepest = 30;
/** Down to this share of the size that they would have alone pictures share a slide. */
const nearly = 0.75;

/** The content of a slide, and what of it goes on to further ones, with the heading repeated. */
export class Split {
  /** The further slides' sections. */
  readonly further: HTMLElement[] = [];
  private readonly undone: Undo[] = [];
  /** The height of a slide below its heading. */
  private readonly room: number;

  /** @param section a slide, which is laid out now */
  constructor(readonly section: HTMLElement) {
    let slide = contentOf(section);
    this.room = 0.88 * slide.clientHeight;
    const heading = headingOf(section);
    const parts = [...slide.children];
    const whole = slide;
    this.undone.push(() => whole.append(...parts));
    // Laid out is only what may stand on the next slide, or each would take as long as all of them.
    const waiting = [...parts];
    for (const part of waiting) part.remove();
    for (let left = most; left > 0; left--) {
      while (slide.children.length < together && waiting.length > 0) slide.append(waiting.shift()!);
      const rest = this.cut(slide, bottomIn(slide), false);
      if (rest === null && waiting.length === 0) break;
      if (rest === null) {
        slide.append(waiting.shift()!);
        continue;
      }
      const next = this.goOn(rest, heading);
      this.further.push(next);
      slide = rest;
    }
    slide.append(...waiting);
  }

  /** Puts all back into the one slide. */
  undo(): void {
    for (const each of this.undone.splice(0).reverse()) each();
    for (const each of this.further.splice(0)) each.remove();
  }

  private goOn(rest: HTMLElement, heading: HTMLElement | null): HTMLElement {
    const { section } = this;
    const next = document.createElement("section");
    if (heading !== null) {
      const again = document.createElement("p");
      again.className = "again";
      again.textContent = heading.textContent;
      rest.prepend(again);
      this.undone.push(() => again.remove());
    }
    next.append(
      rest,
      ...[...section.querySelectorAll(":scope > .notes")].map((notes) => notes.cloneNode(true)),
    );
    (this.further.at(-1) ?? section).after(next);
    return next;
  }

  /**
   * Takes what lies below a line out of an element.
   * @param hasAbove whether the slide shows something else than headings above it
   * @returns a copy of the element with what was taken out; null where nothing is, or all would be
   */
  private cut(node: HTMLElement, line: number, hasAbove: boolean, depth = 0): HTMLElement | null {
    if (depth > deepest) return null;
    const children = [...node.children].filter(
      (child): child is HTMLElement => child instanceof HTMLElement && child.getClientRects().length > 0,
    );
    const at = children.findIndex((child) => child.getBoundingClientRect().bottom > line + 1);
    if (at < 0) return null;
    const child = children[at]!;
    const isBelow = hasAbove || children.slice(0, at).some((each) => !isHeading(each));
    if (this.shrink(child, line)) return this.cut(node, line, hasAbove, depth);
    const rest = this.within(child, line, isBelow, depth);
    if (rest !== null) return this.take(node, child.nextSibling, rest);
    let from = at;
    while (from > 0 && isHeading(children[from - 1]!)) from--;
    if (from > 0) return this.take(node, children[from]!);
    if (hasAbove) return null;
    // There is nothing to put it below of: it is made to fit.
    this.fit(child, line);
    const next = children[at + 1];
    return next === undefined ? null : this.take(node, next);
  }

  /** Cuts through a child, where it can be. */
  private within(child: HTMLElement, line: number, hasAbove: boolean, depth: number): HTMLElement | null {
    if (child instanceof HTMLPreElement) {
      if (child.style.maxHeight !== "") return null;
      // What has room on a slide of its own is not cut.
      const { top, height } = child.getBoundingClientRect();
      if (height > (child.matches(".code > *") ? longestCode : longestOutput) * this.room)
        return this.scroll(child);
      if (hasAbove && (height < this.room || line - top < 0.5 * this.room)) return null;
      const rest = cutText(child, line, hasAbove);
      if (rest === null) return null;
      this.undone.push(rest.undo);
      return rest.node;
    }
    const isText = [...child.childNodes].some(
      (each) => each instanceof Text && (each.textContent ?? "").trim() !== "",
    );
    if (isText || !child.matches(divisible) || /flex|grid/.test(getComputedStyle(child).display)) return null;
    return this.cut(child, line, hasAbove, depth + 1);
  }

  /** A text that would fill many slides is on one, and scrolls there. */
  private scroll(pre: HTMLElement): null {
    pre.style.maxHeight = "var(--figure-height)";
    pre.style.overflowY = "auto";
    this.undone.push(() => {
      pre.style.maxHeight = "";
      pre.style.overflowY = "";
    });
    return null;
  }

  /** Moves a node's children from one on into a copy of it, after what was cut out of the child before. */
  private take(node: HTMLElement, from: Node | null, first?: HTMLElement): HTMLElement {
    const moved: Node[] = [];
    for (let each = from; each !== null; each = each.nextSibling) moved.push(each);
    const copy = shallow(node);
    const head = node instanceof HTMLTableElement ? node.tHead?.cloneNode(true) : undefined;
    copy.append(...(head ? [head] : []), ...(first ? [first] : []), ...moved);
    if (node instanceof HTMLOListElement)
      (copy as HTMLOListElement).start = node.start + node.querySelectorAll(":scope > li").length;
    // It has its number on the slide before.
    if (first?.matches("li")) first.style.listStyle = "none";
    this.undone.push(() => {
      node.append(...moved);
      copy.remove();
    });
    return copy;
  }

  /** A picture or a plot that would nearly stand whole is made a little smaller. @returns whether it was */
  private shrink(child: HTMLElement, line: number): boolean {
    const picture = pictureIn(child);
    if (picture === null || picture.style.getPropertyValue("--figure-height") !== "") return false;
    const { top, height } = picture.getBoundingClientRect();
    const below = child.getBoundingClientRect().bottom - (top + height);
    const room = Math.floor(line - top - below);
    if (room < nearly * height) return false;
    picture.style.setProperty("--figure-height", `${room}px`);
    picture.dispatchEvent(new Event("slidessized", { bubbles: true }));
    this.undone.push(() => picture.style.removeProperty("--figure-height"));
    return true;
  }

  private fit(child: HTMLElement, line: number): void {
    const { top, height } = child.getBoundingClientRect();
    const share = (line - top) / height;
    if (share >= 1 || share < smallest) return;
    child.style.zoom = String(Math.floor(100 * share) / 100);
    this.undone.push(() => (child.style.zoom = ""));
  }
}

/** The one picture or plot that an element shows. */
function pictureIn(node: HTMLElement): HTMLElement | null {
  if (node.matches("figure.plot, img")) return node;
  const alone = node.children.length === 1 && (node.textContent ?? "").trim() === "";
  const only = node.matches("p") ? node.querySelector<HTMLElement>(":scope > img, :scope > svg") : null;
  return alone || only?.matches("svg") ? only : null;
}

/** What a slide shows. */
export function contentOf(section: HTMLElement): HTMLElement {
  return section.querySelector<HTMLElement>(":scope > .slide")!;
}

/** Whether a slide shows more than there is room for. */
export function overflows(section: HTMLElement): boolean {
  const slide = contentOf(section);
  return slide.scrollHeight > slide.clientHeight + 1;
}

/** Where what stands on a slide is to end, with room for its margin. */
function bottomIn(slide: HTMLElement): number {
  const margin = 0.5 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  return slide.getBoundingClientRect().top + slide.clientHeight - margin;
}

/** The heading that a slide begins with. */
function headingOf(section: HTMLElement): HTMLElement | null {
  const first = contentOf(section).querySelector(":scope > .cell.prose:first-child > :first-child");
  return first instanceof HTMLHeadingElement ? first : null;
}

/** What belongs to what stands below it: a heading, or a cell's number. */
function isHeading(node: Element): boolean {
  if (node.matches(`${headings}, .again, .side`)) return true;
  return node.matches(".prose") && node.children.length > 0 && [...node.children].every(isHeading);
}

/** A copy without what it holds, and without what there may be only once. */
function shallow(node: HTMLElement): HTMLElement {
  const copy = node.cloneNode(false) as HTMLElement;
  copy.removeAttribute("id");
  copy.removeAttribute("aria-label");
  if (node.matches(".cell.code")) copy.dataset.cell = node.id;
  copy.classList.replace("cell", "more");
  return copy;
}
