import type { Figure } from "../figure";
import { leaveOut } from "../leaveout";
import { liveOnly } from "../words/leftout";

/** Types that only WebGL draws, or that lie on a map which would be fetched. */
const live = new Set([
  ...["scatter3d", "surface", "mesh3d", "isosurface", "volume", "cone", "streamtube", "parcoords", "splom"],
  ...["scattergeo", "choropleth"],
  ...["scattermap", "choroplethmap", "densitymap", "scattermapbox", "choroplethmapbox", "densitymapbox"],
]);

/** A figure as a still picture can show it. */
export function stillFigure(figure: Figure): Figure {
  return leaveOut(figure, (type) => !live.has(type), liveOnly);
}
