import Reveal from "reveal.js";
import { isOwn } from "./fragment";

/** Slides: the keys are reveal.js's own, except where the reader writes. */
const deck = new Reveal({
  hash: !isOwn(location.hash),
  center: false,
  width: 1180,
  height: 720,
  margin: 0.03,
  keyboardCondition: () =>
    !document.activeElement?.closest(".cm-editor, input, select, textarea, dialog, .explore"),
});
// A window of its own, as reveal.js's plugin opens, would need scripts that the page's policy forbids.
deck.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker notes" }, () =>
  deck.configure({ showNotes: deck.getConfig().showNotes !== true }),
);
document.addEventListener("sought", ({ target }) => {
  const { h, v } = deck.getIndices((target as Element).closest("section")!);
  deck.slide(h, v);
});
void deck.initialize();
