import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, isAbsolute, resolve, sep } from "node:path";
import { notInPage } from "../figures/words/leftout";
import { phrases, sentences } from "../kernel/chinese/sentences";
import { type Rendered, rendered } from "./html/document";
import { asset } from "./html/assets";
import { fontFaces } from "./html/fonts";
import { pageHtml } from "./html/page";
import { paperHtml } from "./html/paper";
import { fileAddress } from "./html/picture";
import { slidesHtml } from "./html/slides";
import { ipynb } from "./ipynb";
import { markdownFiles } from "./markdown";
import type { Notebook } from "./notebook";
import { type Paper, printed } from "./pdf";
import { script } from "./script";
import type { ExportFile } from "./write";

/** What a notebook becomes. */
export type Format = "html" | "slides" | "pdf" | "md" | "ts" | "ipynb";
export const formats: readonly Format[] = ["html", "slides", "pdf", "md", "ts", "ipynb"];

/** What comes of a notebook, and what must be searched for what students may not see. */
export interface Exported {
  files: ExportFile[];
  /** What was printed: a PDF's text cannot be searched. */
  sources: ExportFile[];
}

export interface Target {
  to: Format;
  /** Where its main file is to be. */
  path: string;
  /** The folder of the pictures that the notebook shows by relative paths. */
  pictures: string;
  paper: Paper;
  /** Whether a page carries its Chinese characters. */
  embedFonts: boolean;
}

export async function filesOf(
  notebook: Notebook,
  { to, path, pictures, paper, embedFonts }: Target,
): Promise<Exported> {
  const picture = (name: string): string | null => {
    const content = pictureAt(pictures, name);
    return content && fileAddress(name, content);
  };
  const one = (content: string): Exported => {
    const files = [{ path, content }];
    return { files, sources: files };
  };
  switch (to) {
    case "html": {
      const whole = await rendered(notebook, basename(path), picture);
      return one(pageHtml(whole, embedFonts ? await fontFaces(liveTextOf(whole)) : ""));
    }
    case "slides": {
      const whole = await rendered(notebook, basename(path), picture);
      return one(slidesHtml(notebook, whole, await fontFaces(liveTextOf(whole))));
    }
    case "pdf": {
      const whole = await rendered(notebook, basename(path), picture);
      const html = paperHtml(whole, await fontFaces(textOf(whole)));
      return { files: [{ path, content: await printed(html, paper) }], sources: [{ path, content: html }] };
    }
    case "ipynb":
      return one(ipynb(notebook));
    case "ts":
      return one(script(notebook));
    case "md": {
      const files = markdownFiles(notebook, path, (address) => pictureAt(pictures, address));
      return { files, sources: files };
    }
  }
}

/** All that a page may show, the interface and the letters in pictures too. */
function textOf({ sections, words }: Rendered): string {
  const text = sections.join("") + JSON.stringify(words) + Object.values(words).map(String).join("");
  return text + decodeURIComponent(text.replace(/%(?![0-9A-F]{2})/g, "%25"));
}

/** And what its figures may, and what its cells may be told. */
function liveTextOf(whole: Rendered): string {
  const { explores, content } = whole;
  const text = textOf(whole);
  const inFigures = /\p{Script=Han}/u.test(text) ? notInPage.zh([]) : "";
  const told = content.chinese === undefined ? [] : [sentences, phrases].flatMap(Object.values);
  return (
    text + inFigures + told.join("") + (explores && content.language === "zh" ? asset("explore.js") : "")
  );
}

/** A picture in the notebook's folder or below it: nothing else of the machine goes into an export. */
function pictureAt(folder: string, address: string): Uint8Array | null {
  const path = resolve(folder, address);
  const isInside = !isAbsolute(address) && path.startsWith(resolve(folder) + sep);
  return isInside && existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null;
}
