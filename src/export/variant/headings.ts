import MarkdownIt from "markdown-it";

export interface Heading {
  /** From 1. */
  level: number;
  /** Its lines in the source. */
  text: string;
}

const markdown = new MarkdownIt({ html: true });

/** The headings of a Markdown text, and not what only looks like one in a block of code. */
export function headingsOf(source: string): Heading[] {
  const lines = source.split("\n");
  return markdown.parse(source, {}).flatMap(({ type, tag, level, map }) => {
    if (type !== "heading_open" || level > 0 || !map) return [];
    return [
      {
        level: Number(tag.slice(1)),
        text: lines
          .slice(...map)
          .join("\n")
          .trim(),
      },
    ];
  });
}

/** The headings that a place lies under, from the whole text's to the nearest. */
export function under(path: readonly Heading[], next: Heading): Heading[] {
  return [...path.filter(({ level }) => level < next.level), next];
}
