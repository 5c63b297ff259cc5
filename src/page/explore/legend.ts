import { element } from "../element";
import type { ExploreWords } from "./words";
import { type Axis, powerOfTen, tint } from "./scale";

/** What the colours of the units and the lines mean. */
export class Legend {
  readonly node: HTMLElement;
  private readonly ramp = element("i", { className: "ramp" });
  private readonly ends = element("span");

  constructor(private readonly words: ExploreWords) {
    const mark = (className: string): HTMLElement => element("i", { className });
    const entry = (...parts: (Node | string)[]): HTMLElement => element("li", {}, ...parts);
    this.node = element(
      "ul",
      { className: "legend" },
      entry(mark("dot positive"), words.positive, mark("dot negative"), words.negative),
      entry(mark("dot faint"), words.faint),
      entry(this.ramp, this.ends),
      entry(mark("stroke"), words.shortcut, mark("stroke none"), words.noShortcut),
    );
    this.node.setAttribute("aria-label", words.legend);
  }

  render({ ends }: Axis, isDark: boolean): void {
    const shades = [0, 1 / 3, 2 / 3, 1].map((position) => tint(position, isDark));
    this.ramp.style.background = `linear-gradient(to right, ${shades.join(", ")})`;
    this.ends.textContent = this.words.ramp(powerOfTen(ends[0]), powerOfTen(ends[1]));
  }
}
