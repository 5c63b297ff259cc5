import { isDrawn, short } from "../figures/figuretext";
import type { Net } from "./compute";
import { type Axis, extentOf, type Place, powerOfTen, tint, unitsOf } from "./measures";
import type { ExploreWords } from "./explorerwords";

/** What a drawing shows: all of it, the forward pass up to a row, or the backward pass down to a layer. */
export type Phase = { kind: "all" } | { kind: "forward"; row: number } | { kind: "backward"; layer: number };

/** The steps of the play for so many layers: the rows forward, the loss, the layers backward. */
export function stepsOf(layers: number): Phase[] {
  const forward = Array.from({ length: layers + 1 }, (_, row): Phase => ({ kind: "forward", row }));
  const backward = Array.from({ length: layers + 1 }, (_, i): Phase => ({
    kind: "backward",
    layer: layers - i,
  }));
  return [...forward, ...backward];
}

function showsRow(phase: Phase, row: number): boolean {
  return phase.kind !== "forward" || row <= phase.row;
}

function showsGradient(phase: Phase, layer: number): boolean {
  return phase.kind === "all" || (phase.kind === "backward" && layer >= phase.layer);
}

/** How a network is drawn. */
export interface Style {
  axis: Axis;
  phase: Phase;
  isDark: boolean;
  color: string;
  label: string;
  words: ExploreWords;
  /** The row that is edited. */
  chosen: number;
  /** The layers whose shortcuts the reader has left on; null for the network without shortcuts. */
  wanted: readonly boolean[] | null;
}

const n = (value: number): string => value.toFixed(1);

/** One network as SVG: units or blocks, weights, shortcuts, and each layer's mean |gradient| as a bar. */
export function netSvg(net: Net, place: Place, style: Style): string {
  const { layers, width } = place;
  const zones = Array.from(
    { length: layers },
    (_, i) =>
      `<rect class="zone${i + 1 === style.chosen ? " chosen" : ""}" data-layer="${i}" x="0" y="${n(place.row(i))}" width="${width}" height="${place.step}"/>`,
  );
  return [
    `<text class="label" x="4" y="26" fill="${style.color}">${style.label}</text>`,
    ...zones,
    gridSvg(place, style),
    edgesSvg(net, place, style.axis, style.phase, style.isDark),
    style.wanted === null ? "" : shortcutsSvg(net, style.wanted, place, style.words),
    ...net.layerSizes.map((size, row) => rowSvg(net, size, row, place, style)),
    ...net.gradients.map(({ mean }, layer) => barSvg(mean, layer, place, style)),
  ].join("");
}

function gridSvg(place: Place, { axis, words }: Style): string {
  const [left, right] = place.bars;
  const bottom = place.row(place.layers) + 6;
  const marks = axis.ticks.map((exponent) => {
    const x = n(left + axis.position(10 ** exponent) * (right - left));
    return `<path class="grid" d="M${x} 62V${bottom}"/><text class="tick" x="${x}" y="54">${powerOfTen(exponent)}</text>`;
  });
  return `<text class="axis" x="${place.width - 4}" y="${bottom + 20}">${words.axis}</text>${marks.join("")}`;
}

function rowSvg(net: Net, size: number, row: number, place: Place, { phase, words, chosen }: Style): string {
  const y = place.row(row);
  const shown = showsRow(phase, row);
  const [left, right] = extentOf(size, place);
  const units = unitsOf(size, place);
  const height = Math.min(22, place.step * 0.62);
  const values = net.activations[row]!;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const radius = Math.min(10, place.step * 0.27, units.length > 1 ? (units[1]! - units[0]!) * 0.36 : 10);
  const marks =
    units.length === 0
      ? `<rect class="block" x="${left}" y="${n(y - height / 2)}" width="${right - left}" height="${n(height)}" rx="4"/>`
      : units
          .map((x, i) => {
            const value = values[i]!;
            const sign = value < 0 ? "negative" : "positive";
            const fill = shown ? (0.12 + (0.88 * Math.abs(value)) / largest).toFixed(2) : "0";
            return (
              `<circle class="ground" cx="${n(x)}" cy="${n(y)}" r="${n(radius)}"/>` +
              `<circle class="unit ${sign}" cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill-opacity="${fill}">` +
              `<title>${unitTitle(net, row, i, words)}</title></circle>`
            );
          })
          .join("");
  return (
    `<g class="row${shown ? "" : " dim"}${row === chosen ? " chosen" : ""}" data-row="${row}">` +
    `<rect class="handle" x="${n(left - 6)}" y="${n(y - place.step * 0.38)}" width="${n(place.pill[1] - left + 6)}" height="${n(place.step * 0.76)}"><title>${words.hint}</title></rect>` +
    `${marks}${pillSvg(size, y, place)}</g>`
  );
}

/** A row's width between two arrowheads, which say that it is dragged; bare where rows are too close. */
function pillSvg(size: number, y: number, { pill: [left, right], step }: Place): string {
  const text = `<text class="size" x="${n((left + right) / 2)}" y="${n(y)}">${size}</text>`;
  if (step < 24) return text;
  const height = Math.min(26, step - 4);
  const heads = `M${n(left + 9)} ${n(y - 4)}l-4 4l4 4M${n(right - 9)} ${n(y - 4)}l4 4l-4 4`;
  return (
    `<rect class="pill" x="${n(left)}" y="${n(y - height / 2)}" width="${n(right - left)}" height="${n(height)}" rx="${n(height / 2)}"/>` +
    `<path class="heads" d="${heads}"/>${text}`
  );
}

function unitTitle({ activations, units }: Net, row: number, unit: number, words: ExploreWords): string {
  const value = short4(activations[row]![unit]!);
  if (row === 0) return `${words.input} ${unit}: ${value}`;
  return `layers.${row - 1}, ${unit}: ${value}; ∂L/∂z = ${short4(units[row - 1]![unit]!)}`;
}

function short4(value: number): string {
  return value === 0 ? "0" : String(Number(value.toPrecision(4)));
}

function barSvg(mean: number, layer: number, place: Place, { axis, phase, color }: Style): string {
  const [left, right] = place.bars;
  const y = place.layer(layer);
  const height = Math.max(4, Math.min(16, place.step * 0.36));
  const name =
    place.step >= 40
      ? `<text class="name" x="${left}" y="${n(y - height / 2 - 4)}">layers.${layer}</text>`
      : "";
  if (!showsGradient(phase, layer)) return `<g class="bar" data-layer="${layer}">${name}</g>`;
  const length = Math.max(1.5, axis.position(mean) * (right - left));
  const mark = isDrawn(mean)
    ? `<rect x="${left}" y="${n(y - height / 2)}" width="${n(length)}" height="${n(height)}" fill="${color}"/>`
    : `<path class="floor" stroke="${color}" d="M${left} ${n(y - height / 2)}h${n(height)}l${n(-height / 2)} ${n(height)}Z"/>`;
  const end = left + (isDrawn(mean) ? length : height) + 5;
  return `<g class="bar" data-layer="${layer}">${name}${mark}<text class="number" x="${n(end)}" y="${n(y)}">${short(mean)}</text></g>`;
}

/** So many weights of a network are drawn one by one; a larger network's layers are bands. */
const mostEdges = 2500;
const shades = 8;

/** The weights between the rows: a line each, coloured by its gradient, or a band a layer. */
function edgesSvg(net: Net, place: Place, axis: Axis, phase: Phase, isDark: boolean): string {
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

/** The shortcuts from the row that a layer reads to the row it writes; those that are off, or cannot be, say so. */
function shortcutsSvg(
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
