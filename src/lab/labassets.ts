import { darkFigure, lentFamily } from "../figures/palette";
import { isObject, type PlotlyFigure } from "../figures/readfigure";

/** Where the extension's files lie: known only while its first script runs. */
const folder = new URL(".", (document.currentScript as HTMLScriptElement).src);

/** The address of one of the extension's files. */
export function asset(name: string): string {
  return new URL(name, folder).href;
}

const loading = new Map<string, Promise<void>>();

/** Runs one of the extension's scripts, once; one that could not be loaded is tried again. */
export function runScript(name: string): Promise<void> {
  const known = loading.get(name);
  if (known) return known;
  const run = fetched(name).catch((reason: unknown) => {
    loading.delete(name);
    throw reason;
  });
  loading.set(name, run);
  return run;
}

function fetched(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = asset(name);
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error(`${script.src} could not be loaded: is JupyterLab's server still running?`));
    };
    document.head.append(script);
  });
}

/** The little of plotly.js that a figure in JupyterLab needs. */
export interface Plotly {
  react(node: HTMLElement, figure: PlotlyFigure): Promise<unknown>;
  purge(node: HTMLElement): void;
}

declare global {
  interface Window {
    Plotly?: Plotly;
  }
}

/** plotly.js, fetched from the extension's own folder when the first figure asks for it. */
export async function plotly(): Promise<Plotly> {
  await runScript("plotly.min.js");
  if (window.Plotly) return window.Plotly;
  throw new Error("plotly.min.js is broken.");
}

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

const defaultFamily = '"Open Sans", verdana, arial, sans-serif';

let lending: Promise<string | undefined> | undefined;

/** The family that a figure needs beside its own: ours, for Chinese text on a machine without a Chinese font. */
export async function missingFont(figure: PlotlyFigure): Promise<string | undefined> {
  if (!/\p{Script=Han}/u.test(JSON.stringify([figure.data, figure.layout]))) return undefined;
  return chineseFont();
}

/** Our family, loaded once, where the machine has no Chinese font of its own. */
export async function chineseFont(): Promise<string | undefined> {
  lending ??= hasChinese() ? Promise.resolve(undefined) : load();
  return lending;
}

/** The layout with a family that draws what no font before it can. */
export function withFont(layout: Record<string, unknown>, last: string | undefined): Record<string, unknown> {
  if (last === undefined) return layout;
  const font = isObject(layout["font"]) ? layout["font"] : {};
  const hoverlabel = isObject(layout["hoverlabel"]) ? layout["hoverlabel"] : {};
  const hoverFont = isObject(hoverlabel["font"]) ? hoverlabel["font"] : {};
  const main = `${font["family"] ?? defaultFamily}`;
  return {
    ...layout,
    font: { ...font, family: `${main}, "${last}"` },
    hoverlabel: {
      ...hoverlabel,
      font: { ...hoverFont, family: `${hoverFont["family"] ?? main}, "${last}"` },
    },
  };
}

/** Without a font, every character is drawn as the same box. */
function hasChinese(): boolean {
  const [one, other] = ["梯", "度"].map(picture);
  return one !== other;
}

function picture(character: string): string {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context)
    Object.assign(context, { font: "32px sans-serif", textBaseline: "top" }).fillText(character, 4, 4);
  return canvas.toDataURL();
}

/** Loaded before the figure is drawn, which measures its text once. A figure without it is still a figure. */
async function load(): Promise<string | undefined> {
  try {
    const face = new FontFace(lentFamily, `url("${asset("NotoSansSC_400Regular.ttf")}")`);
    document.fonts.add(await face.load());
    return lentFamily;
  } catch {
    return undefined;
  }
}

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
