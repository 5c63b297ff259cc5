import { isDrawn } from "../../figures/figuretext";

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
