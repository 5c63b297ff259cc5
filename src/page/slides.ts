import Reveal from "reveal.js";
import { SlidePages } from "./deck/pages";
import { isOwn } from "./fragment";

const slides = document.querySelector<HTMLElement>(".reveal .slides")!;

/** Slides: the keys are reveal.js's own, except where the reader writes. */
const deck = new Reveal({
  hash: !isOwn(location.hash),
  center: false,
  // Nothing is scaled: what a slide has no room for goes on to a further one.
  disableLayout: true,
  transition: "none",
  backgroundTransition: "none",
  keyboardCondition: () =>
    !document.activeElement?.closest(".cm-editor, input, select, textarea, dialog, .explore"),
});
// A window of its own, as reveal.js's plugin opens, would need scripts that the page's policy forbids.
deck.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker notes" }, () =>
  deck.configure({ showNotes: deck.getConfig().showNotes !== true }),
);
document.addEventListener("sought", ({ target }) => show(target as Element));

// Code that goes on here is edited where it begins.
slides.addEventListener("click", ({ target }) => {
  const pre = (target as Element).closest(".more .code > pre");
  const cell = document.getElementById(pre?.closest<HTMLElement>("[data-cell]")?.dataset.cell ?? "");
  if (cell === null) return;
  sight = cell;
  // The page's script puts an editor there, for which the slides are set out anew.
  cell.querySelector(".code > pre")?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  setTimeout(() => {
    show(cell);
    cell.querySelector<HTMLElement>(".cm-content")?.focus();
  });
});

let isReady = false;
/** What the slide shows that is looked at. */
let sight: Element | null = null;
const pages = new SlidePages(slides, () => {
  if (!isReady) return;
  deck.sync();
  if (sight?.isConnected) show(sight);
});
deck.on("slidechanged", () => (sight = inSight()));
// What a run from a slide shows may stand on the next one.
document.addEventListener("ran", ({ target }) => {
  const cell = target as HTMLElement;
  const output = cell.querySelector(".output > *");
  if (output !== null && cell.contains(document.activeElement)) sight = output;
});

void start();

async function start(): Promise<void> {
  const pictures = [...slides.querySelectorAll("img")].map((picture) => picture.decode().catch(() => {}));
  await Promise.all([document.fonts.ready, ...pictures]);
  pages.all();
  await deck.initialize();
  isReady = true;
  sight = inSight();
  let size = sizeOf();
  // An editor or a keyboard on the screen changes nothing for as long as the width stays.
  new ResizeObserver(() => {
    const now = sizeOf();
    if (now === size) return;
    size = now;
    pages.all();
  }).observe(slides);
}

function sizeOf(): string {
  return `${slides.clientWidth} ${slides.clientHeight}`;
}

function inSight(): Element | null {
  const content = deck.getCurrentSlide()?.querySelector(":scope > .slide");
  const first = content?.querySelector(":scope > :not(.again)") ?? null;
  // The part of a cell that goes on here.
  return first?.classList.contains("more")
    ? (first.querySelector("pre, p, li, figure, .output > *") ?? first)
    : first;
}

function show(node: Element): void {
  const section = node.closest("section");
  if (section === null) return;
  const { h, v } = deck.getIndices(section);
  deck.slide(h, v);
}
