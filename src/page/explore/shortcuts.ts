import type { Net } from "./compute";
import { extentOf, type Place } from "./place";
import type { ExploreWords } from "./words";

const n = (value: number): string => value.toFixed(1);

/** The shortcuts from the row that a layer reads to the row it writes; those that are off, or cannot be, say so. */
export function shortcutsSvg(
  { layerSizes, shortcuts }: Net,
  wanted: readonly boolean[],
  place: Place,
  words: ExploreWords,
): string {
  return wanted
    .map((on, layer) => {
      const [from, to] = [layerSizes[layer]!, layerSizes[layer + 1]!];
      const [y0, y1] = [place.row(layer) + 2, place.row(layer + 1) - 4];
      const x0 = extentOf(from, place)[0] - 4;
      const x1 = extentOf(to, place)[0] - 8;
      const out = 16;
      const path = `M${n(x0)} ${n(y0)}C${out} ${n(y0)} ${out} ${n(y1)} ${n(x1)} ${n(y1)}`;
      const state = shortcuts[layer] ? "on" : on && from !== to ? "dropped" : "off";
      const target = state === "dropped" ? "data-equal" : "data-shortcut";
      const says = { on: words.on, off: words.off, dropped: `${words.dropped(from, to)}; ${words.equal}` }[
        state
      ];
      const middle = (y0 + y1) / 2;
      const bend = (x0 + x1 + 6 * out) / 8;
      const reason =
        place.step >= 34 ? `<text class="reason" x="4" y="${n(middle + 15)}">${from}≠${to}</text>` : "";
      const mark = {
        on: `<path class="head" d="M${n(x1 + 4)} ${n(y1)}l-7 -4v8Z"/>`,
        off: `<circle class="knob" cx="${n(bend)}" cy="${n(middle)}" r="4"/>`,
        dropped: `<text class="cross" x="${n(bend)}" y="${n(middle)}">×</text>${reason}`,
      }[state];
      return (
        `<g class="shortcut ${state}" ${target}="${layer}" data-layer="${layer}"><title>${says}</title>` +
        `<path class="hit" stroke-width="${n(Math.min(24, place.step * 0.6))}" d="${path}"/><path class="line" d="${path}"/>${mark}</g>`
      );
    })
    .join("");
}
