/** The neutral colours, light and dark; a figure is drawn in the light ones, and `darkFigure` exchanges them. */
export const neutrals = {
  ink: { light: "#1f2933", dark: "#e6e9ee" },
  muted: { light: "#5b6675", dark: "#a9b3c1" },
  line: { light: "#8a94a3", dark: "#8a94a4" },
  grid: { light: "#dfe3e8", dark: "#39414d" },
  paper: { light: "#ffffff", dark: "#15191f" },
  panel: { light: "#f6f7f9", dark: "#1d232b" },
} as const;

/** One colour a model, told apart by every kind of colour vision. Source: Okabe and Ito, "Color Universal Design". */
export const modelColors = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"] as const;

/** The colour of a model, by its place among the models. */
export function colorOf(index: number): string {
  return modelColors[index % modelColors.length]!;
}

const symbols = ["circle", "square", "diamond", "cross", "star"] as const;

/** The shape of a model's points, which tells models apart where colours do not. */
export function symbolOf(index: number): string {
  return symbols[index % symbols.length]!;
}

/** The fonts that a reader's machine may have, the Latin ones with Chinese glyphs beside them. */
export const fontStack =
  '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, "Helvetica Neue", Arial, sans-serif';

/** The font that JupyterLab's extension lends to pages on a machine without Chinese glyphs. */
export const lentFamily = "tslab-gradients Noto Sans SC";

type Color = readonly [red: number, green: number, blue: number];

/** From small to large, light to dark, readable in grey. Source: the single-hue scale of ColorBrewer, "Blues". */
const blues: readonly Color[] = [
  [239, 245, 252],
  [158, 202, 225],
  [49, 130, 189],
  [8, 48, 107],
];

/** From small to large, even steps for every kind of colour vision and in grey. Source: matplotlib, "viridis". */
const viridis: readonly Color[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 73, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [110, 206, 88],
  [181, 222, 43],
  [253, 231, 37],
];

/** The colour at `position` from 0 (small) to 1 (large), and the ink that is legible on it. */
export function shade(position: number): { fill: string; ink: string } {
  const rgb = between(blues, position);
  const luminance = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
  return { fill: hex(rgb), ink: luminance > 140 ? "#10161e" : "#fefefe" };
}

/** The colour of a heat map's cell at `position` from 0 (small) to 1 (large), in more steps than `shade` has. */
export function heat(position: number): string {
  return hex(between(viridis, position));
}

function between(scale: readonly Color[], position: number): Color {
  const at = Math.min(1, Math.max(0, position)) * (scale.length - 1);
  const step = Math.min(scale.length - 2, Math.floor(at));
  const [low, high] = [scale[step]!, scale[step + 1]!];
  const mix = (channel: 0 | 1 | 2) => Math.round(low[channel] + (high[channel] - low[channel]) * (at - step));
  return [mix(0), mix(1), mix(2)];
}

function hex(rgb: Color): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

const toDark = new Map<string, string>(Object.values(neutrals).map(({ light, dark }) => [light, dark]));

/** The same figure on a dark page: the neutral colours are exchanged, the models' stay. */
export function darkFigure<F>(figure: F): F {
  if (typeof figure === "string") return (toDark.get(figure) ?? figure) as F;
  if (Array.isArray(figure)) return figure.map(darkFigure) as F;
  if (typeof figure !== "object" || figure === null) return figure;
  return Object.fromEntries(
    Object.entries(figure).map(([key, value]) => [key, darkFigure<unknown>(value)]),
  ) as F;
}
