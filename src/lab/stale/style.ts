/** JupyterLab's own fonts and colours, and an amber that both themes bear: at least 4.5 : 1 as text, 3 : 1 as a bar. */
const css = `
.tslab-gradients-stale {
  --tslab-gradients-amber: #9a4a00;
  box-shadow: inset 3px 0 0 var(--tslab-gradients-amber);
}
[data-jp-theme-light="false"] .tslab-gradients-stale { --tslab-gradients-amber: #ffb454; }
.jp-Notebook .jp-Cell.tslab-gradients-stale .jp-InputPrompt { color: var(--tslab-gradients-amber); opacity: 1; }
.tslab-gradients-stale-note {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 2px 12px;
  padding: 2px 8px 2px calc(var(--jp-cell-prompt-width) + var(--jp-cell-collapser-width));
  color: var(--tslab-gradients-amber);
  font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1);
  line-height: 1.5;
}
.tslab-gradients-stale-note button {
  padding: 0 8px;
  border: 1px solid currentColor;
  border-radius: 3px;
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
.tslab-gradients-stale-note button:hover { background: var(--jp-layout-color2); }
.tslab-gradients-stale-note button:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
.tslab-gradients-stale-status {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media print {
  .tslab-gradients-stale { box-shadow: none; }
  .tslab-gradients-stale-note { display: none; }
}
`;

/** Gives the page the marks' style. */
export function addStyle(): void {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
}
