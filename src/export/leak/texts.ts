import { isBitmap, isPicture, svgType } from "../picturetypes";
import MarkdownIt from "markdown-it";
import type { Cell, Notebook, Output } from "../notebook";
import { normalised } from "./search";

const markdown = new MarkdownIt({ html: true });

/** A text as a page has it. */
export function htmlOf(source: string): string {
  return markdown.render(source);
}

/** A text as it is written, and as a page shows it. */
export function textsOfMarkdown(source: string): string[] {
  const shown = decodedEntities(withoutTags(htmlOf(source)));
  // And without formulas, which a page does not show as text.
  return [source, shown, shown.replace(/\$\$?[^$]*\$\$?/g, "\n")];
}

/** What an output says, each text with lines of its own. Pictures are no text. */
export function textsOfOutput(output: Output): string[] {
  switch (output.type) {
    case "stream":
      return [output.text];
    case "error":
      return [output.ename, output.evalue, ...output.traceback];
    default:
      return [
        ...Object.entries(output.data).flatMap(([type, value]) => textsOfData(type, value)),
        ...leavesOf(output.metadata),
      ];
  }
}

function textsOfData(type: string, value: unknown): string[] {
  if (typeof value !== "string") return leavesOf(value);
  if (type === "text/markdown") return textsOfMarkdown(value);
  // An element a line, as a table's cells are.
  if (type === "text/html" || type === svgType)
    return [decodedEntities(value.replace(/<(style|script)\b.*?<\/\1>|<\/?[A-Za-z][^<>]*>/gis, "\n"))];
  return isPicture(type) ? [] : [value];
}

/** The strings and numbers of a JSON value. */
function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** All that a notebook says. */
export function wordsOfAll({ cells }: Notebook): string {
  return cells.flatMap(textsOfCell).join("\n");
}

function textsOfCell(cell: Cell): string[] {
  if (cell.type !== "code") return textsOfMarkdown(cell.source);
  return [cell.source, ...cell.outputs.flatMap(textsOfOutput)];
}

/** Whole sentences of a text that say something, as they are written and as they are compared. */
export function sentencesOf(source: string): { shown: string; text: string }[] {
  return blocksOf(source)
    .filter(({ isCode }) => !isCode)
    .flatMap(({ text }) => text.split(/\n|(?<=[.!?;])\s+|(?<=[。！？；])/))
    .flatMap((sentence) => {
      const shown = sentence.trim();
      const text = normalised(shown).replace(/[^\p{L}\p{N})\]]+$/u, "");
      const isLong = shown.split(/\s+/).length >= 5 || (text.match(/\p{Script=Han}/gu) ?? []).length >= 10;
      // A question is no answer.
      return isLong && !/[?？]$/.test(shown) ? [{ shown, text }] : [];
    });
}

/** The code blocks of a text that hold what runs here. */
export function codeIn(source: string): string[] {
  return markdown
    .parse(source, {})
    .filter(
      ({ type, info }) =>
        type === "code_block" || (type === "fence" && /^\s*(?:$|[jt]sx?\b|\w*script\b)/i.test(info)),
    )
    .map(({ content }) => content);
}

/** What a text asks, offers, quotes or heads: an answer may repeat it. */
export function offeredIn(source: string): string {
  return normalised(
    blocksOf(source)
      .filter(({ isOffered }) => isOffered)
      .map(({ text }) => text)
      .join("\n"),
  );
}

interface Block {
  text: string;
  isCode: boolean;
  isOffered: boolean;
}

function blocksOf(source: string): Block[] {
  let depth = 0;
  return markdown.parse(source, {}).flatMap((token): Block[] => {
    const { type, nesting, content } = token;
    if (/^(?:heading|list_item|blockquote|t[hd])_/.test(type)) depth += nesting;
    if (type === "fence" || type === "code_block") return [{ text: content, isCode: true, isOffered: false }];
    if (type !== "inline" && type !== "html_block") return [];
    const shown = type === "inline" ? markdown.renderInline(content) : content;
    return [{ text: decodedEntities(withoutTags(shown)), isCode: false, isOffered: depth > 0 }];
  });
}

const { unescapeAll } = new MarkdownIt().utils;

/** Without tags, but with what stands between them, in comments too. */
export function withoutTags(html: string): string {
  return html.replace(/<\/?[A-Za-z][^<>]*>|<!--|-->/g, "");
}

export function decodedEntities(text: string): string {
  return text.replace(/&#?\w{1,31};/g, (entity) => unescapeAll(entity));
}

/** The pictures of a cell that are no text: those that it shows, or that are attached to it. */
export function picturesOf(cell: Cell): Buffer[] {
  const bundles =
    cell.type === "code"
      ? cell.outputs.map((output) => ("data" in output ? output.data : {}))
      : Object.values(cell.attachments);
  return bundles
    .flatMap(Object.entries)
    .filter(([type]) => isBitmap(type))
    .map(([, content]) => Buffer.from(String(content), "base64"));
}

/** Some bytes from a picture's middle, since many pictures begin alike; null where they say nothing. */
export function middleOf(picture: Buffer): Buffer | null {
  const start = Math.max(0, Math.floor(picture.length / 2) - 16);
  const middle = picture.subarray(start, start + 32);
  // One colour all over tells nothing.
  return new Set(middle).size < 8 ? null : middle;
}
