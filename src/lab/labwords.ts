import type { ITranslator } from "@jupyterlab/translation";
import type { formatTable, Variant } from "../export/formats";
import { generatorName, type Reason } from "../runtime/stalecells";
import type { Wait } from "./runhistory";

type Rows = typeof formatTable;

/** What the menu offers a notebook as. */
export type MenuFormat = {
  [format in keyof Rows]: Rows[format]["menu"] extends null ? never : format;
}[keyof Rows];

/** What an entry of the menu makes of the notebook. */
export type Entry = {
  to: MenuFormat;
  /** For whom it is; null for the notebook as it stands. */
  variant: Variant | null;
};

/** What the extension says, in the language of JupyterLab's interface. */
interface LabWords {
  language: "en" | "zh";
  exporting: ExportWords;
  staleness: StaleWords;
  following: FollowWords;
}

/** What the menu, its progress and its refusals say. */
export interface ExportWords {
  formats: { [format in Entry["to"]]: string };
  copies: { [variant in NonNullable<Entry["variant"]>]: string };
  /** A copy's entry in the command palette, where no submenu says whose it is. */
  copy(variant: string, format: string): string;
  /** An entry of the command palette. */
  command(entry: string): string;
  category: string;
  /** While it is made, and when it is there. */
  exporting(entry: string): string;
  exported(file: string): string;
  refused: string;
  goTo: string;
  /** To those who do not see beside what the button stands. */
  goToCell(cell: number): string;
  close: string;
  anyway: string;
  anywayCaption: string;
  unanswered(reason: string): string;
}

/** What the marks say. */
export interface StaleWords {
  /** At a cell; null for one that has no number. */
  stale(count: number | null, reason: Reason, name: string): string;
  /** To those who do not see the marks appear; each name as `In [4]`. */
  appeared(names: string[]): string;
  run: string;
  /** What the button and the command do. */
  caption: string;
  category: string;
}

/** What the switch, its setting and the cells that do not follow say; a cell as `In [4]`. */
export interface FollowWords {
  /** The settings' heading and what stands below it. */
  title: string;
  description: string;
  /** The switch, and what it does. */
  follow: string;
  caption: string;
  /** To those who do not see cells run by themselves. */
  running(names: string[]): string;
  /** At a cell that does not; what it waits for, where that is a cell. */
  waits(wait: Wait, name: string): string;
  /** Which cell ended it. */
  stopped(name: string): string;
  goToCell(name: string): string;
  unsaved(reason: string): string;
  /** What stands between two sentences. */
  between: string;
}

const english: LabWords = {
  language: "en",
  exporting: {
    formats: {
      html: "Live Page (HTML)",
      slides: "Live Slides (HTML)",
      pdf: "PDF (tslab-gradients)",
      ipynb: "Notebook",
    },
    copies: { student: "Student's Copy", teacher: "Teacher's Copy", key: "Answer Key" },
    copy: (variant, format) => `${variant}: ${format}`,
    command: (entry) => `Save and Export Notebook: ${entry}`,
    category: "Notebook Operations",
    exporting: (entry) => `Exporting: ${entry} …`,
    exported: (file) => `Exported: ${file}`,
    refused: "The notebook was not exported",
    goTo: "Go to cell",
    goToCell: (cell) => `Go to cell ${cell}`,
    close: "Close",
    anyway: "Export Anyway",
    anywayCaption: "Export it with what is listed here",
    unanswered: (reason) => `JupyterLab's server did not answer (${reason}); is it still running?`,
  },
  staleness: {
    stale(count, reason, name) {
      const cell = count === null ? "This cell" : `In [${count}]`;
      if (reason === "other") return `${cell} took “${name}” from a cell that is not the last one above it.`;
      if (reason === "overtaken") return `${cell} gave “${name}” a value that another cell has replaced.`;
      return `${cell} ran before its inputs changed.`;
    },
    appeared: (names) =>
      `${names.join(", ")} ran before ${names.length === 1 ? "its" : "their"} inputs changed.`,
    run: "Run dependents",
    caption: "Run the cells whose inputs changed since they ran, from top to bottom",
    category: "Notebook Cell Operations",
  },
  following: {
    title: "Dependent Cells (tslab-gradients)",
    description:
      "Cells whose inputs changed since they ran are marked. Here you set whether they run by themselves.",
    follow: "Run dependents automatically",
    caption:
      "When a cell has run, the cells whose inputs changed run too, from top to bottom. A cell waits for a click that is tagged “manual”, took over 2 s at its last run, or was edited and has not run since.",
    running: (names) => `${names.join(", ")} run again, for their inputs changed.`,
    waits(wait, name) {
      if (wait.why === "manual") return "It is tagged “manual”, so it waits for a click.";
      if (wait.why === "slow")
        return `Its last run took ${wait.seconds.toFixed(1)} s, so it waits for a click.`;
      if (wait.why === "edited") return "It was edited and has not run since, so it waits for a click.";
      return `It waits for ${name}${wait.why === "failed" ? ", which did not run to its end" : ""}.`;
    },
    stopped: (name) => `Running the dependents stopped at ${name}, which did not run to its end.`,
    goToCell: (name) => `Go to ${name}`,
    unsaved: (reason) => `JupyterLab did not save “Run dependents automatically” (${reason}).`,
    between: " ",
  },
};

