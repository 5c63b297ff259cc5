import { short } from "../figures/figuretext";
import { pythonFloat } from "../nn/text";
import type { Host } from "./edits";
import { element } from "./element";

/** The layers and their numbers as a table. */
export class LayerTable {
  readonly node: HTMLElement;
  private readonly body = element("tbody");
  private readonly lines = element("details", { className: "lines" });

  constructor(
    private readonly host: Host,
    labels: readonly [string, string],
  ) {
    const { words } = host;
    const heads = [words.layer, words.width, ...labels, words.shortcut];
    const head = element(
      "tr",
      {},
      ...heads.map((textContent) => {
        const cell = element("th", { textContent });
        cell.scope = "col";
        return cell;
      }),
    );
    const table = element(
      "table",
      {},
      element("caption", { textContent: words.table }),
      element("thead", {}, head),
      this.body,
    );
    this.lines.append(element("summary", { textContent: words.lines }));
    this.lines.ontoggle = () => this.print();
    this.node = element(
      "div",
      { className: "listing" },
      element("div", { className: "scroll", tabIndex: 0 }, table),
      this.lines,
    );
    this.node.firstElementChild!.setAttribute("role", "group");
    this.node.firstElementChild!.setAttribute("aria-label", words.table);
    this.printed = labels.map((label) => {
      const pre = element("pre", { className: "printed" });
      this.lines.append(element("p", { className: "model", textContent: label }), pre);
      return pre;
    });
  }

  private readonly printed: HTMLPreElement[];

  render(): void {
    const { layerSizes } = this.host.spec;
    this.body.replaceChildren(...layerSizes.map((_, row) => this.row(row)));
    this.print();
  }

  private row(row: number): HTMLElement {
    const { spec, nets, words, chosen } = this.host;
    const { layerSizes, shortcuts } = spec;
    const head = element("th", { textContent: words.nameOf(row) });
    head.scope = "row";
    const cell = (textContent: string, className = ""): HTMLElement =>
      element("td", { textContent, className });
    const width = layerSizes[row]!;
    if (row === 0) return element("tr", {}, head, cell(String(width)), cell(""), cell(""), cell(""));
    const layer = row - 1;
    const means = nets.map(({ gradients }) => cell(short(gradients[layer]!.mean), "mean"));
    const from = layerSizes[layer]!;
    const shortcut =
      from !== width ? words.dropped(from, width) : shortcuts[layer] ? words.has : words.hasNot;
    const className = row === chosen ? "chosen" : "";
    const node = element("tr", { className }, head, cell(String(width)), ...means, cell(shortcut));
    node.dataset.layer = String(layer);
    return node;
  }

  /** The lines, where they are to be seen. */
  private print(): void {
    if (!this.lines.open) return;
    this.host.nets.forEach(({ gradients }, i) =>
      this.printed[i]!.replaceChildren(
        ...gradients.map(({ name, mean }, layer) => {
          const line = element("span", {
            className: "line",
            textContent: `${name} has gradient mean of ${pythonFloat(mean)}\n`,
          });
          line.dataset.layer = String(layer);
          return line;
        }),
      ),
    );
  }
}
