import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import MarkdownIt, { type StateInline, type Token } from "markdown-it";
import footnotes from "markdown-it-footnote";
import { type Address, meantBy } from "./address";
import { formulasIn } from "./html/formulas";
import { fileType } from "./picturetypes";

const markdown = new MarkdownIt({ html: true }).use(footnotes).disable("footnote_inline");
markdown.validateLink = () => true;
// Definitions of references, which the parser drops, have addresses too.
markdown.core.ruler.disable("strip_references");

/** A picture or a link whose address another line defines. */
export interface ReferenceUse {
  label: string;
  /** The definition's. */
  address: string;
  title: string;
  /** What follows its text in brackets. */
  start: number;
  end: number;
}

/** A cell's Markdown, and where its addresses stand. */
interface Addresses {
  addresses: Address[];
  uses: ReferenceUse[];
}

/**
 * By token, a place in the inline text that the parser reads: where a tag begins, or where the address or label of a picture
 * or a link does, behind its text in brackets.
 */
const placeOfToken = new WeakMap<Token, number>();

/** markdown-it's tokens do not tell where they stand: its parser notes it here for each. */
markdown.inline.State = class extends markdown.inline.State {
  override push(...given: Parameters<StateInline["push"]>): Token {
    const token = super.push(...given);
    const at =
      token.type === "image"
        ? markdown.helpers.parseLinkLabel(this, this.pos + 1, false) + 1
        : token.type === "link_open"
          ? this.posMax + 1
          : this.pos;
    placeOfToken.set(token, at);
    return token;
  }
};

/** The addresses of pictures and links in a cell's Markdown, in its HTML too, and none that is shown as code. */
export function addressesIn(written: string): Addresses {
  const source = withoutFormulas(written);
  const lines = lineStarts(source);
  const tokens = markdown.parse(source, {});
  const used = usedLabels(tokens);
  const definitions = new Map<string, Address>();
  const found: Address[] = [];
  const uses: ReferenceUse[] = [];
  let row: [number, number] = [0, 0];
  let cursor = 0;
  for (const token of tokens) {
    if (token.type === "tr_open") {
      row = token.map!;
      cursor = lines[row[0]]!;
    }
    if (token.type === "reference_definition") {
      const { label } = token.meta as { label: string };
      const address = definition(token, label, source, lines, used);
      if (address === null) continue;
      found.push(address);
      if (!definitions.has(label)) definitions.set(label, address);
    }
    if (token.type === "html_block") {
      const offset = offsets(token.content, source, lines, token.map!);
      found.push(...attributeAddresses(token.content).map((address) => moved(address, offset)));
    }
    if (token.type !== "inline") continue;
    const isCell = token.map === null;
    const offset = offsets(token.content, source, lines, token.map ?? row, isCell ? cursor : null);
    if (isCell) cursor = offset(token.content.length);
    for (const child of token.children ?? []) {
      found.push(...inlineAddresses(child, token.content).map((address) => moved(address, offset)));
      const use = useOf(child, token.content);
      if (use) uses.push({ ...use, start: offset(use.start - 1) + 1, end: offset(use.end - 1) + 1 });
    }
  }
  for (const use of uses) use.address = definitions.get(use.label)?.address ?? "";
  return { addresses: found, uses };
}

/** A text with other texts in the place of some of its parts. */
export function replaced(
  source: string,
  edits: readonly { start: number; end: number; text: string }[],
): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source);
}

function inlineAddresses(token: Token, text: string): Address[] {
  const at = placeOfToken.get(token) ?? 0;
  if (token.type === "html_inline")
    return attributeAddresses(token.content).map((address) => moved(address, (i) => i + at));
  if ((token.type !== "image" && token.type !== "link_open") || text[at] !== "(") return [];
  const start = at + 1 + /^\s*/.exec(text.slice(at + 1))![0].length;
  const destination = markdown.helpers.parseLinkDestination(text, start, text.length);
  const kind = token.type === "image" ? "picture" : "link";
  return destination.ok ? [{ kind, address: destination.str, start, end: destination.pos }] : [];
}

