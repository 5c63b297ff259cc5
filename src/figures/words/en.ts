/** What the figures say, by the places where they say it. */
export const en = {
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
