import type { Words } from "./en";

/** Latin letters and digits stand apart from Chinese characters. */
function apart(text: string): string {
  return text.replace(/^(?=[\w.])/, " ").replace(/(?<=[\w.])$/, " ");
}

export const zh: Words = {
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
