import { short } from "../../figures/number";
import { element } from "../element";
import { addLayer, equalWidths, removeLayer, setWidth, toggleShortcut } from "./edit";
import { Field } from "./field";
import type { Host } from "./host";
import { readWidth } from "./parse";

/** A row of the table: the network's input, or a layer with its controls. */
export class LayerRow {
  readonly node = element("tr");
  private readonly width: Field;
  private readonly name: string;
  private readonly means = [element("td", { className: "mean" }), element("td", { className: "mean" })];
  private readonly shortcut = element("td");
  private readonly check = element("input", { type: "checkbox" });
  private readonly reason = element("span", { className: "reason" });
  private readonly equal = element("button", { type: "button" });
  private readonly remove = element("button", { type: "button" });

  /** @param row 0 is the input, i + 1 layer i */
  constructor(
    private readonly host: Host,
    private readonly row: number,
  ) {
    const { words } = host;
    const layer = row - 1;
    this.name = row === 0 ? words.input : `layers.${layer}`;
    this.width = new Field(
      words.widthOf(this.name),
      `width-${row}`,
      (text) => host.change(setWidth(row, readWidth(text, words))),
      false,
    );
    const { input } = this.width;
    input.inputMode = "numeric";
    input.addEventListener("keydown", (event) => this.nudge(event));
    const head = element("th", { textContent: row === 0 ? words.input : `layers.${layer}.0.weight` });
    head.scope = "row";
    this.node.append(head, element("td", {}, this.width.node), ...this.means, this.shortcut);
    const change = element("td", { className: "change" });
    this.node.append(change);
    if (row === 0) return;
    this.node.dataset.layer = String(layer);
    this.check.setAttribute("aria-label", words.shortcutOf(this.name));
    this.check.onchange = () => host.change(toggleShortcut(layer, this.check.checked));
    this.equal.textContent = words.equal;
    this.equal.setAttribute("aria-label", words.equalOf(this.name));
    this.equal.onclick = () => host.change(equalWidths(layer));
    this.shortcut.append(this.check, this.reason, this.equal);
    const add = element("button", { type: "button", textContent: words.add, title: words.addOf(this.name) });
    add.setAttribute("aria-label", words.addOf(this.name));
    add.onclick = () => this.explain(host.change(addLayer(layer)));
    Object.assign(this.remove, { textContent: words.remove, title: words.removeOf(this.name) });
    this.remove.setAttribute("aria-label", words.removeOf(this.name));
    this.remove.onclick = () => this.explain(host.change(removeLayer(layer)));
    change.append(add, this.remove);
  }

  render(): void {
    const { spec, nets, words } = this.host;
    this.width.show(String(spec.layerSizes[this.row]));
    if (this.row === 0) return;
    const layer = this.row - 1;
    nets.forEach(({ gradients }, i) => (this.means[i]!.textContent = short(gradients[layer]!.mean)));
    const [from, to] = [spec.layerSizes[layer]!, spec.layerSizes[layer + 1]!];
    const isEqual = from === to;
    this.check.hidden = !isEqual;
    this.check.checked = spec.shortcuts[layer]!;
    this.reason.textContent = isEqual ? "" : words.dropped(from, to);
    this.equal.hidden = isEqual;
    this.remove.disabled = spec.layerSizes.length === 2;
  }

  /** Arrow keys change a width as they do a number's. */
  private nudge(event: KeyboardEvent): void {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const width = Number(this.width.input.value);
    if (by === undefined || !Number.isInteger(width)) return;
    event.preventDefault();
    if (width + by >= 1) this.host.change(setWidth(this.row, width + by), `width-${this.row}`);
  }

  private explain(sentence: string | null): void {
    if (sentence !== null) this.host.say(sentence);
  }
}
