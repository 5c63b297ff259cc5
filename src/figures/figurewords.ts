import { quote } from "../nn/quote";
import type { Language } from "./figure";

/** @throws RangeError for a language that the figures do not speak. */
export function wordsOf(language: Language = "en"): Words {
  if (language === "en") return en;
  if (language === "zh") return zh;
  throw new RangeError(`The language is ${quote(language)}; expected "en" or "zh".`);
}

/** What the figures say, by the places where they say it. */
const en = {
  without: "without shortcut connections",
  with: "with shortcut connections",
  model: (number: number) => `model ${number}`,

  gradientTitle: "Mean |gradient| of each layer's weight",
  networkTitle: "How much gradient reaches each layer",
  depthTitle: "The gradient that reaches the first layer, by depth",
  widthTitle: "The gradient that reaches the first layer, by width",
  bandTitle: "Mean |gradient| of each layer's weight over many seeds",
  pathTitle: "Which way each layer's gradient came",
  heatmapTitle: "Mean |gradient| of every layer of every network",

  axis: "mean |gradient|, log scale",
  share: "share of the layer's gradient",
  layers: "layer, from the input on",
  depth: "depth: number of layers",
  width: "width: units of the first layer",
  weight: "weight",
  network: "network",
  input: "input",
  output: "output",
  loss: "loss",
  dropped: (from: number, to: number) => `no shortcut: ${from} ≠ ${to}`,

  firstLayer: (label: string) => `${label}, first layer`,
  lastLayer: (label: string) => `${label}, last layer`,
  delta: (label: string) => `${label}, |δ|`,
  meanGradient: "mean |gradient|",
  meanDelta: "mean |δ|",
  percentile: (percent: number) => `${percent}%`,
  identity: "through the identity",
  branch: "through the branch",

  // Notes below a figure.
  atFloor: "▽ at the axis' floor: ",
  bandAtFloor: "A band that reaches the axis' floor: ",
  inBox: "▽ ",
  inCell: "Hatched: ",
  underflow:
    "0 or less than 1.2e-38, the least that float32 holds with all its digits (underflow). " +
    "Below it numbers have fewer and fewer digits, down to 1.4e-45; what is smaller is 0.",
  overflow: "inf: too large for float32 to hold (overflow).",
  undefinedNote: "nan: infinities met and left no number.",
  bands: "Line: median of the seeds. Bands: 25–75% (stronger) and 5–95% (fainter) of the seeds.",
  noShare: "×: the gradient is 0 or not finite, so that there is nothing to divide.",

  // The alternative text.
  gradientAlt: "Bar chart of the mean absolute gradient of each layer's weight, on a log scale.",
  networkAlt: "Drawing of the networks side by side, layer by layer, coloured by the mean absolute gradient.",
  depthAlt: "Line chart of the mean absolute gradient of the first layer's weight by depth, on a log scale.",
  widthAlt: "Line chart of the mean absolute gradient of the first layer's weight by width, on log scales.",
  bandAlt:
    "Line chart of the median over seeds of each layer's mean absolute gradient, on a log scale, with bands that hold 90% and 50% of the seeds.",
  pathAlt:
    "Stacked bar chart of the parts of each layer's gradient that came through the identity and through the branch; they add up to 1.",
  heatmapAlt: "Heat map of the mean absolute gradient, a row for every network and a column for every layer.",
  /** The sentences as one text. */
  text: (sentences: string[]) => sentences.join(" "),
  mean: "the mean gradient",
  firstMean: "the first layer's mean gradient",
  lastMean: "the last layer's mean gradient",
  medianMean: "the median mean gradient",
  layer: (number: string) => `layer ${number}`,
  atDepth: (depth: number | string) => `depth ${depth}`,
  atWidth: (width: number | string) => `width ${width}`,
  /** How a sentence on one model begins; `isOurs` where the name is one of those above. */
  lead: (label: string, isOurs: boolean) =>
    isOurs ? `${label.charAt(0).toUpperCase()}${label.slice(1)} ` : `${label}: `,
  falls: (what: string, from: string, at: string, to: string, end: string) =>
    `${what} falls from ${from} at ${at} to ${to} at ${end}.`,
  rises: (what: string, from: string, at: string, to: string, end: string) =>
    `${what} rises from ${from} at ${at} to ${to} at ${end}.`,
  is: (what: string, value: string, at: string) => `${what} is ${value} at ${at}.`,
  under: (what: string, count: number, first: string, last: string) =>
    `${what} is 0 or less than 1.2e-38, too small for all of float32's digits, ` +
    (count === 1 ? `at ${first}.` : `at ${count} places between ${first} and ${last}.`),
  unseen: (what: string, count: number) =>
    `${what} is not finite at ${count === 1 ? "one place" : `${count} places`}.`,
  hatched: (count: number, all: number) => `${count} of ${all} cells are 0 or less than 1.2e-38.`,
  spread: (layer: string, low: string, high: string) =>
    `90% of the seeds lie between ${low} and ${high} at ${layer}.`,
  shares: (low: string, at: string, high: string, end: string, isOne: boolean) =>
    isOne
      ? `The part through the identity is ${low} at ${at}.`
      : `The part through the identity is smallest, ${low}, at ${at}, and largest, ${high}, at ${end}.`,
  undivided: (count: number) =>
    `${count === 1 ? "One layer has" : `${count} layers have`} a gradient that is 0 or not finite, and no parts.`,
  shortcuts: (label: string, drawn: number, missing: number) =>
    `The network ${label} draws ${drawn} shortcut arrows` +
    (missing > 0 ? `; ${missing} more are missing because neighbouring widths differ.` : "."),
  /** Follows the sentence about the shortcuts. */
  shortcutsOff: (count: number) =>
    count === 1 ? " One layer's is off." : ` Those of ${count} layers are off.`,
};

