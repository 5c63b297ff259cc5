import { addLayer, type Edit, equalWidths, type Host, removeLayer, setWidth, toggleShortcut } from "./edits";
import { element } from "./element";
import { Field, readWidth } from "./fields";

/** One layer's controls, for the layer that is chosen: they stand above the networks, and stay where they are. */
export class LayerEditor {
  readonly node: HTMLElement;
  private readonly select = element("select", { name: "layer" });
  private readonly width: Field;
  private readonly add: HTMLButtonElement;
  private readonly remove: HTMLButtonElement;
  private readonly check = element("input", { type: "checkbox", name: "shortcut" });
  private readonly checked: HTMLElement;
  private readonly reason = element("span", { className: "reason" });
  private readonly equal: HTMLButtonElement;

  constructor(private readonly host: Host) {
    const { words } = host;
    const button = (textContent: string, className: string, press: () => void): HTMLButtonElement => {
      const made = element("button", { type: "button", textContent, className });
      made.onclick = press;
      return made;
    };
    this.select.onchange = () => host.choose(Number(this.select.value));
    this.width = new Field(words.width, "width", (text) =>
      host.change(setWidth(host.chosen, readWidth(text, words))),
    );
    const { input } = this.width;
    input.inputMode = "numeric";
    input.addEventListener("keydown", (event) => this.nudge(event));
    this.add = button(words.add, "add", () => this.edit(addLayer(this.layer), words.added));
    this.remove = button(words.remove, "remove", () => this.edit(removeLayer(this.layer), words.removed));
    this.check.onchange = () => host.change(toggleShortcut(this.layer, this.check.checked));
    this.checked = element("label", { className: "check" }, this.check, words.shortcut);
    this.equal = button(words.equal, "equal", () => host.change(equalWidths(this.layer)));
    const choice = element(
      "label",
      { className: "field layer" },
      element("span", { textContent: words.layer }),
      this.select,
    );
    const shortcut = element("div", { className: "passing" }, this.checked, this.reason, this.equal);
    this.node = element(
      "div",
      { className: "editor" },
      choice,
      this.width.node,
      this.add,
      this.remove,
      shortcut,
    );
    this.node.setAttribute("role", "group");
    this.node.setAttribute("aria-label", words.editor);
  }

  render(): void {
    const { spec, chosen, words } = this.host;
    const { layerSizes, shortcuts } = spec;
    const names = layerSizes.map((_, row) => words.nameOf(row));
    if (this.select.length !== names.length)
      this.select.replaceChildren(
        ...names.map((textContent, row) => element("option", { textContent, value: String(row) })),
      );
    this.select.value = String(chosen);
    this.width.show(String(layerSizes[chosen]));
    this.width.input.setAttribute("aria-label", words.widthOf(names[chosen]!));
    const name = names[this.layer + 1]!;
    nameButton(this.add, words.addOf(name));
    nameButton(this.remove, words.removeOf(name));
    this.remove.disabled = chosen === 0 || layerSizes.length === 2;
    const [from, to] = [layerSizes[this.layer]!, layerSizes[this.layer + 1]!];
    const isEqual = from === to;
    this.checked.hidden = chosen === 0 || !isEqual;
    this.check.checked = shortcuts[this.layer]!;
    this.check.setAttribute("aria-label", words.shortcutOf(name));
    this.reason.hidden = this.equal.hidden = chosen === 0 || isEqual;
    this.reason.textContent = `${words.shortcut}: ${words.dropped(from, to)}`;
    this.equal.setAttribute("aria-label", words.equalOf(name));
  }

  /** The chosen layer; where the input is chosen, the first, which reads it. */
  private get layer(): number {
    return Math.max(0, this.host.chosen - 1);
  }

  private edit(edit: Edit, done: (name: string, layers: number) => string): void {
    const { host } = this;
    const name = host.words.nameOf(this.layer + 1);
    host.say(host.change(edit) ?? done(name, host.spec.layerSizes.length - 1));
  }

  /** Arrow keys change a width as they do a number's. */
  private nudge(event: KeyboardEvent): void {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const width = Number(this.width.input.value);
    if (by === undefined || !Number.isInteger(width)) return;
    event.preventDefault();
    const { chosen } = this.host;
    if (width + by >= 1) this.host.change(setWidth(chosen, width + by), `width-${chosen}`);
  }
}

function nameButton(button: HTMLButtonElement, name: string): void {
  button.title = name;
  button.setAttribute("aria-label", name);
}
