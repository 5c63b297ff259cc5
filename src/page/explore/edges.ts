import type { Net } from "./compute";
import { type Phase, showsGradient, showsRow } from "./phase";
import { extentOf, type Place, unitsOf } from "./place";
import { type Axis, tint } from "./scale";

/** So many weights of a network are drawn one by one; a larger network's layers are bands. */
const mostEdges = 2500;
const shades = 8;

const n = (value: number): string => value.toFixed(1);

/** The weights between the rows: a line each, coloured by its gradient, or a band a layer. */
export function edgesSvg(net: Net, place: Place, axis: Axis, phase: Phase, isDark: boolean): string {
  const { layerSizes, weights, gradients } = net;
  const isSmall = weights.reduce((sum, { length }) => sum + length, 0) <= mostEdges;
  return gradients
    .map(({ mean }, layer) => {
      if (!showsRow(phase, layer + 1)) return "";
      const [from, to] = [unitsOf(layerSizes[layer]!, place), unitsOf(layerSizes[layer + 1]!, place)];
      const shown = showsGradient(phase, layer);
      const paths =
        isSmall && from.length > 0 && to.length > 0
          ? lines(weights[layer]!, from, to, layer, place, shown ? axis : null, isDark)
          : band(
              layerSizes[layer]!,
              layerSizes[layer + 1]!,
              layer,
              place,
              shown ? axis.position(mean) : null,
              isDark,
            );
      return `<g class="edges" data-layer="${layer}">${paths}</g>`;
    })
    .join("");
}

function lines(
  weights: Float32Array,
  from: number[],
  to: number[],
  layer: number,
  place: Place,
  axis: Axis | null,
  isDark: boolean,
): string {
  const [y0, y1] = [n(place.row(layer)), n(place.row(layer + 1))];
  if (axis === null) {
    const path = to.flatMap((x1) => from.map((x0) => `M${n(x0)} ${y0}L${n(x1)} ${y1}`)).join("");
    return `<path class="plain" d="${path}"/>`;
  }
  // One path a shade, so that a network of many weights is few elements.
  const paths = Array<string>(shades + 1).fill("");
  to.forEach((x1, out) =>
    from.forEach((x0, i) => {
      const shade = Math.round(axis.position(Math.abs(weights[out * from.length + i]!)) * shades);
      paths[shade] += `M${n(x0)} ${y0}L${n(x1)} ${y1}`;
    }),
  );
  return paths
    .map((path, shade) =>
      path === ""
        ? ""
        : `<path d="${path}" stroke="${tint(shade / shades, isDark)}" stroke-width="${n(0.8 + (2.2 * shade) / shades)}"/>`,
    )
    .join("");
}

function band(
  size: number,
  next: number,
  layer: number,
  place: Place,
  position: number | null,
  isDark: boolean,
): string {
  const [a0, a1] = extentOf(size, place);
  const [b0, b1] = extentOf(next, place);
  const [y0, y1] = [n(place.row(layer)), n(place.row(layer + 1))];
  const fill = position === null ? ' class="plain-band"' : ` fill="${tint(position, isDark)}"`;
  return `<path${fill} stroke="none" d="M${n(a0)} ${y0}L${n(a1)} ${y0}L${n(b1)} ${y1}L${n(b0)} ${y1}Z"/>`;
}
