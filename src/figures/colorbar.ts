import type { Figure } from "./figure";
import { isDrawn } from "./number";
import { heat } from "./palette";

/** The whole decades from the smallest to the largest value, as powers of ten. */
interface Span {
  low: number;
  high: number;
}

/** Whole decades around the values that have a colour. */
export function spanOf(values: number[]): Span {
  const drawn = values.filter(isDrawn).map(Math.log10);
  if (drawn.length === 0) return { low: -3, high: 0 };
  const low = Math.floor(drawn.reduce((a, b) => Math.min(a, b)));
  return { low, high: Math.max(low + 1, Math.ceil(drawn.reduce((a, b) => Math.max(a, b)))) };
}

/** A value's colour: one for every tenth of a decade where there are few, for every decade where there are many. */
export function colorIn({ low, high }: Span, value: number): string {
  const steps = high - low > 20 ? 1 : 10;
  // The middle of a step: 1e-3 and 1e-4 have not the same colour.
  const exponent = (Math.floor(Math.log10(value) * steps) + 0.5) / steps;
  return heat((exponent - low) / (high - low));
}

/** The colour bar, on a point that is nowhere: bars that take their colours from a scale make plotly.js 4 complain. */
export function colorbar({ low, high }: Span): Figure["data"][number] {
  const step = Math.ceil((high - low) / 9);
  const exponents = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
  return {
    type: "scatter",
    mode: "markers",
    x: [null],
    y: [null],
    marker: {
      color: [low],
      cmin: low,
      cmax: high,
      colorscale: Array.from({ length: 10 }, (_, i) => [i / 9, heat(i / 9)]),
      showscale: true,
      colorbar: {
        tickvals: exponents,
        ticktext: exponents.map((exponent) => `10<sup>${String(exponent).replace("-", "−")}</sup>`),
        ticklabeloverflow: "allow",
        thickness: 16,
        outlinewidth: 0,
        x: 1,
        xpad: 18,
      },
    },
    hoverinfo: "skip",
    showlegend: false,
  };
}
