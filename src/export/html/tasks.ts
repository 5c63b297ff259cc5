import type MarkdownIt from "markdown-it";
import type { Words } from "../../page/pagewords";
import { escapeHtml } from "../../kernel/escape";

/** Draws `- [ ]` and `- [x]` as boxes, as GitHub and JupyterLab do. */
export function taskLists(markdown: InstanceType<typeof MarkdownIt>, words: Words): void {
  markdown.core.ruler.after("inline", "tasks", ({ tokens, Token }) => {
    tokens.forEach((item, i) => {
      const text = tokens[i + 2];
      if (item.type !== "list_item_open" || text?.type !== "inline") return;
      const first = text.children?.[0];
      const task = first?.type === "text" ? /^\[([ xX])\]\s+(?=\S)/.exec(text.content) : null;
      if (!first || !task) return;
      const isDone = task[1] !== " ";
      first.content = first.content.slice(task[0].length);
      const box = new Token("html_inline", "", 0);
      const label = escapeHtml(isDone ? words.taskDone : words.task);
      box.content = `<input type="checkbox" disabled${isDone ? " checked" : ""} aria-label="${label}"> `;
      text.children!.unshift(box);
      item.attrJoin("class", "task");
    });
  });
}
