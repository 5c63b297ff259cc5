/**
 * What a notebook can be exported as: the command line, JupyterLab's menu and the test of the reference read this table. Each
 * row has a writer in index.ts; they are apart because the menu runs in a browser, where none of them could be loaded.
 */
interface FormatRow {
  /** The ending of the main file's name. */
  extension: string;
  /** What it is, in English and in Chinese. */
  what: readonly [en: string, zh: string];
  /** Files of the build that it holds as they are; a student's copy is not searched for what they say. */
  assets: readonly string[];
  /** Whether the menu offers the notebook as it stands in it, and copies for students and teachers, or these alone. */
  menu: "notebook and copies" | "copies" | null;
}

const page = ["page.js", "worker.js", "plotly.js", "explore.js", "page.css"];

export const formatTable = {
  html: {
    extension: "html",
    what: ["a live page", "可运行的网页"],
    assets: page,
    menu: "notebook and copies",
  },
  slides: {
    extension: "slides.html",
    what: ["slides", "幻灯片"],
    assets: [...page, "slides.js", "slides.css"],
    menu: "notebook and copies",
  },
  pdf: { extension: "pdf", what: ["PDF", "PDF"], assets: [], menu: "notebook and copies" },
  md: { extension: "md", what: ["Markdown", "Markdown"], assets: [], menu: null },
  ts: { extension: "ts", what: ["TypeScript", "TypeScript"], assets: [], menu: null },
  // As it stands it is a notebook already.
  ipynb: { extension: "ipynb", what: ["a clean notebook", "干净的笔记本"], assets: [], menu: "copies" },
} as const satisfies { [name: string]: FormatRow };

/** What a notebook becomes. */
export type Format = keyof typeof formatTable;
export const formats = Object.keys(formatTable) as readonly Format[];

/** What the command line's help says of them, in English and in Chinese. */
export const formatHelp = {
  names: [listed(formats, ", ", " or "), listed(formats, "、", " 或 ")],
  kinds: [listed(kindsIn(0), ", ", ", or "), listed(kindsIn(1), "、", " 或")],
} as const;

function kindsIn(language: 0 | 1): string[] {
  return Object.values(formatTable).map(({ what }) => what[language]);
}

function listed(all: readonly string[], between: string, beforeLast: string): string {
  return all.slice(0, -1).join(between) + beforeLast + all.at(-1);
}

/** Whom a notebook is for. */
export type Variant = "student" | "teacher" | "key";
export const variants: readonly Variant[] = ["student", "teacher", "key"];
