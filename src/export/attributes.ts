import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import MarkdownIt from "markdown-it";
import type { Address } from "./address";

const pictureAttributes: { [tag: string]: string[] } = {
  img: ["src", "srcset"],
  source: ["src", "srcset"],
  video: ["src", "poster"],
  audio: ["src"],
};
const { unescapeAll } = new MarkdownIt().utils;

/** The addresses in a piece of HTML, whatever stands around it. */
export function attributeAddresses(html: string): Address[] {
  const found: Address[] = [];
  let tag = "";
  let name = "";
  const nothing = (): void => {};
  const callbacks: TokenizerCallbacks = {
    onopentagname: (start, end) => (tag = html.slice(start, end).toLowerCase()),
    onattribname: (start, end) => (name = html.slice(start, end).toLowerCase()),
    onattribdata: (start, end) => {
      const text = html.slice(start, end);
      if (tag === "a" && name === "href") found.push({ kind: "link", address: decoded(text), start, end });
      if (!pictureAttributes[tag]?.includes(name)) return;
      if (name === "srcset") found.push(...candidates(text, start));
      else found.push({ kind: "picture", address: decoded(text), start, end });
    },
    onattribend: nothing,
    onattribentity: nothing,
    onopentagend: nothing,
    onselfclosingtag: nothing,
    onclosetag: nothing,
    ontext: nothing,
    ontextentity: nothing,
    oncomment: nothing,
    oncdata: nothing,
    ondeclaration: nothing,
    onprocessinginstruction: nothing,
    onend: nothing,
  };
  const tokenizer = new Tokenizer({ decodeEntities: false }, callbacks);
  tokenizer.write(html);
  tokenizer.end();
  return found;
}

/** `a.png 1x, b.png 2x`: addresses without blanks, each with what it is for. */
function candidates(text: string, start: number): Address[] {
  return [...text.matchAll(/(?<=^|,\s)\s*([^\s,](?:\S*[^\s,])?)/g)].map(({ index, 0: whole, 1: address }) => {
    const at = start + index + whole.length - address!.length;
    return { kind: "picture", address: decoded(address!), start: at, end: at + address!.length };
  });
}

/** Without HTML's `&amp;` and its like; Markdown's backslashes are none here. */
function decoded(text: string): string {
  return unescapeAll(text.replaceAll("\\", "\\\\"));
}
