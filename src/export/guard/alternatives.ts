import MarkdownIt from "markdown-it";
import type { DataOutput, Notebook } from "../notebook";
import { isObject } from "../read";
import { subject } from "./sentence";
import { shortened } from "./shortened";

/** Pictures that say nothing to those who do not see them. */
export function alternatives({ cells }: Notebook): string[] {
  return cells.flatMap((cell, index) => {
    const silent =
      cell.type === "markdown"
        ? silentIn(cell.source)
        : cell.type === "code"
          ? cell.outputs.flatMap((output) => ("data" in output ? silentOf(output) : []))
          : [];
    return silent.map(
      (picture) => `${subject(cell, index)} has ${picture} without alternative text; describe it`,
    );
  });
}

function silentOf(output: DataOutput): string[] {
  const { data } = output;
  const pictures = Object.keys(data).filter((type) => /^image\//.test(type));
  const isSilent = pictures.length > 0 && !isDescribed(output, pictures);
  return [
    ...(isSilent ? [`a picture (${pictures[0]})`] : []),
    ...silentElements(String(data["text/html"] ?? "")),
    ...silentIn(String(data["text/markdown"] ?? "")),
  ];
}

function isDescribed({ data, metadata }: DataOutput, pictures: readonly string[]): boolean {
  const alts = [metadata, ...pictures.map((type) => metadata[type])].map((own) => isObject(own) && own.alt);
  if (alts.some((alt) => typeof alt === "string" && alt.trim() !== "")) return true;
  const svg = String(data["image/svg+xml"] ?? "");
  return /<(title|desc)\b[^>]*>\s*[^<\s]|<svg\b[^>]*\saria-label\s*=\s*(["'])\s*[^"'\s]/.test(svg);
}

const markdown = new MarkdownIt({ html: true });

/** The pictures of a Markdown text, but for what is shown as code. */
function silentIn(source: string): string[] {
  return markdown
    .parse(source, {})
    .flatMap((token) => token.children ?? [token])
    .flatMap((token) => {
      if (/^html_/.test(token.type)) return silentElements(token.content);
      const isSilent = token.type === "image" && token.content.trim() === "";
      return isSilent ? [`the picture ${JSON.stringify(shortened(String(token.attrGet("src") ?? "")))}`] : [];
    });
}

/** HTML: `alt=""` says that a picture is decoration. */
function silentElements(html: string): string[] {
  const elements = html.replace(/<!--.*?-->/gs, "").match(/<img\b(?:"[^"]*"|'[^']*'|[^'">])*>/gi) ?? [];
  return elements
    .filter((element) => !/\salt\s*=\s*(?:""|''|["']?[^\s"'>]|["']\s+[^\s"'])/i.test(element))
    .filter((element) => !/\srole\s*=\s*["']?(?:presentation|none)\b/i.test(element))
    .map((element) => `the picture ${JSON.stringify(shortened(element))}`);
}
