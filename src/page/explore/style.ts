import { fontStack, lentFamily, neutrals } from "../../figures/palette";

const theme = (shade: "light" | "dark"): string =>
  Object.entries(neutrals)
    .map(([name, colors]) => `--${name}: ${colors[shade]};`)
    .join(" ");

/** The figure's styles, inside its shadow root. */
export const styleText = `
.explore { ${theme("light")} --accent: #0b63b0; --bad: #b3261e; --positive: #009e73; --negative: #b4508a;
  position: relative; color: var(--ink); background: var(--paper); font: 14px/1.45 ${fontStack}, "${lentFamily}"; padding: 8px 10px; box-sizing: border-box; }
.explore[data-theme="dark"] { ${theme("dark")} --accent: #7db8f0; --bad: #ff8a80; --positive: #3fcf9f; --negative: #e08fc0; color-scheme: dark; }
.explore * { box-sizing: border-box; }
[hidden] { display: none !important; }
.fields, .tools { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; margin: 0 0 8px; }
.tools { gap: 6px; align-items: center; }
.gap { width: 10px; }
.field { display: flex; flex-direction: column; position: relative; }
.field > span:first-child { font-size: 12px; color: var(--muted); }
.field.sizes { flex: 3 1 220px; } .field.input { flex: 2 1 160px; } .field.seed { flex: 0 1 110px; } .field.target { flex: 0 1 70px; }
input, select, button, textarea { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 4px 8px; min-width: 0; width: 100%; }
input[type="checkbox"] { width: 18px; height: 18px; vertical-align: middle; accent-color: var(--accent); }
button { width: auto; min-height: 32px; cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--accent); }
button:disabled { opacity: .5; cursor: default; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
input[aria-invalid="true"] { border-color: var(--bad); }
.problem { color: var(--bad); font-size: 12.5px; max-width: 46ch; }
.problem:empty { display: none; }
.notice { min-height: 1.45em; margin: 0; color: var(--muted); }
.hint, .summary { margin: 4px 0; color: var(--muted); font-size: 13px; }
textarea.code { width: 100%; font: 12.5px/1.4 ui-monospace, Menlo, Consolas, monospace; }
.nets { display: flex; flex-wrap: wrap; gap: 8px 20px; }
svg { display: block; max-width: 100%; touch-action: pan-y; user-select: none; }
svg text { font-family: inherit; fill: var(--ink); font-size: 12px; dominant-baseline: central; }
svg .label { font-size: 15px; font-weight: 600; text-anchor: middle; dominant-baseline: auto; }
svg .axis { font-size: 12px; fill: var(--muted); text-anchor: end; }
svg .tick { fill: var(--muted); text-anchor: middle; }
.zone { fill: transparent; } .zone.hot { fill: var(--panel); }
.grid { stroke: var(--grid); fill: none; }
.edges { fill: none; } .edges .plain { stroke: var(--grid); } .edges .plain-band { fill: var(--grid); }
.block { fill: var(--panel); stroke: var(--line); }
.inside { text-anchor: middle; }
.ground { fill: var(--paper); } .unit { stroke: var(--line); stroke-width: 1.2; } .unit.positive { fill: var(--positive); } .unit.negative { fill: var(--negative); }
.row { cursor: ew-resize; } .row.dim { opacity: .35; } .handle { fill: transparent; }
.row:hover .size { fill: var(--accent); text-decoration: underline; }
svg .size { font-size: 12px; } svg .name { fill: var(--muted); font-size: 11px; dominant-baseline: auto; }
.floor { fill: none; stroke-width: 1.6; }
.bar.hot .number { font-weight: 700; }
.shortcut { cursor: pointer; } .shortcut path { fill: none; } .shortcut .hit { stroke: transparent; stroke-width: 16; pointer-events: stroke; }
.shortcut .line { stroke: #0072b2; stroke-width: 2.2; } .shortcut .head { fill: #0072b2; }
[data-theme="dark"] .shortcut .line { stroke: #56b4e9; } [data-theme="dark"] .shortcut .head { fill: #56b4e9; }
.shortcut.off .line, .shortcut.dropped .line { stroke: var(--line); stroke-width: 1.4; stroke-dasharray: 3 4; }
.shortcut .knob { fill: var(--paper); stroke: var(--line); stroke-width: 1.6; }
svg .cross { font-size: 17px; text-anchor: middle; fill: var(--muted); } svg .reason { font-size: 11px; fill: var(--muted); }
.shortcut:hover .line { stroke-width: 3.4; }
.over { position: absolute; width: 88px; z-index: 2; } .over .problem { background: var(--paper); border: 1px solid var(--bad); border-radius: 6px; padding: 2px 6px; width: 240px; }
.scroll { overflow-x: auto; max-height: 420px; overflow-y: auto; }
td:nth-child(5) { white-space: normal; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 6px 0 2px; }
th, td { text-align: left; padding: 3px 6px; border-bottom: 1px solid var(--grid); font-weight: 400; white-space: nowrap; }
thead th { white-space: normal; font-size: 12px; color: var(--muted); position: sticky; top: 0; background: var(--paper); }
tr.hot, .line.hot { background: var(--panel); }
td .field input { width: 72px; } td .field .problem { white-space: normal; width: 220px; }
td button { min-height: 28px; padding: 1px 8px; margin-left: 4px; } td .reason { display: inline-block; }
td .reason { color: var(--muted); }
.lines { margin-top: 6px; } .lines .model { margin: 6px 0 2px; font-size: 13px; font-weight: 600; }
.printed { margin: 0; font: 12.5px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-x: auto; } .line { display: block; width: max-content; min-width: 100%; }
@media (prefers-reduced-motion: no-preference) { .row, .bar { transition: opacity .15s; } }
@media (forced-colors: active) { .explore { forced-color-adjust: none; } }
`;
