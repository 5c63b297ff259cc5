import { fontStack, lentFamily, neutrals } from "../figures/palette";

const theme = (shade: "light" | "dark"): string =>
  Object.entries(neutrals)
    .map(([name, colors]) => `--${name}: ${colors[shade]};`)
    .join(" ");

/** The figure's styles, inside its shadow root. */
export const styleText = `
.explore { display: var(--explore-display, block); flex-direction: column; ${theme("light")} --accent: #0b63b0; --bad: #b3261e; --positive: #009e73; --negative: #b4508a;
  position: relative; color: var(--ink); background: var(--paper); font: 14px/1.45 ${fontStack}, "${lentFamily}"; padding: 8px 10px; box-sizing: border-box; }
.explore[data-theme="dark"] { ${theme("dark")} --accent: #7db8f0; --bad: #ff8a80; --positive: #3fcf9f; --negative: #e08fc0; color-scheme: dark; }
.explore * { box-sizing: border-box; }
[hidden] { display: none !important; }
.fields, .tools, .editor { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; margin: 0 0 8px; }
.fields, .commands { order: var(--explore-order, 0); }
.tools { gap: 6px; align-items: center; }
.gap { width: 10px; }
.field { display: flex; flex-direction: column; position: relative; }
.field > span:first-child { font-size: 12px; color: var(--muted); }
.field.sizes { flex: 3 1 220px; } .field.input { flex: 2 1 160px; } .field.seed { flex: 0 1 110px; } .field.target { flex: 0 1 70px; }
input, select, button, textarea { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 4px 8px; min-width: 0; width: 100%; }
.editor { position: sticky; top: var(--explore-top, 0px); z-index: 1; margin: 0 -10px; padding: 6px 10px; background: var(--paper); border-block: 1px solid var(--grid); }
.field.layer { flex: 0 0 104px; } .field.width { flex: 0 0 64px; } .editor button { white-space: nowrap; }
.passing { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; min-height: 32px; } .check { display: flex; align-items: center; gap: 6px; min-height: 32px; cursor: pointer; }
input[type="checkbox"] { width: 24px; height: 24px; margin: 0; accent-color: var(--accent); }
input, select, button { min-height: 32px; } button { width: auto; cursor: pointer; }
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
svg .label { font-size: 15px; font-weight: 600; dominant-baseline: auto; }
svg .axis { font-size: 12px; fill: var(--muted); text-anchor: end; }
svg .tick { fill: var(--muted); text-anchor: middle; }
.zone { fill: transparent; } .zone.hot { fill: var(--panel); }
.grid { stroke: var(--grid); fill: none; }
.edges { fill: none; } .edges .plain { stroke: var(--grid); } .edges .plain-band { fill: var(--grid); }
.zone.chosen { fill: var(--panel); stroke: var(--accent); stroke-dasharray: 2 3; } .zone, tbody tr[data-layer] { cursor: pointer; }
.block { fill: var(--panel); stroke: var(--line); }
.ground { fill: var(--paper); } .unit { stroke: var(--line); stroke-width: 1.2; } .unit.positive { fill: var(--positive); } .unit.negative { fill: var(--negative); }
.row { cursor: ew-resize; } .row.dim { opacity: .35; } .handle { fill: transparent; }
.pill { fill: var(--paper); stroke: var(--line); } .heads { fill: none; stroke: var(--muted); stroke-width: 1.5; }
.row:hover .pill, .row.chosen .pill, .row:hover .heads { stroke: var(--accent); } .row:hover .size { fill: var(--accent); }
svg .size { font-size: 12px; text-anchor: middle; } svg .name { fill: var(--muted); font-size: 11px; dominant-baseline: auto; }
.floor { fill: none; stroke-width: 1.6; }
.bar.hot .number { font-weight: 700; }
.shortcut { cursor: pointer; } .shortcut path { fill: none; } .shortcut .hit { stroke: transparent; pointer-events: stroke; }
.shortcut .line { stroke: #0072b2; stroke-width: 2.2; } .shortcut .head { fill: #0072b2; }
[data-theme="dark"] .shortcut .line { stroke: #56b4e9; } [data-theme="dark"] .shortcut .head { fill: #56b4e9; }
.shortcut.off .line, .shortcut.dropped .line { stroke: var(--line); stroke-width: 1.4; stroke-dasharray: 3 4; }
.shortcut .knob { fill: var(--paper); stroke: var(--line); stroke-width: 1.6; }
svg .cross { font-size: 17px; text-anchor: middle; fill: var(--muted); } svg .reason { font-size: 11px; fill: var(--muted); }
.shortcut:hover .line { stroke-width: 3.4; }
.over { position: absolute; width: 88px; z-index: 2; } .over .problem { background: var(--paper); border: 1px solid var(--bad); border-radius: 6px; padding: 2px 6px; width: 240px; }
.scroll { overflow-x: auto; max-height: 420px; overflow-y: auto; }
td:nth-child(5) { white-space: normal; } tr.chosen th { font-weight: 600; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 6px 0 2px; }
th, td { text-align: left; padding: 3px 6px; border-bottom: 1px solid var(--grid); font-weight: 400; white-space: nowrap; }
thead th { white-space: normal; font-size: 12px; color: var(--muted); position: sticky; top: 0; background: var(--paper); }
.listing { container-type: inline-size; } @container (max-width: 420px) { th, td { padding: 3px; font-size: 13px; } }
tr.hot, .line.hot { background: var(--panel); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 4px 0; padding: 0; list-style: none; color: var(--muted); font-size: 13px; } .legend li { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; }
.dot { width: 14px; height: 14px; border-radius: 50%; border: 1px solid var(--line); } .dot.positive { background: var(--positive); } .dot.negative { background: var(--negative); }
.ramp { width: 64px; height: 8px; } .stroke { width: 22px; border-top: 2.5px solid #0072b2; } [data-theme="dark"] .stroke { border-color: #56b4e9; } .stroke.none, [data-theme="dark"] .stroke.none { border-top: 2px dotted var(--line); }
summary { padding: 3px 0; cursor: pointer; }
.lines { margin-top: 6px; } .lines .model { margin: 6px 0 2px; font-size: 13px; font-weight: 600; }
.printed { margin: 0; font: 12.5px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-x: auto; } .line { display: block; width: max-content; min-width: 100%; }
@media (prefers-reduced-motion: no-preference) { .row, .bar { transition: opacity .15s; } }
@media (forced-colors: active) { .explore { forced-color-adjust: none; } }
`;
