import type { Approximate } from "../../nn/architecture";
import { element } from "../element";
import { changed } from "./edit";
import { Field } from "./field";
import type { Host } from "./host";
import { readInput, readNumber, readSeed, readSizes } from "./parse";

/** The form above the networks: sizes, seed, GELU, input, target. */
export class Fields {
  readonly node: HTMLElement;
  private readonly sizes: Field;
  private readonly seed: Field;
  private readonly input: Field;
  private readonly target: Field;
  private readonly gelu = element("select", { name: "gelu" });

  constructor(private readonly host: Host) {
    const { words } = host;
    this.sizes = new Field(words.sizes, "sizes", (text) => {
      const layerSizes = readSizes(text, words);
      return host.change((spec) => changed(spec, { layerSizes }));
    });
    this.seed = new Field(words.seed, "seed", (text) => {
      const seed = readSeed(text, words);
      return host.change((spec) => changed(spec, { seed }));
    });
    this.input = new Field(words.input, "input", (text) => {
      const input = readInput(text, host.spec.layerSizes[0]!, words);
      return host.change((spec) => changed(spec, { input }));
    });
    this.target = new Field(words.target, "target", (text) => {
      const target = readNumber(text, words);
      return host.change((spec) => changed(spec, { target }));
    });
    this.gelu.append(
      element("option", { value: "none", textContent: words.exact }),
      element("option", { value: "tanh", textContent: words.tanh }),
    );
    this.gelu.onchange = () => {
      host.change((spec) => changed(spec, { gelu: this.gelu.value as Approximate }));
    };
    const gelu = element(
      "label",
      { className: "field gelu" },
      element("span", { textContent: words.gelu }),
      this.gelu,
    );
    this.node = element(
      "div",
      { className: "fields" },
      this.sizes.node,
      this.seed.node,
      gelu,
      this.input.node,
      this.target.node,
    );
  }

  render(): void {
    const { layerSizes, seed, gelu, input, target } = this.host.spec;
    this.sizes.show(layerSizes.join(", "));
    this.seed.show(seed);
    this.gelu.value = gelu;
    this.input.show(input.map((row) => row.join(", ")).join("; "));
    this.target.show(String(target));
  }
}