/** The use of a reference, `[text][label]`, `[label][]` or `[label]`; null where the token is none. */
function useOf(token: Token, text: string): ReferenceUse | null {
  const label = labelOf(token);
  const at = placeOfToken.get(token);
  if (label === undefined || at === undefined) return null;
  const end = at + (/^\[(?:\\.|[^\\\]])*\]/.exec(text.slice(at))?.[0].length ?? 0);
  return { label, address: "", title: String(token.attrGet("title") ?? ""), start: at, end };
}

/**
 * The address of a definition, `[label]: address`. It is a picture's where a picture uses it, or where nothing does and it
 * leads to a picture's file.
 */
function definition(
  token: Token,
  label: string,
  source: string,
  lines: readonly number[],
  used: { pictures: Set<string>; links: Set<string> },
): Address | null {
  const [first, end] = token.map!;
  const text = source.slice(lines[first]!, lines[end] ?? source.length);
  // In a quote each line begins with its mark.
  const head = /^[\s>*+\-\d.)]*\[(?:\\.|[^\\\]])+\]:[ \t]*(?:\n[\s>]*)?/.exec(text);
  if (head === null) return null;
  const destination = markdown.helpers.parseLinkDestination(text, head[0].length, text.length);
  if (!destination.ok) return null;
  const looksLikeOne = meantBy(destination.str).some(({ path }) => fileType(path) !== null);
  const isPicture = used.pictures.has(label) || (!used.links.has(label) && looksLikeOne);
  const start = lines[first]! + head[0].length;
  const kind = isPicture ? "picture" : "link";
  return { kind, address: destination.str, start, end: lines[first]! + destination.pos };
}

/** What a picture or a link refers to; a footnote's number is none. */
function labelOf({ type, meta }: Token): string | undefined {
  return type.startsWith("footnote") ? undefined : (meta as { label?: string } | null)?.label;
}

function usedLabels(tokens: readonly Token[]): { pictures: Set<string>; links: Set<string> } {
  const used = { pictures: new Set<string>(), links: new Set<string>() };
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    const label = labelOf(token);
    if (label !== undefined) (token.type === "image" ? used.pictures : used.links).add(label);
  }
  return used;
}

function moved(address: Address, offset: (i: number) => number): Address {
  return { ...address, start: offset(address.start), end: offset(address.end - 1) + 1 };
}

/** The text with its formulas struck out, each place where it was: there is no Markdown in them. */
function withoutFormulas(text: string): string {
  return replaced(
    text,
    formulasIn(text).map(({ start, end }) => ({
      start,
      end,
      text: text.slice(start, end).replaceAll(/[^\s>]/g, "x"),
    })),
  );
}

function lineStarts(source: string): number[] {
  return [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/**
 * Where in the source a place of what the parser read stands: it reads each line without what marks it as part of a list,
 * a quote or a heading, and a table's cells without the backslashes before their |.
 * @param cell where in its line a table's cell is looked for from; null where the text is the end of its lines
 */
function offsets(
  content: string,
  source: string,
  lines: readonly number[],
  [first, end]: readonly [number, number],
  cell: number | null = null,
): (i: number) => number {
  const starts = lineStarts(content);
  const read = starts.map((start, n) => {
    const text = content.slice(start, (starts[n + 1] ?? content.length + 1) - 1);
    const from = cell ?? lines[first + n] ?? source.length;
    const line = source.slice(from, (lines[Math.min(first + n, end - 1) + 1] ?? source.length + 1) - 1);
    return { start, from, ...placed(text, line, cell !== null) };
  });
  return (i) => {
    const { start, from, at, indent, escaped } = read.filter(({ start }) => start <= i).at(-1)!;
    const before = i - start - indent;
    return from + at + before + escaped.filter((place) => place < before).length;
  };
}

interface PlacedLine {
  at: number;
  /** Blanks at its start that the parser put there for tabs. */
  indent: number;
  /** The places in it of what had a backslash. */
  escaped: number[];
}

function placed(read: string, line: string, isCell: boolean): PlacedLine {
  const indent = read.length - read.trimStart().length;
  const text = read.slice(indent);
  if (!isCell) return { at: Math.max(0, line.lastIndexOf(text)), indent, escaped: [] };
  const escaped = [...text.matchAll(/\|/g)].map(({ index }) => index);
  return { at: Math.max(0, line.indexOf(text.replaceAll("|", "\\|"))), indent, escaped };
}

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
