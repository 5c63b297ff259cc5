import type { Cell } from "@jupyterlab/notebook";
import type { StaleWords } from "./labwords";

const stale = "tslab-gradients-stale";

/**
 * Marks a cell as stale: a bar at its left, and above its code a line with the button.
 * @param text what the line says; null for a cell that is about to run by itself, where a line would come and go
 */
export function mark(cell: Cell, text: string | null, words: StaleWords, run: () => void): void {
  cell.addClass(stale);
  const there = noteOf(cell);
  if (text === null) {
    there?.remove();
    return;
  }
  if (there) {
    there.firstElementChild!.textContent = text;
    return;
  }
  const note = document.createElement("div");
  note.className = `${stale}-note`;
  note.setAttribute("role", "note");
  const sentence = document.createElement("span");
  sentence.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.run;
  button.title = words.caption;
  // The notebook takes a press in a cell for one that selects it, and moves the focus.
  button.addEventListener("mousedown", (event) => event.stopPropagation());
  // Keys, too, are its commands: Enter would edit the cell.
  button.addEventListener("keydown", (event) => {
    if (["Enter", " "].includes(event.key) && !event.ctrlKey && !event.metaKey && !event.shiftKey)
      event.stopPropagation();
  });
  button.addEventListener("click", () => {
    // The button goes with its mark; the notebook takes the focus only where it has not got it.
    button.blur();
    run();
  });
  note.append(sentence, button);
  // Cells out of sight are built later, below this.
  cell.node.prepend(note);
}

export function unmark(cell: Cell): void {
  cell.removeClass(stale);
  noteOf(cell)?.remove();
}

function noteOf(cell: Cell): Element | null {
  return cell.node.querySelector(`:scope > .${stale}-note`);
}

/** JupyterLab's own fonts and colours, and an amber that both themes bear: at least 4.5 : 1 as text, 3 : 1 as a bar. */
export const markStyle = `
.tslab-gradients-stale {
  --tslab-gradients-amber: #9a4a00;
  box-shadow: inset 3px 0 0 var(--tslab-gradients-amber);
}
[data-jp-theme-light="false"] .tslab-gradients-stale { --tslab-gradients-amber: #ffb454; }
.jp-Notebook .jp-Cell.tslab-gradients-stale .jp-InputPrompt { color: var(--tslab-gradients-amber); opacity: 1; }
.tslab-gradients-stale-note {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 2px 12px;
  padding: 2px 8px 2px calc(var(--jp-cell-prompt-width) + var(--jp-cell-collapser-width));
  color: var(--tslab-gradients-amber);
  font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1);
  line-height: 1.5;
}
.tslab-gradients-stale-note button {
  padding: 0 8px;
  border: 1px solid currentColor;
  border-radius: 3px;
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
.tslab-gradients-stale-note button:hover { background: var(--jp-layout-color2); }
.tslab-gradients-stale-note button:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
.tslab-gradients-stale-status {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media print {
  .tslab-gradients-stale { box-shadow: none; }
  .tslab-gradients-stale-note { display: none; }
}
`;
