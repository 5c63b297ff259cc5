import { readSpec } from "../../figures/explore";
import { startEngine } from "./engine";
import { LiveFigure } from "./explorer";
import type { ExplorerLibrary } from "./library";

startEngine();

const library: ExplorerLibrary = {
  mount(node, spec, options) {
    // JupyterLab's keys would reach the notebook from inside the figure.
    node.setAttribute("data-lm-suppress-shortcuts", "true");
    return new LiveFigure(node, readSpec(spec), { ...options });
  },
};

(globalThis as { tslabGradientsExplorer?: ExplorerLibrary }).tslabGradientsExplorer = library;