const chinese: LabWords = {
  language: "zh",
  exporting: {
    formats: {
      html: "可运行的网页（HTML）",
      slides: "可运行的幻灯片（HTML）",
      pdf: "PDF（tslab-gradients）",
      ipynb: "笔记本",
    },
    copies: { student: "学生版", teacher: "教师版", key: "答案" },
    copy: (variant, format) => `${variant}：${format}`,
    command: (entry) => `保存并导出笔记本：${entry}`,
    category: "笔记本操作",
    exporting: (entry) => `正在导出：${entry}……`,
    exported: (file) => `已导出：${file}`,
    refused: "笔记本没有导出",
    goTo: "转到单元格",
    goToCell: (cell) => `转到第 ${cell} 个单元格`,
    close: "关闭",
    anyway: "仍然导出",
    anywayCaption: "连同这里列出的问题一起导出",
    unanswered: (reason) => `JupyterLab 的服务器没有应答（${reason}）；它还在运行吗？`,
  },
  staleness: {
    stale(count, reason, used) {
      const name = used === generatorName ? "默认随机数生成器" : used;
      const cell = count === null ? "此单元格" : `In [${count}]`;
      if (reason === "other") return `${cell} 的“${name}”并非来自它上面最近的单元格。`;
      if (reason === "overtaken") return `${cell} 给出的“${name}”已被别的单元格替换。`;
      return `${cell} 运行之后，它的输入又变了。`;
    },
    appeared: (names) => `${names.join("、")} 运行之后，输入又变了。`,
    run: "重新运行受影响的单元格",
    caption: "从上到下重新运行输入已变的单元格",
    category: "笔记本单元格操作",
  },
  following: {
    title: "受影响的单元格（tslab-gradients）",
    description: "运行之后输入又变了的单元格会有标记；在这里可以让它们自动运行。",
    follow: "自动运行受影响的单元格",
    caption:
      "一个单元格运行之后，输入因此改变的单元格也从上到下重新运行。带有“manual”标签的、上次运行超过 2 秒的、改过之后还没有运行过的单元格，要按一下才会运行。",
    running: (names) => `${names.join("、")} 的输入变了，正在重新运行。`,
    waits(wait, name) {
      if (wait.why === "manual") return "它带有“manual”标签，要按一下才会运行。";
      if (wait.why === "slow") return `它上次运行用了 ${wait.seconds.toFixed(1)} 秒，要按一下才会运行。`;
      if (wait.why === "edited") return "它改过之后还没有运行过，要按一下才会运行。";
      return `它在等 ${name}${wait.why === "failed" ? "，而 " + name + " 没有运行完" : ""}。`;
    },
    stopped: (name) => `重新运行停在了 ${name}：它没有运行完。`,
    goToCell: (name) => `转到 ${name}`,
    unsaved: (reason) => `JupyterLab 没有保存“自动运行受影响的单元格”（${reason}）。`,
    between: "",
  },
};

/** Its language is a code such as "en" or "zh_CN". */
export function wordsOf(translator: ITranslator | null): LabWords {
  return /^zh(?:$|[_-])/i.test(translator?.languageCode ?? "") ? chinese : english;
}
