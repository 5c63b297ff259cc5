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
  redrawChinese();
  onThemeChange(append);
}

/** The browser goes on showing boxes for some of what it drew before there was a font, until the text itself changes. */
function redrawChinese(): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const text = node as Text;
    if (!/\p{Script=Han}/u.test(text.data) || text.parentElement?.closest(".cm-editor")) continue;
    const { data } = text;
    text.data = "";
    text.data = data;
  }
}
