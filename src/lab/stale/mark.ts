import type { Cell } from "@jupyterlab/notebook";
import type { Reason } from "../../kernel/account";
import type { Words } from "./words";

const stale = "tslab-gradients-stale";

/** Marks a cell as stale: a bar at its left, and above its code a line with the button. */
export function mark(
  cell: Cell,
  { reason, name }: { reason: Reason; name: string },
  words: Words,
  run: () => void,
): void {
  const text = words.stale(cell.model.executionCount ?? null, reason, name);
  const there = noteOf(cell);
  if (there) {
    there.firstElementChild!.textContent = text;
    return;
  }
  cell.addClass(stale);
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
