import { Dialog } from "@jupyterlab/apputils";
import { Widget } from "@lumino/widgets";
import type { Problem } from "./fetch";
import type { Words } from "./words";

/** What the reader decides: to go to a cell, to export all the same, or nothing. */
export type Decision = { cell: number } | "anyway" | null;

/** Shows what keeps a notebook from being exported, each problem with a button that leads to its cell. */
export async function showRefusal(problems: readonly Problem[], words: Words): Promise<Decision> {
  let cell: number | null = null;
  const list = document.createElement("ul");
  list.className = "tslab-gradients-refusal";
  for (const problem of problems) {
    const item = list.appendChild(document.createElement("li"));
    item.appendChild(document.createElement("span")).textContent = problem.sentence;
    const place = problem.cell;
    if (place === undefined) continue;
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = words.goTo;
    button.setAttribute("aria-label", words.goToCell(place));
    button.addEventListener("click", () => {
      cell = place;
      dialog.reject();
    });
  }
  const close = Dialog.cancelButton({ label: words.close });
  const anyway = Dialog.warnButton({ label: words.anyway, caption: words.anywayCaption });
  const isAllowable = problems.every(({ allow }) => allow !== undefined);
  const dialog = new Dialog({
    title: words.refused,
    body: new Widget({ node: list }),
    buttons: isAllowable ? [anyway, close] : [close],
    defaultButton: isAllowable ? 1 : 0,
  });
  const { button } = await dialog.launch();
  if (cell !== null) return { cell };
  return button.accept ? "anyway" : null;
}

/** JupyterLab's own fonts and colours. */
const css = `
.tslab-gradients-refusal { max-width: 640px; margin: 0; padding: 0; list-style: none; }
.tslab-gradients-refusal li {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 16px;
  padding: 8px 0;
  line-height: 1.5;
}
.tslab-gradients-refusal li + li { border-top: 1px solid var(--jp-border-color2); }
.tslab-gradients-refusal span { overflow-wrap: anywhere; }
.tslab-gradients-refusal button {
  flex: none;
  padding: 0 8px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 3px;
  background: none;
  color: var(--jp-ui-font-color1);
  font: inherit;
  cursor: pointer;
}
.tslab-gradients-refusal button:hover { background: var(--jp-layout-color2); }
.tslab-gradients-refusal button:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
`;

/** Gives the page the list's style. */
export function addRefusalStyle(): void {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
}
