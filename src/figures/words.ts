import type { Language, Series } from "./figure";

interface Words {
  without: string;
  with: string;
  model: (number: number) => string;
  gradientTitle: string;
  networkTitle: string;
  axis: string;
  weight: string;
  input: string;
  output: string;
  loss: string;
  dropped: (from: number, to: number) => string;
  underflow: string;
  overflow: string;
  undefinedNote: string;
  /** One model's sentence of the alternative text. */
  range: (label: string, least: string, leastName: string, most: string, mostName: string) => string;
  single: (label: string, name: string, value: string) => string;
  unseen: (label: string, count: number) => string;
  gradientAlt: string;
  networkAlt: string;
  shortcuts: (label: string, drawn: number, missing: number) => string;
  /** Follows the sentence about the shortcuts. */
  shortcutsOff: (count: number) => string;
}

const en: Words = {
  without: "without shortcut connections",
  with: "with shortcut connections",
  model: (number) => `model ${number}`,
  gradientTitle: "Mean |gradient| of each layer's weight",
  networkTitle: "How much gradient reaches each layer",
  axis: "mean |gradient|, log scale",
  weight: "weight",
  input: "input",
  output: "output",
  loss: "loss",
  dropped: (from, to) => `no shortcut: ${from} ≠ ${to}`,
  underflow: "0: zero, or too small for float32 to hold (underflow); it stands at the axis' floor.",
  overflow: "inf: too large for float32 to hold (overflow).",
  undefinedNote: "nan: infinities met and left no number.",
  range: (label, least, leastName, most, mostName) =>
    `The network ${label} has its smallest mean gradient, ${least}, at ${leastName} and its largest, ${most}, at ${mostName}.`,
  single: (label, name, value) => `The network ${label} has a mean gradient of ${value} at ${name}.`,
  unseen: (label, count) =>
    `In the network ${label}, ${count === 1 ? "one gradient is" : `${count} gradients are`} zero or not finite.`,
  gradientAlt: "Bar chart of the mean absolute gradient of each layer's weight, on a log scale.",
  networkAlt: "Drawing of the networks side by side, layer by layer, coloured by the mean absolute gradient.",
  shortcuts: (label, drawn, missing) =>
    `The network ${label} draws ${drawn} shortcut arrows` +
    (missing > 0 ? `; ${missing} more are missing because neighbouring widths differ.` : "."),
  shortcutsOff: (count) => (count === 1 ? " One layer's is off." : ` Those of ${count} layers are off.`),
};

const zh: Words = {
  without: "无快捷连接",
  with: "有快捷连接",
  model: (number) => `模型 ${number}`,
  gradientTitle: "各层权重的平均绝对梯度",
  networkTitle: "梯度能传到每一层多少",
  axis: "平均绝对梯度（对数坐标）",
  weight: "权重",
  input: "输入",
  output: "输出",
  loss: "损失",
  dropped: (from, to) => `无快捷连接：${from} ≠ ${to}`,
  underflow: "0：为零，或小到 float32 无法表示（下溢），标在坐标轴底部。",
  overflow: "inf：大到 float32 无法表示（上溢）。",
  undefinedNote: "nan：无穷大相遇，结果不是数。",
  range: (label, least, leastName, most, mostName) =>
    `${label}的网络：平均绝对梯度最小为 ${least}（${leastName}），最大为 ${most}（${mostName}）。`,
  single: (label, name, value) => `${label}的网络：${name} 的平均绝对梯度为 ${value}。`,
  unseen: (label, count) => `${label}的网络中有 ${count} 个梯度为零或不是有限数。`,
  gradientAlt: "柱状图：各层权重的平均绝对梯度，对数坐标。",
  networkAlt: "并排画出的网络，逐层按平均绝对梯度着色。",
  shortcuts: (label, drawn, missing) =>
    `${label}的网络画有 ${drawn} 条快捷连接` +
    (missing > 0 ? `；另有 ${missing} 条因相邻宽度不同而缺失。` : "。"),
  shortcutsOff: (count) => `有 ${count} 层的快捷连接已关掉。`,
};

/** @throws RangeError for a language that the figures do not speak. */
export function wordsOf(language: Language = "en"): Words {
  if (language === "en") return en;
  if (language === "zh") return zh;
  throw new RangeError(`The language is ${JSON.stringify(language)}; expected "en" or "zh".`);
}

/** The name that a figure gives a model. */
export function labelOf({ label, useShortcut }: Series, index: number, words: Words): string {
  return (
    label ?? (useShortcut === undefined ? words.model(index + 1) : useShortcut ? words.with : words.without)
  );
}

/** What a reader who cannot see the figure is told of every model's gradients. */
export function sentencesOf(series: Series[], words: Words): string[] {
  return series.flatMap((entry, index) => {
    const label = labelOf(entry, index, words);
    const seen = entry.gradients.filter(({ mean }) => isDrawn(mean)).sort((a, b) => a.mean - b.mean);
    const [least, most] = [seen[0], seen.at(-1)];
    const sentences: string[] = [];
    if (least !== undefined && most !== undefined) {
      sentences.push(
        least === most
          ? words.single(label, least.name, short(least.mean))
          : words.range(label, short(least.mean), least.name, short(most.mean), most.name),
      );
    }
    const unseen = entry.gradients.length - seen.length;
    return unseen > 0 ? [...sentences, words.unseen(label, unseen)] : sentences;
  });
}

const smallestNormal = 2 ** -126;

/** Whether a log axis can show the value; a denormal float32 counts as 0, as TensorFlow flushes it. */
export function isDrawn(value: number): boolean {
  return Number.isFinite(value) && value >= smallestNormal;
}

/** Three digits: 0.000202, 1.33, 4.25e+3, 1.2e-21; 0, inf and nan as they are. */
export function short(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return "inf";
  if (value < smallestNormal) return "0";
  return value < 1e-4 || value >= 1e4 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}
