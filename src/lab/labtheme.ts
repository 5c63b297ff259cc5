import type { PlotlyFigure } from "../figures/readfigure";
import { darkFigure } from "../figures/palette";

const attribute = "data-jp-theme-light";

export function isDark(): boolean {
  return document.body.getAttribute(attribute) === "false";
}

/** The figure in the colours of JupyterLab's theme. */
export function themed(figure: PlotlyFigure): PlotlyFigure {
  return isDark() ? darkFigure(figure) : figure;
}

/** Calls back when JupyterLab has changed its theme, while which it shows nothing; returns what ends it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(() => requestAnimationFrame(changed));
  observer.observe(document.body, { attributeFilter: [attribute] });
  return () => observer.disconnect();
}

/** Gives JupyterLab's page a style of ours. */
export function addStyle(css: string): void {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
}
