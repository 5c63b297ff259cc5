import { contentOf, overflows, Split } from "./split";

/** Milliseconds after which what changed on slides is looked at. */
const rest = 120;
/** A figure's letters, in pixels, before it is made larger. */
const letters = 13;
/** What makes 12 pixels of the smallest of them. */
const readable = 1.1;

/** Slides that hold no more than there is room for: what is left goes on to further ones below. */
export class SlidePages {
  private readonly splits = new Map<HTMLElement, Split>();
  private readonly changed = new Set<HTMLElement>();
  /** Whether there are other slides than before. */
  private isOther = false;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private readonly observer = new MutationObserver((records) => this.see(records));

  /**
   * @param slides holds the columns
   * @param moved is told when there are other slides than before
   */
  constructor(
    private readonly slides: HTMLElement,
    private readonly moved: () => void,
  ) {}

  /** Sets all slides out anew, as for another size. */
  all(): void {
    for (const column of this.columns()) this.together(column);
    this.size();
    for (const column of this.columns()) this.apart(column);
    this.watch();
    this.moved();
  }

  private columns(): HTMLElement[] {
    return [...this.slides.children].filter((each): each is HTMLElement => each instanceof HTMLElement);
  }

  /** How large figures may be. */
  private size(): void {
    const { slides } = this;
    const [column] = this.columns();
    const [section] = column?.children ?? [];
    if (!column || !(section instanceof HTMLElement)) return;
    const root = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.laidOut(column, () => {
      const height = contentOf(section).clientHeight;
      // A heading of one line, or of two where lines are short, stands above it.
      const above = contentOf(section).clientWidth < 30 * root ? 4.2 : 3;
      slides.style.setProperty("--figure-height", `${Math.floor(height - above * root)}px`);
      slides.style.setProperty("--figure-scale", String(Math.max(readable, (0.84 * root) / letters)));
      // A phone is near: there one rather scrolls than does not read.
      slides.style.setProperty("--figure-least", String(root < 20 ? readable : 0));
    });
    slides.classList.add("measured");
    document.dispatchEvent(new Event("slidessized"));
    slides.classList.remove("measured");
  }

  /** While it runs a column is laid out, whether it is shown or not. */
  private laidOut<T>(column: HTMLElement, run: () => T): T {
    column.classList.add("measured");
    try {
      return run();
    } finally {
      column.classList.remove("measured");
    }
  }

  private together(column: HTMLElement): void {
    for (const section of [...column.children] as HTMLElement[]) {
      const split = this.splits.get(section);
      this.isOther ||= (split?.further.length ?? 0) > 0;
      split?.undo();
      this.splits.delete(section);
    }
  }

  private apart(column: HTMLElement): void {
    this.laidOut(column, () => {
      for (const section of [...column.children] as HTMLElement[]) {
        const split = new Split(section);
        this.splits.set(section, split);
        this.isOther ||= split.further.length > 0;
      }
      for (const section of column.children) this.scrolling(section as HTMLElement);
    });
  }

  /** What scrolls by itself takes swipes and keys. */
  private scrolling(section: HTMLElement): void {
    const slide = contentOf(section);
    for (const each of [
      slide,
      ...slide.querySelectorAll<HTMLElement>("pre, .table, .html, .formula, figure"),
    ]) {
      const scrolls = each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1;
      each.toggleAttribute("data-prevent-swipe", scrolls);
      if (each === slide && scrolls) each.tabIndex = 0;
      else if (each === slide) each.removeAttribute("tabindex");
    }
  }

  private see(records: readonly MutationRecord[]): void {
    for (const { target, type } of records) {
      const node = target as HTMLElement;
      // reveal.js shows and hides sections, which are no one else's.
      if (node.tagName === "SECTION" || node.closest(".cm-editor, .drawing") !== null) continue;
      const column = this.columns().find((each) => each.contains(node));
      if (column === undefined) continue;
      // A run that begins takes its outputs away: they must be where the cell has them.
      if (type === "attributes" && node.dataset.state === "waiting")
        this.keeping(() => this.together(column));
      // An editor has all of a cell's code.
      else if (node.matches(".cell > .main > .code"))
        this.keeping(() => {
          this.together(column);
          this.apart(column);
        });
      else this.changed.add(column);
    }
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.settle(), rest);
  }

  private settle(): void {
    this.keeping(() => {
      for (const column of this.changed) {
        if (column.querySelector("[data-state]")) continue;
        this.changed.delete(column);
        const isFull = this.laidOut(column, () =>
          [...column.children].some((each) => isTooFull(each as HTMLElement)),
        );
        if (!isFull) continue;
        this.together(column);
        this.apart(column);
      }
    });
  }

  /** Moving what has the focus takes it away. */
  private keeping(change: () => void): void {
    this.isOther = false;
    const active = document.activeElement;
    change();
    if (active instanceof HTMLElement && active !== document.activeElement && active.isConnected)
      active.focus({ preventScroll: true });
    if (this.isOther) this.moved();
    this.watch();
  }

  private watch(): void {
    this.observer.takeRecords();
    this.observer.observe(this.slides, {
      subtree: true,
      childList: true,
      attributeFilter: ["data-state", "hidden", "open"],
    });
  }
}

/** Whether something was added to a slide that had room for what it showed. */
function isTooFull(section: HTMLElement): boolean {
  return overflows(section) && !contentOf(section).hasAttribute("data-prevent-swipe");
}
