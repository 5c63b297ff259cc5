/** The interface's language. */
export type Language = "en" | "zh";

/** What is said at the handle of a number, and of the keys that do the same. */
export const pullWords: { readonly [language in Language]: string } = {
  en: "Drag the arrow below a number to change it, or press Alt+. and Alt+, with the caret at it (on a Mac with Cmd, too); Shift makes ten steps of one.",
  zh: "拖动数字下面的箭头即可改变它，也可把光标放在数字上，按 Alt+. 和 Alt+,（在 Mac 上再加 Cmd）；按住 Shift，一步当十步。",
};

const english = {
  language: "en" as Language,
  contents: "Contents",
  code: "Code",
  output: "Output",
  backToText: "Back to the text",
  task: "to do",
  taskDone: "done",
  run: "Run",
  runCell: (cell: string): string => `Run ${cell}`,
  runTitle: "Run this cell (Ctrl+Enter; Shift+Enter goes on to the next)",
  runAll: "Run all",
  stop: "Stop",
  reset: "Reset",
  resetTitle: "Forget what ran, and put the code and outputs back as they were",
  share: "Share",
  save: "Save a copy",
  theme: "Theme",
  themes: { auto: "as the system", light: "light", dark: "dark" },
  help: "Help",
  close: "Close",
  copy: "Copy the link",
  copied: "Copied.",
  starting: "Starting …",
  ready: "Ready",
  running: "Running …",
  replaying: "Running the earlier cells again …",
  failed: (cell: string): string => `${cell} failed`,
  belowNotRun: "; the cells below it did not run.",
  needs: (cells: string[]): string =>
    `This cell uses what ${listed(cells, "and")} ${cells.length === 1 ? "gives" : "give"}, which ${cells.length === 1 ? "has" : "have"} not run. Its output is still that of the notebook.`,
  runNeeds: (cells: string[], cell: string): string => `Run ${listed([...cells, cell], "and")}`,
  leave: "Esc, then Tab leaves",
  pull: pullWords.en,
  edited: "edited",
  fromLink: "from the link",
  stopped: (n: number): string =>
    n === 0
      ? "The cell was stopped. Nothing else had run."
      : `The cell was stopped. Its variables were lost, so the ${n === 1 ? "cell that had run was" : `${n} cells that had run were`} run again.`,
  linked: (n: number): string =>
    `The code of ${n === 1 ? "one cell" : `${n} cells`} came in the link. It is marked; read it before you run it.`,
  badLink: "The link's code cannot be read; the page shows its own.",
  badFigure: (reason: string): string =>
    `The link's live figure cannot be shown, the last good one stays: ${reason}`,
  unknownFigure: (name: string): string =>
    `The link names a live figure that this page does not have: ${name}.`,
  noLive:
    "This page does not hold the live figure; the notebook was exported without a cell that calls explore.",
  needsScript: "This live figure was changed; it shows where JavaScript runs.",
  shareText:
    "This link holds the code and the live figures as they are now. Whoever opens it sees your changes, marked, and runs them or not.",
  shareFile:
    "This page is a file: the link works for those who have the same file in the same place. Saving a copy and sending it works everywhere.",
  qr: "QR code of the link",
  noQr: "The link is too long for a QR code.",
  saved: (file: string): string => `Saved as ${file}.`,
  question: "What will this cell show? Write your guess.",
  guess: "Your guess",
  reveal: "Show the output",
  guessed: (guess: string): string => `You guessed: ${guess}`,
  right: "That is right.",
  wrong: (answer: string): string => `The answer is ${answer}.`,
  plot: "Figure",
  tooMuch: "… the rest is not shown.",
  input: "Answer",
  send: "Send",
  skip: "Skip to the notebook",
  untitled: "Notebook",
  notes: "Speaker notes",
  noForm:
    "This runs in the notebook, but not in a page: nested and repeated namespaces, repeated enums, and exports from elsewhere.",
  noDecorators: "A decorator runs in the notebook, but no browser runs one yet; leave it out here.",
  helpText: [
    "Enter or click a cell to edit it. Escape leaves the editor, so that Tab goes on.",
    "Ctrl+Enter runs a cell, Shift+Enter runs it and goes to the next, Ctrl+Space completes names.",
    pullWords.en,
    "Everything runs in this page: nothing is sent anywhere, and no network is needed.",
    "Cells are TypeScript and share their variables. Types are not checked here.",
  ],
  operations: "TensorFlow.js operations of this page",
  widgetGone: "Run the cell for its controls.",
};

