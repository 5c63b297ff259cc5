import { basename } from "node:path";
import { notInPage } from "../figures/words/leftout";
import { phrases, sentences } from "../kernel/chinese/cellsentences";
import { type Rendered, rendered } from "./html/document";
import { asset } from "./html/assets";
import { fontFaces } from "./html/fonts";
import { pageHtml } from "./html/page";
import { paperHtml } from "./html/paper";
import type { PageAddresses } from "./html/sanitize";
import { slidesHtml } from "./html/slides";
import { kindOf, percentDecoded } from "./address";
import { Copies } from "./copies";
import { ipynb } from "./ipynb";
import { markdownText } from "./markdown";
import type { Cell, Notebook } from "./notebook";
import { besidePaper, type Paper, printed } from "./pdf";
import { relocated } from "./relocate";
import { script } from "./script";
import type { Surroundings } from "./surroundings";
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
  surroundings: Surroundings;
  paper: Paper;
  /** Whether a page carries its Chinese characters. */
  embedFonts: boolean;
  warn(sentence: string): void;
}

export async function filesOf(notebook: Notebook, target: Target): Promise<Exported> {
  const { to, path, surroundings, paper, embedFonts, warn } = target;
  const addressesOf = (cell: Cell): PageAddresses => ({
    picture: (address) => surroundings.pictureInPage(address, cell),
    link: (address) => {
      const moved = surroundings.link(address, cell);
      return to === "pdf" && kindOf(address) === "relative" ? besidePaper(moved ?? address) : moved;
    },
  });
  const some = (files: ExportFile[]): Exported => ({ files, sources: files });
  switch (to) {
    case "html": {
      const whole = await rendered(notebook, basename(path), addressesOf);
      return some([{ path, content: pageHtml(whole, embedFonts ? await fontFaces(liveTextOf(whole)) : "") }]);
    }
    case "slides": {
      const whole = await rendered(notebook, basename(path), addressesOf);
      return some([{ path, content: slidesHtml(notebook, whole, await fontFaces(liveTextOf(whole))) }]);
    }
    case "pdf": {
      const whole = await rendered(notebook, basename(path), addressesOf);
      const html = paperHtml(whole, await fontFaces(textOf(whole)));
      const { pdf, undrawn } = await printed(html, paper);
      if (undrawn.length > 0)
        warn(
          `${path} shows ${JSON.stringify(undrawn.join(" "))} as boxes, since no font of this machine has them; expected one that does, such as Noto Sans CJK or Noto Emoji.`,
        );
      return { files: [{ path, content: pdf }], sources: [{ path, content: html }] };
    }
    case "ts":
      return some([{ path, content: script(notebook) }]);
    case "ipynb": {
      const copies = new Copies(path);
      const content = ipynb(relocated(notebook, surroundings, copies, "notebook"));
      return some([{ path, content }, ...copies.files]);
    }
    case "md": {
      const copies = new Copies(path);
      const content = markdownText(relocated(notebook, surroundings, copies, "one document"), copies);
      return some([{ path, content }, ...copies.files]);
    }
  }
}

/** All that a page may show, the interface and the letters in pictures too. */
function textOf({ sections, words }: Rendered): string {
  const text = sections.join("").replace(/;base64,[A-Za-z0-9+/=]*/g, "");
  return text + percentDecoded(text) + JSON.stringify(words) + Object.values(words).map(String).join("");
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
