import { mostWidth } from "../figures/explorespec";
import { equalWidths, type Host, setWidth, toggleShortcut } from "./edits";
import { element } from "./element";
import { Field, readWidth } from "./fields";

const pixelsAUnit = 12;
const clickReach = 4;
const pullReach = 20;

/** Mouse, pen and touch on the drawings: type or drag a width, pull a shortcut off, link what belongs together. */
export function followPointer(root: HTMLElement, host: Host): void {
  let drag: { row: number; width: number; x: number; panel: Element; moved: boolean } | null = null;
  let pull: { layer: number; x: number; y: number; node: SVGElement } | null = null;

  root.addEventListener("pointerdown", (event) => {
    const node = event.target as Element;
    const [row, shortcut] = [node.closest("[data-row]"), node.closest<SVGElement>("[data-shortcut]")];
    const panel = node.closest("svg");
    if (event.button !== 0 || !panel || (!row && !shortcut)) return;
    event.preventDefault();
    root.setPointerCapture(event.pointerId);
    if (shortcut)
      pull = { layer: numberOf(shortcut, "shortcut"), x: event.clientX, y: event.clientY, node: shortcut };
    else if (row) {
      const index = numberOf(row, "row");
      drag = { row: index, width: host.spec.layerSizes[index]!, x: event.clientX, panel, moved: false };
    }
  });
  root.addEventListener("pointermove", (event) => {
    if (pull) {
      pull.node.style.transform = `translate(${event.clientX - pull.x}px, ${event.clientY - pull.y}px)`;
    } else if (drag) {
      const by = event.clientX - drag.x;
      if (Math.abs(by) < clickReach && !drag.moved) return;
      drag.moved = true;
      host.choose(drag.row);
      const width = Math.max(1, Math.min(mostWidth, drag.width + Math.round(by / pixelsAUnit)));
      if (width !== host.spec.layerSizes[drag.row])
        host.change(setWidth(drag.row, width), `drag-${drag.row}`);
    }
  });
  root.addEventListener("pointerup", (event) => {
    if (pull) {
      const distance = Math.hypot(event.clientX - pull.x, event.clientY - pull.y);
      pull.node.style.transform = "";
      host.choose(pull.layer + 1);
      if (distance < clickReach || distance > pullReach) host.change(toggleShortcut(pull.layer));
    } else if (drag && !drag.moved) {
      host.choose(drag.row);
      typeWidth(root, host, drag.row, drag.panel.querySelector(`[data-row="${drag.row}"] .size`)!);
    }
    if (drag) host.settle();
    pull = drag = null;
  });
  root.addEventListener("pointercancel", () => {
    if (pull) pull.node.style.transform = "";
    pull = drag = null;
  });
  root.addEventListener("click", (event) => {
    const node = event.target as Element;
    const [layer, dropped] = [node.closest("[data-layer]"), node.closest("[data-equal]")];
    if (layer) host.choose(numberOf(layer, "layer") + 1);
    if (dropped) host.change(equalWidths(numberOf(dropped, "equal")));
  });
}

function numberOf(node: Element, name: string): number {
  return Number((node as HTMLElement | SVGElement).dataset[name]);
}

/** A field over a row's width, until it is left. */
function typeWidth(root: HTMLElement, host: Host, row: number, node: Element): void {
  const { words } = host;
  const [outer, inner] = [root.getBoundingClientRect(), node.getBoundingClientRect()];
  const field = new Field(
    words.widthOf(words.nameOf(row)),
    "over",
    (text) => host.change(setWidth(row, readWidth(text, words))),
    false,
  );
  field.show(String(host.spec.layerSizes[row]));
  const place = element("div", { className: "over" }, field.node);
  place.style.left = `${inner.left - outer.left + inner.width / 2 - 44}px`;
  place.style.top = `${inner.top - outer.top + inner.height / 2 - 16}px`;
  const { input } = field;
  const close = (): void => {
    input.removeEventListener("blur", close);
    place.remove();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter")
      setTimeout(() => input.getAttribute("aria-invalid") !== "true" && close());
  });
  input.addEventListener("blur", close);
  root.append(place);
  input.focus();
  input.select();
}

/** Marks a layer in both drawings, the table and the printed lines while the pointer or the focus is on one of them. */
export class Hover {
  private layer: string | null = null;

  constructor(private readonly root: HTMLElement) {
    root.addEventListener("pointerover", ({ target }) => this.mark(layerOf(target)));
    root.addEventListener("pointerleave", () => this.mark(null));
    root.addEventListener("focusin", ({ target }) => this.mark(layerOf(target)));
  }

  /** To be called when something was drawn anew. */
  render(): void {
    for (const node of this.root.querySelectorAll(".hot")) node.classList.remove("hot");
    if (this.layer === null) return;
    for (const node of this.root.querySelectorAll(`[data-layer="${this.layer}"]`)) node.classList.add("hot");
  }

  private mark(layer: string | null): void {
    if (layer === this.layer) return;
    this.layer = layer;
    this.render();
  }
}

function layerOf(target: EventTarget | null): string | null {
  const node = (target as Element | null)?.closest<HTMLElement | SVGElement>("[data-layer], [data-row]");
  if (!node) return null;
  const { layer, row } = node.dataset;
  return layer ?? (row === "0" ? null : String(Number(row) - 1));
}
