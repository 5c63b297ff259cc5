import type { Json } from "./figure";
import { ticks } from "./logaxis";
import { neutrals } from "./palette";
import { tick } from "./sentences";

/**
 * The axis along which layers stand, in order.
 * @param names of their weights
 * @param margin beyond the first and the last, in distances between two
 */
export function layerAxis(names: readonly string[], margin: number): { [key: string]: Json } {
  return {
    tickvals: ticks(names.length),
    ticktext: ticks(names.length).map((i) => tick(names[i]!)),
    range: [-margin, names.length - (1 - margin)],
    showgrid: false,
    zeroline: false,
    linecolor: neutrals.line.light,
    showline: true,
    ticklabeloverflow: "allow",
  };
}
