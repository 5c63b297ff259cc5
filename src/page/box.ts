import type { Box } from "../figures/reflow";

/** Of slides the room that a figure may take, as their script measured it; null in a page, which goes on below. */
export function boxOf(node: HTMLElement): Box | null {
  const style = getComputedStyle(node);
  const height = parseFloat(style.getPropertyValue("--figure-height"));
  const scale = parseFloat(style.getPropertyValue("--figure-scale"));
  const least = parseFloat(style.getPropertyValue("--figure-least"));
  const width = node.clientWidth;
  return height > 0 && width > 0 ? { width, height, scale, least } : null;
}
