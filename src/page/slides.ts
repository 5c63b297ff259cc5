import Reveal from "reveal.js";
import RevealNotes from "reveal.js/plugin/notes";

/** Slides: the keys are reveal.js's own, except where the reader writes. */
const deck = new Reveal({
  hash: !location.hash.startsWith("#code="),
  center: false,
  width: 1180,
  height: 720,
  margin: 0.03,
  plugins: [RevealNotes],
  keyboardCondition: () => !document.activeElement?.closest(".cm-editor, input, select, textarea, dialog"),
});
void deck.initialize();
