import type { Entry } from "./entries";

/** What the menu, its progress and its refusals say. */
export interface Words {
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

const en: Words = {
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
};

const zh: Words = {
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
};

export function wordsOf(isChinese: boolean): Words {
  return isChinese ? zh : en;
}
