import { pythonFloat } from "../../nn/pythonfloat";
import { element } from "../element";
import type { Host } from "./host";
import { LayerRow } from "./row";

/** The layers as a table that is always true, where all of the network can be edited by keyboard. */
export class LayerTable {
  readonly node: HTMLElement;
  private readonly body = element("tbody");
  private readonly rows: LayerRow[] = [];
  private readonly lines = element("details", { className: "lines" });

  constructor(
    private readonly host: Host,
    labels: readonly [string, string],
  ) {
    const { words } = host;
    const heads = [words.weight, words.width, ...labels, words.shortcut, words.change];
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
    const { spec } = this.host;
    // The input's row, then one for each layer; rows stay what they are, so that the focus does.
    while (this.rows.length < spec.layerSizes.length) {
      const row = new LayerRow(this.host, this.rows.length);
      this.rows.push(row);
      this.body.append(row.node);
    }
    for (const gone of this.rows.splice(spec.layerSizes.length)) gone.node.remove();
    for (const row of this.rows) row.render();
    this.print();
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
