import MarkdownIt from "markdown-it";
import { decodedEntities, withoutTags } from "./html";
import { normalised } from "./normalised";

const markdown = new MarkdownIt({ html: true });

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
