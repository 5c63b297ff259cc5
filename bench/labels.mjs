// @ts-check
// Where the names of two lines stand: the upper one's above both, the lower one's below, so that none covers a line or
// the band around its own.

/** In pixels from a panel's lower left corner. @typedef {{ x: number, y: number }} Place */
/** A line's point, and the ends of its band there. @typedef {Place & { low: number, high: number }} Spot */
/** A line's label: its middle, and whether it stands above the lines. @typedef {Place & { above: boolean }} Label */
/** @typedef {{ width: number, height: number }} Size */

/** The room that a label of this height needs above a line, or below it. @param {number} height */
export const roomOf = (height) => height + 2 * gap;

const gap = 6;
const steps = 60;

/**
 * @param {Spot[]} line from left to right
 * @param {Spot[]} other at the same places
 * @param {Size} label of the line
 * @param {Size} panel
 * @returns {Label} at the place where the lines are farthest apart and the label is nearest to its own
 */
export function placeLabel(line, other, label, panel) {
  const half = label.width / 2;
  /** @type {{ label: Label, worth: number }[]} */
  const candidates = [];
  for (let step = 0; step <= steps; step++) {
    const x = half + gap + ((panel.width - label.width - 2 * gap) * step) / steps;
    const [left, right] = [x - half - gap, x + half + gap];
    // Straight lines are highest and lowest at their points and at the ends.
    const span = [left, ...line.map((spot) => spot.x).filter((at) => at > left && at < right), right];
    const apart = span.map((at) => heightAt(line, at) - heightAt(other, at));
    const above = heightAt(line, x) > heightAt(other, x);
    const edge = above ? "high" : "low";
    const edges = span.flatMap((at) => [heightAt(line, at, edge), heightAt(other, at)]);
    const offset = gap + label.height / 2;
    const y = above ? Math.max(...edges) + offset : Math.min(...edges) - offset;
    if (y - label.height / 2 < 0 || y + label.height / 2 > panel.height) continue;
    // A clear distance of 30 pixels tells the lines apart; more of it is not worth a label far from its line.
    const clear = Math.min(30, Math.min(...apart.map((distance) => (above ? distance : -distance))));
    candidates.push({ label: { x, y, above }, worth: 2 * clear - Math.abs(y - heightAt(line, x)) });
  }
  const best = candidates.sort((a, b) => b.worth - a.worth)[0];
  if (best === undefined) throw new RangeError("No label fits into the panel; expected a larger one.");
  return best.label;
}

/**
 * The height of a line, or of an edge of its band.
 * @param {Spot[]} line
 * @param {number} x
 * @param {"y" | "low" | "high"} [of]
 */
export function heightAt(line, x, of = "y") {
  const first = /** @type {Spot} */ (line[0]);
  const last = /** @type {Spot} */ (line.at(-1));
  if (x <= first.x) return first[of];
  if (x >= last.x) return last[of];
  const next = line.findIndex((spot) => spot.x > x);
  const [from, to] = /** @type {[Spot, Spot]} */ ([line[next - 1], line[next]]);
  return from[of] + ((to[of] - from[of]) * (x - from.x)) / (to.x - from.x);
}
