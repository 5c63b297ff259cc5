import { isDrawn } from "../figures/figuretext";

/** Where things stand in one network's drawing, in pixels. */
export interface Place {
  width: number;
  height: number;
  layers: number;
  /** Between two rows of units. */
  step: number;
  /** Left and right of the units. */
  units: [number, number];
  /** Left and right of the handle that a row's width is dragged by. */
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

/** The log axis that both networks share. */
export interface Axis {
  /** Powers of ten to mark. */
  ticks: number[];
  /** The powers of ten at its floor and its top. */
  ends: [number, number];
  /** Where a value lies, 0 at the floor and 1 at the top; a value that float32 flushes lies at the floor. */
  position(value: number): number;
}

/** The decades around the means, as many marks as there is room for. */
export function axisOf(means: number[], mostTicks: number): Axis {
  const drawn = means.filter(isDrawn);
  const low = drawn.length > 0 ? Math.floor(Math.log10(Math.min(...drawn)) - 0.02) : -3;
  const high = drawn.length > 0 ? Math.max(low + 1, Math.ceil(Math.log10(Math.max(...drawn)))) : 0;
  const step = Math.max(1, Math.ceil((high - low) / (mostTicks - 1)));
  const ticks: number[] = [];
  for (let exponent = low; exponent <= high; exponent += step) ticks.push(exponent);
  return {
    ticks,
    ends: [low, high],
    position(value) {
      if (value === Infinity) return 1;
      if (!isDrawn(value)) return 0;
      return Math.min(1, Math.max(0, (Math.log10(value) - low) / (high - low)));
    },
  };
}

const superscripts: { [character: string]: string } = {
  "-": "⁻",
  ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((character, i) => [String(i), character])),
};

/** 10⁻³ */
export function powerOfTen(exponent: number): string {
  if (exponent === 0) return "1";
  return `10${[...String(exponent)].map((character) => superscripts[character]).join("")}`;
}

// From little to much gradient: towards the page's ink, so that much is what the eye meets first.
const ramps = {
  light: [
    [214, 225, 236],
    [117, 169, 212],
    [33, 102, 172],
    [8, 40, 92],
  ],
  dark: [
    [46, 60, 78],
    [52, 110, 168],
    [112, 178, 232],
    [224, 242, 255],
  ],
} as const;

/** The colour of a gradient at a position of the axis. */
export function tint(position: number, isDark: boolean): string {
  const ramp = ramps[isDark ? "dark" : "light"];
  const at = Math.min(1, Math.max(0, position)) * (ramp.length - 1);
  const step = Math.min(ramp.length - 2, Math.floor(at));
  const mix = ramp[step]!.map((channel, i) =>
    Math.round(channel + (ramp[step + 1]![i]! - channel) * (at - step)),
  );
  return `rgb(${mix.join(",")})`;
}
