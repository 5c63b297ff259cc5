import type { Language } from "../figures/figure";

/** What the live figure says, in one language. */
export interface ExploreWords {
  title: string;
  sizes: string;
  seed: string;
  gelu: string;
  exact: string;
  tanh: string;
  input: string;
  target: string;
  undo: string;
  redo: string;
  reset: string;
  copy: string;
  /** The headings of the section's cells that the copied code is. */
  headings: [string, string, string, string];
  copied: (first: string, last: string) => string;
  copyFailed: string;
  play: string;
  pause: string;
  back: string;
  forward: string;
  everything: string;
  /** What a step of the play shows. */
  forwardStep: (layer: string) => string;
  backwardStep: (layer: string) => string;
  inputStep: string;
  lossStep: (loss: string) => string;
  table: string;
  layer: string;
  /** What a row is called: 0 is the input, i + 1 layer i. */
  nameOf: (row: number) => string;
  editor: string;
  width: string;
  widthOf: (row: string) => string;
  shortcut: string;
  shortcutOf: (layer: string) => string;
  dropped: (from: number, to: number) => string;
  equal: string;
  equalOf: (layer: string) => string;
  /** Whether a layer has its shortcut. */
  has: string;
  hasNot: string;
  add: string;
  addOf: (layer: string) => string;
  remove: string;
  removeOf: (layer: string) => string;
  added: (layer: string, layers: number) => string;
  removed: (layer: string, layers: number) => string;
  lines: string;
  legend: string;
  positive: string;
  negative: string;
  faint: string;
  ramp: (low: string, high: string) => string;
  noShortcut: string;
  axis: string;
  hint: string;
  network: (label: string, layers: number) => string;
  on: string;
  off: string;
  losses: (losses: string[]) => string;
  /** What stands between two sentences. */
  space: string;
  badState: (reason: string) => string;
  badWidth: (value: string, most: number) => string;
  fewSizes: (count: number) => string;
  manyLayers: (count: number, most: number) => string;
  manyParameters: (count: number, most: number) => string;
  badSeed: (value: string) => string;
  badRows: (count: number, most: number, width: number) => string;
  badRow: (count: number, width: number) => string;
  badNumber: (value: string) => string;
}

const en: ExploreWords = {
  title: "How gradients reach the layers: edit the network",
  sizes: "Layer sizes",
  seed: "Seed",
  gelu: "GELU",
  exact: "exact (erf)",
  tanh: "tanh",
  input: "Input",
  target: "Target",
  undo: "Undo",
  redo: "Redo",
  reset: "Reset",
  copy: "Copy as code",
  headings: [
    "A model without shortcuts",
    "Measuring each layer's gradient",
    "Without shortcuts",
    "With shortcuts",
  ],
  copied: (first, last) =>
    `Four cells are on the clipboard, under the section's headings: from "${first}" to "${last}".`,
  copyFailed: "The browser does not give its clipboard; the code is below, to be copied by hand.",
  play: "Play",
  pause: "Pause",
  back: "Step back",
  forward: "Step forward",
  everything: "Show all",
  forwardStep: (layer) => `Forward: the activations of ${layer}`,
  backwardStep: (layer) => `Backward: the gradient of ${layer}'s weight`,
  inputStep: "Forward: the input",
  lossStep: (loss) => `The loss is ${loss}; its gradient now goes back`,
  table: "The layers",
  layer: "Layer",
  nameOf: (row) => (row === 0 ? "Input" : `layers.${row - 1}`),
  editor: "The chosen layer",
  width: "Width",
  widthOf: (row) => `Width of ${row}`,
  shortcut: "Shortcut",
  shortcutOf: (layer) => `Shortcut of ${layer}`,
  dropped: (from, to) => `none: ${from} ≠ ${to}`,
  equal: "make widths equal",
  equalOf: (layer) => `make widths equal: ${layer}`,
  has: "yes",
  hasNot: "switched off",
  add: "+ Add a layer",
  addOf: (layer) => `Add a layer before ${layer}`,
  remove: "− Remove",
  removeOf: (layer) => `Remove ${layer}`,
  added: (layer, layers) => `${layer} is new: ${layers} layers now.`,
  removed: (layer, layers) => `${layer} is gone: ${layers} ${layers === 1 ? "layer" : "layers"} now.`,
  lines: "What printGradients prints",
  legend: "What the colours mean",
  positive: "output above 0",
  negative: "below 0",
  faint: "near 0",
  ramp: (low, high) => `line: its weight's |gradient|, ${low} to ${high}`,
  noShortcut: "none",
  axis: "mean |gradient|, log scale",
  hint: "Click a layer to edit it above. Drag a width ‹ › sideways, or click it to type; drag a shortcut away, or click it, to switch it off.",
  network: (label, layers) => `The network ${label}, ${layers} ${layers === 1 ? "layer" : "layers"}`,
  on: "on: click or drag it away to switch it off",
  off: "off: click to switch it on",
  losses: (losses) => `Loss: ${losses.join(", ")}.`,
  space: " ",
  badState: (reason) => `The state that was to be shown is not valid: ${reason} The last good one stays.`,
  badWidth: (value, most) =>
    value === ""
      ? `A width is missing; expected a whole number from 1 to ${most}.`
      : `The width is "${value}"; expected a whole number from 1 to ${most}.`,
  fewSizes: (count) =>
    `The list has ${count === 0 ? "no entry" : "one entry"}; expected at least two widths, such as 3, 3, 1.`,
  manyLayers: (count, most) => `The list has ${count} layers; expected at most ${most}.`,
  manyParameters: (count, most) =>
    `The network would have ${count.toLocaleString("en")} parameters; expected at most ${most.toLocaleString("en")}.`,
  badSeed: (value) => `The seed is "${value}"; expected a whole number from -2^63 to 2^64 - 1.`,
  badRows: (count, most, width) =>
    `The input has ${count} rows; expected 1 to ${most} rows of ${width} numbers.`,
  badRow: (count, width) =>
    `A row of the input has ${count} ${count === 1 ? "number" : "numbers"}; expected ${width}, as the first layer takes.`,
  badNumber: (value) => `The value is "${value}"; expected a finite number.`,
};

