import { chineseFont } from "./font";
import { onThemeChange } from "./theme";

const variables = ["--jp-content-font-family", "--jp-ui-font-family", "--jp-code-font-family"];

/**
 * On a machine without a Chinese font, lends JupyterLab ours for what no other font draws, so that a Chinese notebook's
 * text can be read.
 */
export async function lendChinese(): Promise<void> {
  const family = await chineseFont();
  if (family === undefined) return;
  const append = (): void => {
    const { style } = document.documentElement;
    for (const variable of variables) {
      style.removeProperty(variable);
      const own = getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
      style.setProperty(variable, `${own || "sans-serif"}, "${family}"`);
    }
  };
  append();
  onThemeChange(append);
}
