// @ts-check
// The words of the pictures and of the READMEs' tables, in both languages.

/** @typedef {"en" | "zh"} Language */
/** @typedef {import("./growth.mjs").Over} Over */
/** A curve in numbers: its ends, each side's times there, and the lowest and highest ratio with their places. */
/**
 * @typedef {object} Told
 * @property {Over} over
 * @property {[number, number]} sizes
 * @property {[string, string]} ours
 * @property {[string, string]} theirs
 * @property {{ ratio: string, size: number }} lowest
 * @property {{ ratio: string, size: number }} highest
 * @property {number[]} slower the sizes at which PyTorch is the faster
 */

const medians = (/** @type {number} */ rounds) => (rounds === 1 ? "one round" : `median of ${rounds} rounds`);

const en = {
  title: "Time of a forward pass, a backward pass and the layers' mean gradients",
  note: (/** @type {number} */ rounds) =>
    `Logarithmic axes. Lines: ${medians(rounds)}; bands: from the fastest round to the slowest.`,
  panel: {
    width: (/** @type {Record<Over, number>} */ { depth, batch }) =>
      `Width (${depth} layers, batch ${batch})`,
    depth: (/** @type {Record<Over, number>} */ { width, batch }) =>
      `Depth (${width} units a layer, batch ${batch})`,
    batch: (/** @type {Record<Over, number>} */ { width, depth }) =>
      `Batch (${depth} layers of ${width} units)`,
  },
  ratio: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high} times PyTorch's time`,
  alt: "Three line charts on logarithmic axes of the time of a forward and a backward pass with the layers' mean gradients, in tslab-gradients and in PyTorch.",
  curve: (/** @type {Told} */ { over, sizes, ours, theirs, lowest, highest, slower }) =>
    `From ${over} ${sizes[0]} to ${sizes[1]} tslab-gradients goes from ${ours[0]} to ${ours[1]}, PyTorch from ${theirs[0]} to ${theirs[1]}; ` +
    `the ratio is lowest, ${lowest.ratio}, at ${lowest.size}, and highest, ${highest.ratio}, at ${highest.size}; ` +
    `PyTorch is faster at ${slower.join(", ") || "none of the sizes"}.`,
  size: { width: "width", depth: "depth", batch: "batch" },
  text: (/** @type {string[]} */ sentences) => sentences.join(" "),
  heading: (/** @type {number} */ rounds) => [
    medians(rounds),
    "here",
    "beside it",
    "ratio",
    "over the rounds",
  ],
  beside: (/** @type {string} */ peer, /** @type {string} */ value) => `${peer} ${value}`,
  between: ", ",
  fails: "fails",
  stop: ".",
};

/** @type {typeof en} */
const zh = {
  title: "前向传播、反向传播与各层平均梯度所用的时间",
  note: (rounds) => `两轴均为对数坐标。线：${rounds} 轮的中位数；色带：最快一轮到最慢一轮。`,
  panel: {
    width: ({ depth, batch }) => `宽度（${depth} 层，批量 ${batch}）`,
    depth: ({ width, batch }) => `深度（每层 ${width} 个单元，批量 ${batch}）`,
    batch: ({ width, depth }) => `批量（${depth} 层，每层 ${width} 个单元）`,
  },
  ratio: (low, high) => `PyTorch 用时的 ${low} 到 ${high} 倍`,
  alt: "三幅折线图，两轴均为对数坐标：tslab-gradients 与 PyTorch 做一次前向与反向传播，并算出各层平均梯度所用的时间。",
  curve: ({ over, sizes, ours, theirs, lowest, highest, slower }) =>
    `${zh.size[over]}从 ${sizes[0]} 到 ${sizes[1]}，tslab-gradients 从 ${ours[0]} 到 ${ours[1]}，PyTorch 从 ${theirs[0]} 到 ${theirs[1]}；` +
    `比值在 ${lowest.size} 处最低，为 ${lowest.ratio}，在 ${highest.size} 处最高，为 ${highest.ratio}；` +
    (slower.length === 0 ? "PyTorch 在各处都不更快。" : `PyTorch 在 ${slower.join("、")} 处更快。`),
  size: { width: "宽度", depth: "深度", batch: "批量" },
  text: (sentences) => sentences.join(""),
  heading: (rounds) => [`${rounds} 轮的中位数`, "这里", "对照", "比值", "各轮的比值"],
  beside: (peer, value) => `${peers[peer] ?? peer}：${value}`,
  between: "；",
  fails: "失败",
  stop: "。",
};

/** @type {{ [peer: string]: string }} */
const peers = {
  "stock tslab": "原版 tslab",
  "PyTorch loop": "PyTorch 逐个计算",
  limit: "上限",
  "nbconvert's": "nbconvert 的网页",
};

export const words = { en, zh };
