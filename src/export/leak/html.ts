import MarkdownIt from "markdown-it";

const { unescapeAll } = new MarkdownIt().utils;

/** An element's tags gone, what is between them kept, comments too. */
export function withoutTags(html: string): string {
  return html.replace(/<\/?[A-Za-z][^<>]*>|<!--|-->/g, "");
}

export function decodedEntities(text: string): string {
  return text.replace(/&#?\w{1,31};/g, (entity) => unescapeAll(entity));
}
