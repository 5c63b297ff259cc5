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
