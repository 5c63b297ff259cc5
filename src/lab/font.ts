import { asset } from "./asset";
import { isObject } from "./input";

const family = "tslab-gradients Noto Sans SC";
const defaultFamily = '"Open Sans", verdana, arial, sans-serif';

let declared = false;

/** Draws what no font before it can: the file is fetched only where the machine has no Chinese glyphs. */
export function withFallbackFont(layout: Record<string, unknown>): Record<string, unknown> {
  declare();
  const font = isObject(layout["font"]) ? layout["font"] : {};
  const hoverlabel = isObject(layout["hoverlabel"]) ? layout["hoverlabel"] : {};
  const hoverFont = isObject(hoverlabel["font"]) ? hoverlabel["font"] : {};
  const main = `${font["family"] ?? defaultFamily}`;
  return {
    ...layout,
    font: { ...font, family: `${main}, "${family}"` },
    hoverlabel: {
      ...hoverlabel,
      font: { ...hoverFont, family: `${hoverFont["family"] ?? main}, "${family}"` },
    },
  };
}

function declare(): void {
  if (declared) return;
  declared = true;
  const style = document.createElement("style");
  const file = asset("NotoSansSC_400Regular.ttf");
  style.textContent = `@font-face { font-family: "${family}"; src: local("Noto Sans SC"), url("${file}"); font-display: swap; }`;
  document.head.append(style);
}
