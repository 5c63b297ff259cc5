/** The least rectangle around something, in the figure's pixels. */
interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const clipPath =
  /<clipPath[^>]* id="(\w+)"[^>]*><rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"\/>/g;
const clippedShape =
  /(<g class="shape-group" data-index="\d+") clip-path="url\(#(\w+)\)">(<path [^>]*\/>)<\/g>/g;

/**
 * The picture without those clips of plotly.js' shapes that take nothing away: the renderer paints a layer as large as
 * the picture for each.
 */
export function withoutIdleClips(svg: string): string {
  const clips = new Map<string, Extent>();
  for (const [, id, ...numbers] of svg.matchAll(clipPath)) {
    const [left, top, width, height] = numbers.map(Number) as [number, number, number, number];
    clips.set(id!, { left, top, right: left + width, bottom: top + height });
  }
  return svg.replace(clippedShape, (all: string, group: string, id: string, path: string) => {
    const [clip, extent] = [clips.get(id), extentOf(path)];
    return clip !== undefined && extent !== null && isWithin(extent, clip) ? `${group}>${path}</g>` : all;
  });
}

function isWithin(inner: Extent, outer: Extent): boolean {
  return (
    inner.left >= outer.left &&
    inner.top >= outer.top &&
    inner.right <= outer.right &&
    inner.bottom <= outer.bottom
  );
}

/** Around the points of a path, between which its curves stay, and its stroke; null where a point may be relative. */
function extentOf(path: string): Extent | null {
  const data = / d="([^"]*)"/.exec(path)?.[1] ?? "a";
  if (/[^MLHVCQZ\d\s,.e+-]/.test(data)) return null;
  const [xs, ys]: [number[], number[]] = [[], []];
  for (const [, command, text] of data.matchAll(/([MLHVCQ])([^A-Z]*)/g)) {
    const numbers = text!.match(/-?[\d.]+(?:e[-+]?\d+)?/g)?.map(Number) ?? [];
    numbers.forEach((number, i) =>
      (command === "V" || (command !== "H" && i % 2 === 1) ? ys : xs).push(number),
    );
  }
  // A corner's point reaches as far as the limit of 4 lets it, on both sides of the line.
  const reach = 2 * Number(/stroke-width: ([\d.]+)px/.exec(path)?.[1] ?? 1);
  return {
    left: Math.min(...xs) - reach,
    top: Math.min(...ys) - reach,
    right: Math.max(...xs) + reach,
    bottom: Math.max(...ys) + reach,
  };
}