/** The words of a language. */
export type Words = typeof en;

/** Latin letters and digits stand apart from Chinese characters. */
function apart(text: string): string {
  return text.replace(/^(?=[\w.])/, " ").replace(/(?<=[\w.])$/, " ");
}

const zh: Words = {
  without: "无快捷连接",
  with: "有快捷连接",
  model: (number) => `模型 ${number}`,

  gradientTitle: "各层权重的平均绝对梯度",
  networkTitle: "梯度能传到每一层多少",
  depthTitle: "网络越深，第一层还剩多少梯度",
  widthTitle: "网络越宽，第一层得到多少梯度",
  bandTitle: "各层权重的平均绝对梯度：许多随机种子",
  pathTitle: "各层的梯度是从哪条路传来的",
  heatmapTitle: "每个网络每一层的平均绝对梯度",

  axis: "平均绝对梯度（对数坐标）",
  share: "占该层梯度的份额",
  layers: "层（从输入一侧数起）",
  depth: "深度（层数）",
  width: "宽度（第一层的单元数）",
  weight: "权重",
  network: "网络",
  input: "输入",
  output: "输出",
  loss: "损失",
  dropped: (from, to) => `无快捷连接：${from} ≠ ${to}`,

  firstLayer: (label) => `${label}，第一层`,
  lastLayer: (label) => `${label}，最后一层`,
  delta: (label) => `${label}，|δ|`,
  meanGradient: "平均绝对梯度",
  meanDelta: "平均 |δ|",
  percentile: (percent) => `${percent}%`,
  identity: "经恒等通路",
  branch: "经变换分支",

  atFloor: "▽ 标在坐标轴底部：",
  bandAtFloor: "色带触及坐标轴底部：",
  inBox: "▽ ",
  inCell: "斜线格：",
  underflow:
    "为 0，或小于 1.2e-38，即 float32 能以全部精度表示的最小正数（下溢）。" +
    "比它更小的数越小精度越低，直到 1.4e-45；再小就是 0。",
  overflow: "inf：大到 float32 无法表示（上溢）。",
  undefinedNote: "nan：无穷大相遇，结果不是数。",
  bands: "线：各种子的中位数。色带：25–75%（浓）与 5–95%（淡）的种子所在的范围。",
  noShare: "×：该层梯度为 0 或不是有限数，无从划分。",

  gradientAlt: "柱状图：各层权重的平均绝对梯度，对数坐标。",
  networkAlt: "并排画出的网络，逐层按平均绝对梯度着色。",
  depthAlt: "折线图：第一层权重的平均绝对梯度随深度的变化，对数坐标。",
  widthAlt: "折线图：第一层权重的平均绝对梯度随宽度的变化，两轴均为对数坐标。",
  bandAlt: "折线图：各层平均绝对梯度在许多种子上的中位数，对数坐标；色带分别包含 90% 和 50% 的种子。",
  pathAlt: "堆叠柱状图：各层梯度中经恒等通路与经变换分支传来的份额，两者之和为 1。",
  heatmapAlt: "热力图：每行一个网络，每列一层，颜色表示平均绝对梯度。",
  text: (sentences) => sentences.join(""),
  mean: "平均绝对梯度",
  firstMean: "第一层的平均绝对梯度",
  lastMean: "最后一层的平均绝对梯度",
  medianMean: "平均绝对梯度的中位数",
  layer: (number) => `layers.${number}`,
  atDepth: (depth) => `深度 ${depth}`,
  atWidth: (width) => `宽度 ${width}`,
  lead: (label, isOurs) => (isOurs ? `${label}时，` : `${label}：`),
  falls: (what, from, at, to, end) => `${what}从${apart(at)}的 ${from} 降到${apart(end)}的 ${to}。`,
  rises: (what, from, at, to, end) => `${what}从${apart(at)}的 ${from} 升到${apart(end)}的 ${to}。`,
  is: (what, value, at) => `${what}在${apart(at)}为 ${value}。`,
  under: (what, count, first, last) =>
    (count === 1
      ? `${what}在${apart(first)}`
      : `${what}在${apart(first)}与${apart(last)}之间有 ${count} 处`) +
    "为 0 或小于 1.2e-38，小到 float32 无法以全部精度表示。",
  unseen: (what, count) => `${what}有 ${count} 处不是有限数。`,
  hatched: (count, all) => `${all} 格中有 ${count} 格为 0 或小于 1.2e-38。`,
  spread: (layer, low, high) => `在${apart(layer).trimEnd()}，90% 的种子落在 ${low} 与 ${high} 之间。`,
  shares: (low, at, high, end, isOne) =>
    isOne
      ? `经恒等通路的份额在${apart(at)}为 ${low}。`
      : `经恒等通路的份额最小为 ${low}（${at}），最大为 ${high}（${end}）。`,
  undivided: (count) => `有 ${count} 层的梯度为 0 或不是有限数，无从划分。`,
  shortcuts: (label, drawn, missing) =>
    `${label}的网络画有 ${drawn} 条快捷连接` +
    (missing > 0 ? `；另有 ${missing} 条因相邻宽度不同而缺失。` : "。"),
  shortcutsOff: (count) => `有 ${count} 层的快捷连接已关掉。`,
};
