import { type ExplorerLibrary, readSpec } from "../../figures/explore";
import { startEngine } from "./engine";
import { LiveFigure } from "./explorer";

startEngine();

const library: ExplorerLibrary = {
  mount: (node, spec, options) => new LiveFigure(node, readSpec(spec), { ...options }),
  read: readSpec,
};

(globalThis as { tslabGradientsExplorer?: ExplorerLibrary }).tslabGradientsExplorer = library;
