import type * as ts from "typescript";

const join = (parts: readonly { text: string }[] | undefined): string =>
  (parts ?? []).map(({ text }) => text).join("");

/** What the editor knows of a name, as Markdown and as text. Jupyter: `inspect_reply`. */
export function inspection(info: ts.QuickInfo | undefined): { [mimeType: string]: string } | null {
  const signature = join(info?.displayParts);
  if (info === undefined || signature === "") return null;
  const docs = join(info.documentation);
  const tags = (info.tags ?? []).map(({ name, text }) => ({ name, text: join(text).trim() }));
  const markdown = [
    `\`\`\`typescript\n${signature}\n\`\`\``,
    docs,
    tags.map(({ name, text }) => `*@${name}* ${text}`.trimEnd()).join("  \n"),
  ];
  const plain = [signature, docs, tags.map(({ name, text }) => `@${name} ${text}`.trimEnd()).join("\n")];
  const whole = (parts: string[]): string => parts.filter((part) => part !== "").join("\n\n");
  return { "text/markdown": whole(markdown), "text/plain": whole(plain) };
}
