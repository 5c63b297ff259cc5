/** Where things stand in one network's drawing, in pixels. */
export interface Place {
  width: number;
  height: number;
  layers: number;
  /** Between two rows of units. */
  step: number;
  /** Left and right of the units. */
  units: [number, number];
  /** Left and right of a row's width, which is dragged. */
  pill: [number, number];
  /** Left and right of the bars. */
  bars: [number, number];
  /** So many marks of the axis have room above the bars. */
  mostTicks: number;
  /** The y of a row of units: 0 is the input, i + 1 the output of layer i. */
  row(row: number): number;
  /** The y of a layer, between the row it reads and the row it writes. */
  layer(layer: number): number;
}

/** Widths up to this are drawn unit by unit, wider ones as a block. */
const mostUnits = 12;

const pillWidth = 46;
/** A drawing narrower than this is a phone's. */
const narrow = 420;

/** Above the first row of units and below the last one. */
const margins = { top: 74, bottom: 40 };

/** @param tallest the height there is, where that is bounded: rows come as near to each other as can still be read */
export function placeOf(width: number, layers: number, tallest = Infinity): Place {
  const isNarrow = width < narrow;
  const bounded = Math.floor((tallest - margins.top - margins.bottom) / layers);
  const step = Math.max(15, Math.min(isNarrow ? 46 : 66, Math.round(760 / layers), bounded));
  const left = isNarrow ? 46 : 58;
  const right = left + Math.round(Math.max(96, Math.min(250, width * (isNarrow ? 0.3 : 0.36))));
  const pill: [number, number] = [right + 6, right + 6 + pillWidth];
  const bars: [number, number] = [pill[1] + 10, width - 62];
  const row = (index: number): number => margins.top + index * step;
  return {
    width,
    height: row(layers) + margins.bottom,
    layers,
    step,
    units: [left, right],
    pill,
    bars,
    mostTicks: Math.max(2, Math.min(5, 1 + Math.floor((bars[1] - bars[0]) / 34))),
    row,
    layer: (index) => row(index) + step / 2,
  };
}

/** The x of every unit of a row; empty where the row is a block. */
export function unitsOf(size: number, { units: [left, right] }: Place): number[] {
  if (size > mostUnits) return [];
  const gap = Math.min(40, (right - left) / size);
  const start = (left + right - gap * (size - 1)) / 2;
  return Array.from({ length: size }, (_, i) => start + gap * i);
}

/** Left and right of what a row shows. */
export function extentOf(size: number, place: Place): [number, number] {
  const units = unitsOf(size, place);
  if (units.length === 0) return place.units;
  return [units[0]! - 8, units.at(-1)! + 8];
}