const chinese: typeof english = {
  language: "zh",
  contents: "目录",
  code: "代码",
  output: "输出",
  backToText: "回到正文",
  task: "待办",
  taskDone: "已完成",
  run: "运行",
  runCell: (cell) => `运行 ${cell}`,
  runTitle: "运行这一格（Ctrl+Enter；Shift+Enter 运行后到下一格）",
  runAll: "全部运行",
  stop: "停止",
  reset: "复位",
  resetTitle: "忘掉运行过的一切，代码和输出恢复原样",
  share: "分享",
  save: "另存一份",
  theme: "主题",
  themes: { auto: "跟随系统", light: "浅色", dark: "深色" },
  help: "帮助",
  close: "关闭",
  copy: "复制链接",
  copied: "已复制。",
  starting: "正在启动……",
  ready: "就绪",
  running: "正在运行……",
  replaying: "正在重新运行前面的格子……",
  failed: (cell) => `${cell} 出错`,
  belowNotRun: "；它下面的格子没有运行。",
  needs: (cells) =>
    `这一格要用到 ${cells.join("、")} 的结果，而 ${cells.length === 1 ? "它" : "它们"}还没有运行。下面仍是笔记本原来的输出。`,
  runNeeds: (cells, cell) => `运行 ${[...cells, cell].join("、")}`,
  leave: "按 Esc 再按 Tab 离开",
  pull: pullWords.zh,
  edited: "已修改",
  fromLink: "来自链接",
  stopped: (n) =>
    n === 0 ? "已停止。此前没有运行过别的格子。" : `已停止。变量随之丢失，所以运行过的 ${n} 格已重新运行。`,
  linked: (n) => `有 ${n} 格的代码来自链接，已标出。运行之前请先看一看。`,
  badLink: "链接里的代码无法读取；页面显示自己的代码。",
  badFigure: (reason) => `链接里的交互图无法显示，图保持原来的样子：${reason}`,
  unknownFigure: (name) => `链接提到了本页没有的交互图：${name}。`,
  noLive: "本页没有带上交互图：导出时笔记本里没有调用 explore 的格子。",
  needsScript: "这张交互图改动过，要在能运行 JavaScript 的地方显示。",
  shareText: "这个链接带有现在的代码和交互图。打开的人会看到标出的改动，自己决定是否运行。",
  shareFile: "这个页面是一个文件：别人在同样的位置有同样的文件，链接才有用。另存一份发给别人，到处都能用。",
  qr: "链接的二维码",
  noQr: "链接太长，做不成二维码。",
  saved: (file) => `已保存为 ${file}。`,
  question: "这一格会显示什么？写下你的猜测。",
  guess: "你的猜测",
  reveal: "显示输出",
  guessed: (guess) => `你猜的是：${guess}`,
  right: "猜对了。",
  wrong: (answer) => `答案是 ${answer}。`,
  plot: "图",
  tooMuch: "……其余不再显示。",
  input: "回答",
  send: "发送",
  skip: "跳到正文",
  untitled: "笔记本",
  notes: "讲稿",
  noForm: "它可以在笔记本里运行，但不能在网页里运行：嵌套或重复的命名空间、重复的枚举，以及从别处导出。",
  noDecorators: "装饰器可以在笔记本里运行，但浏览器还不支持；在这里请先去掉它。",
  helpText: [
    "按 Enter 或点击格子即可编辑；按 Esc 离开编辑器，再用 Tab 前进。",
    "Ctrl+Enter 运行一格，Shift+Enter 运行后到下一格，Ctrl+空格 补全名字。",
    pullWords.zh,
    "一切都在这个页面里运行：不发送任何数据，也不需要网络。",
    "格子里是 TypeScript，变量共用。这里不检查类型。",
  ],
  operations: "本页提供的 TensorFlow.js 运算",
  widgetGone: "运行这一格，控件就会出现。",
};

function listed(names: string[], and: string): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${and} ${names.at(-1)}`;
}

export type Words = typeof english;

const words: { readonly [language in Language]: Words } = { en: english, zh: chinese };

export function wordsOf(language: Language): Words {
  return words[language];
}