const zh: ExploreWords = {
  title: "梯度怎样传到各层：动手改网络",
  sizes: "各层宽度",
  seed: "随机种子",
  gelu: "GELU",
  exact: "精确（erf）",
  tanh: "tanh 近似",
  input: "输入",
  target: "目标",
  undo: "撤销",
  redo: "重做",
  reset: "还原",
  copy: "复制为代码",
  headings: ["没有快捷连接的模型", "量出每一层的梯度", "没有快捷连接时", "加上快捷连接"],
  copied: (first, last) => `四个单元格的代码已复制到剪贴板，对应小节标题“${first}”到“${last}”。`,
  copyFailed: "浏览器不允许写剪贴板；代码在下方，请手动复制。",
  play: "播放",
  pause: "暂停",
  back: "后退一步",
  forward: "前进一步",
  everything: "显示全部",
  forwardStep: (layer) => `前向：${layer} 的激活值`,
  backwardStep: (layer) => `反向：${layer} 的权重梯度`,
  inputStep: "前向：输入",
  lossStep: (loss) => `损失为 ${loss}，它的梯度开始往回传`,
  table: "各层一览",
  layer: "层",
  nameOf: (row) => (row === 0 ? "输入" : `layers.${row - 1}`),
  editor: "选中的层",
  width: "宽度",
  widthOf: (row) => `${row} 的宽度`,
  shortcut: "快捷连接",
  shortcutOf: (layer) => `${layer} 的快捷连接`,
  dropped: (from, to) => `没有：${from} ≠ ${to}`,
  equal: "改成等宽",
  equalOf: (layer) => `改成等宽：${layer}`,
  has: "有",
  hasNot: "已关掉",
  add: "+ 加一层",
  addOf: (layer) => `在 ${layer} 之前加一层`,
  remove: "− 删去",
  removeOf: (layer) => `删去 ${layer}`,
  added: (layer, layers) => `新加了 ${layer}，现在共 ${layers} 层。`,
  removed: (layer, layers) => `删去了 ${layer}，现在共 ${layers} 层。`,
  lines: "printGradients 打印的内容",
  legend: "颜色的含义",
  positive: "输出大于 0",
  negative: "小于 0",
  faint: "接近 0",
  ramp: (low, high) => `线：该权重的梯度绝对值，${low} 到 ${high}`,
  noShortcut: "没有",
  axis: "平均绝对梯度（对数坐标）",
  hint: "点击一层，就在上方编辑它。左右拖动宽度 ‹ ›，或点击它来输入；把快捷连接拖开或点击它，就能关掉。",
  network: (label, layers) => `${label}的网络，共 ${layers} 层`,
  on: "已接通：点击或拖开即可关掉",
  off: "已关掉：点击即可接通",
  losses: (losses) => `损失：${losses.join("，")}。`,
  space: "",
  badState: (reason) => `要显示的状态无效：${reason} 保留上一个有效的状态。`,
  badWidth: (value, most) =>
    value === "" ? `缺少宽度；应为 1 到 ${most} 的整数。` : `宽度是“${value}”；应为 1 到 ${most} 的整数。`,
  fewSizes: (count) => `列表里${count === 0 ? "没有数" : "只有一个数"}；至少要有两个宽度，例如 3, 3, 1。`,
  manyLayers: (count, most) => `列表有 ${count} 层；最多 ${most} 层。`,
  manyParameters: (count, most) =>
    `这个网络会有 ${count.toLocaleString("en")} 个参数；最多 ${most.toLocaleString("en")} 个。`,
  badSeed: (value) => `随机种子是“${value}”；应为 -2^63 到 2^64 - 1 的整数。`,
  badRows: (count, most, width) => `输入有 ${count} 行；应为 1 到 ${most} 行，每行 ${width} 个数。`,
  badRow: (count, width) => `输入有一行是 ${count} 个数；应为 ${width} 个，与第一层的宽度一致。`,
  badNumber: (value) => `这个值是“${value}”；应为有限的数。`,
};

const words: { readonly [language in Language]: ExploreWords } = { en, zh };

export function exploreWords(language: Language): ExploreWords {
  return words[language];
}
