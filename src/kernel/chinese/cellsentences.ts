import type { Table } from "./translator";

/**
 * What `nn`, the figures, the controls and what else runs in a page too say of a reader's code, in Chinese. `{0}`, `{1}` …
 * stand for what stays as it is, `{a}`, `{b}` … for what may be one of the phrases.
 */
export const sentences: Table = {
  // nn
  '{a} is {b}; expected "none" (exact) or "tanh".': '{a} 是 {b}；应为 "none"（精确）或 "tanh"。',
  "The loss is {a}; expected a function that computes it, such as () => mse.forward(y, target).":
    "损失是 {a}；应为计算损失的函数，例如 () => mse.forward(y, target)。",
  "The model has no parameter to compute a gradient of; expected a layer such as nn.Linear in its fields, and layer sizes make one from two entries on, such as [3, 1].":
    "模型没有可以求梯度的参数；它的字段里应有 nn.Linear 这样的层，而各层的宽度至少要有两项才有一层，例如 [3, 1]。",
  "The backend was changed inside a loss; expected a forward and a backward pass on one backend.":
    "后端在计算损失的途中被换掉了；前向传播和反向传播应在同一个后端上进行。",
  "The loss depends on no parameter of the model; expected it to be computed from its output.":
    "损失与模型的任何参数都无关；应由模型的输出计算损失。",
  "The loss is {a}; expected one number, such as nn.MSELoss gives.":
    "损失是 {a}；应为一个数，例如 nn.MSELoss 给出的那样。",
  "The loss has the shape {0}; expected one number, such as nn.MSELoss gives.":
    "损失的形状是 {0}；应为一个数，例如 nn.MSELoss 给出的那样。",
  "{a} holds {0}; expected finite numbers.": "{a} 里有 {0}；应全是有限的数。",
  "{a} is {b}; expected a tensor, such as tensor([[1, 0, -1]]).":
    "{a} 是 {b}；应为张量，例如 tensor([[1, 0, -1]])。",
  "{a} is a tensor that was disposed; expected one that lives.": "{a} 是已经释放的张量；应为还在的张量。",
  "{a} has the dtype {0}; expected numbers, of the dtype float32.":
    "{a} 的 dtype 是 {0}；应为数，即 dtype 为 float32。",
  "LayerNorm({0}) got an input of shape {1}; expected its last sizes to be {2}.":
    "LayerNorm({0}) 收到的输入形状为 {1}；形状的最后几项应为 {2}。",
  "normalizedShape is []; expected at least one size, such as [3].":
    "normalizedShape 是 []；应至少有一项，例如 [3]。",
  "Linear has a weight of shape {0}; expected [out, in].": "Linear 的权重形状为 {0}；应为 [out, in]。",
  "Linear({0}) got an input of shape {1}; expected its last size to be {2}.":
    "Linear({0}) 收到的输入形状为 {1}；形状的最后一项应为 {2}。",
  "Linear({0}) has a bias of shape {1}; expected [{2}], or one that is repeated to {3}.":
    "Linear({0}) 的偏置形状为 {1}；应为 [{2}]，或能够重复扩展成 {3} 的形状。",
  "append got {a}; expected a module, such as new nn.Linear(3, 3).":
    "append 收到的是 {a}；应为模块，例如 new nn.Linear(3, 3)。",
  "{0} has no forward pass; expected a loop over its modules, or nn.Sequential.":
    "{0} 没有前向传播；请逐个调用其中的模块，或改用 nn.Sequential。",
  "MSELoss got an input of shape {0} and a target of shape {1}; the values are repeated to {2}, which may not be what was meant.":
    "MSELoss 收到的输入形状为 {0}，目标形状为 {1}；两者的值会重复扩展成 {2}，这可能并非本意。",
  "MSELoss got an input of shape {0} and a target of shape {1}; expected sizes that are equal or 1.":
    "MSELoss 收到的输入形状为 {0}，目标形状为 {1}；形状的各项应相等或为 1。",
  "{a} would take {0} for its {1} parameters and their gradients; expected at most the {2} that are free.":
    "{a} 有 {1} 个参数，连同梯度要占 {0}；空闲的内存只有 {2}。",
  "A parameter's grad is null before the first backward pass: run backward first.":
    "第一次反向传播之前，参数的 grad 是 null：请先运行 backward。",
  "The model is {a}; expected a module, such as new nn.Linear(3, 1).":
    "模型是 {a}；应为模块，例如 new nn.Linear(3, 1)。",
  "useShortcut is {a}; expected true, false, or an array of them with an entry for each of the {0} layers.":
    "useShortcut 是 {a}；应为 true、false，或由它们组成的数组，{0} 层每层一项。",
  "seeds has {0} entries; expected a whole number from 1 to {1}, or an array of so many seeds.":
    "seeds 有 {0} 项；应为 1 到 {1} 的整数，或这么多个随机种子的数组。",
  "seeds is {a}; expected a whole number from 1 to {0}, or an array of so many seeds.":
    "seeds 是 {a}；应为 1 到 {0} 的整数，或这么多个随机种子的数组。",
  "{a} has the shape {0}; expected {1}.": "{a} 的形状是 {0}；应为 {1}。",
  "Parameter got {a}; expected a Float32Array of its values.":
    "Parameter 收到的是 {a}；应为装有参数值的 Float32Array。",
  "Parameter got the shape {0} for {1} values; expected sizes whose product is {2}.":
    "Parameter 收到的形状是 {0}，而值有 {1} 个；形状各项之积应为 {2}。",
  "The gradient is {a}; expected a float32 tensor of shape {0}, or null.":
    "梯度是 {a}；应为形状 {0} 的 float32 张量，或 null。",
  "The gradient is a tensor that was disposed.": "梯度是已经释放的张量。",
  "The gradient has the shape {0}; expected the parameter's, {1}.":
    "梯度的形状是 {0}；应与参数的形状 {1} 相同。",
  "The model is {a}; expected one with layers, shortcuts and activations, such as ExampleDeepNeuralNetwork.":
    "模型是 {a}；应有 layers、shortcuts 和 activations，例如 ExampleDeepNeuralNetwork。",
  "quantile got {a}; expected an array of one number or more.":
    "quantile 收到的是 {a}；应为至少有一个数的数组。",
  "A value of quantile's is {a}; expected a number.": "quantile 的值中有 {a}；应为数。",
  "{a} is {b}; expected a number from 0 to 1.": "{a} 是 {b}；应为 0 到 1 的数。",
  "uniform got {a}; expected a Float32Array to fill.": "uniform 收到的是 {a}；应为待填充的 Float32Array。",
  "normal got {a}; expected a Float32Array to fill.": "normal 收到的是 {a}；应为待填充的 Float32Array。",
  "normal got the mean {a} and the deviation {b}; expected two finite numbers, the deviation 0 or more.":
    "normal 收到的均值是 {a}，标准差是 {b}；应为两个有限的数，标准差不小于 0。",
  "nn.init.{0} got {a}; expected a parameter, such as layer.weight.":
    "nn.init.{0} 收到的是 {a}；应为参数，例如 layer.weight。",
  "nn.init.{0} got a parameter that was disposed.": "nn.init.{0} 收到的参数已经释放。",
  "nn.init.{0} got a parameter of shape {1}; expected two sizes or more, such as a weight's.":
    "nn.init.{0} 收到的参数形状为 {1}；形状应至少有两项，例如权重的形状。",
  "nonlinearity is {a}; expected one of {0}.": "nonlinearity 是 {a}；应为 {0} 之一。",
  'mode is {a}; expected "fan_in" or "fan_out".': 'mode 是 {a}；应为 "fan_in" 或 "fan_out"。',
  "The generator is {a}; expected a Generator.": "随机数发生器是 {a}；应为 Generator。",
  "uniform got the bounds {a} and {b}; expected two numbers, the lower first.":
    "uniform 收到的上下限是 {a} 和 {b}；应为两个数，小的在前。",
  "uniform got the bounds {0} and {1}; expected two finite numbers, the lower first.":
    "uniform 收到的上下限是 {0} 和 {1}；应为两个有限的数，小的在前。",
  "{a} is {b}; expected a whole number from -2^63 to 2^64 - 1.":
    "{a} 是 {b}；应为 -2^63 到 2^64 - 1 的整数。",
  "The seed {0} is beyond 2^53, where a number cannot hold every whole number; write a bigint (with n at its end) to be sure of it.":
    "随机种子 {0} 超过了 2^53，此后 number 不能准确表示每一个整数；请写成 bigint（末尾加 n），以免有出入。",
  "SGD got {a}; expected parameters, such as model.parameters().":
    "SGD 收到的是 {a}；应为参数，例如 model.parameters()。",
  "SGD got {a} at place {0}; expected parameters, such as model.parameters().":
    "SGD 收到的第 {0} 项（从 0 数起）是 {a}；应为参数，例如 model.parameters()。",
  "SGD got no parameter; expected parameters, such as model.parameters().":
    "SGD 没有收到参数；应为参数，例如 model.parameters()。",
  "SGD's options are {a}; expected an object, such as { lr: 0.1 }.":
    "SGD 的选项是 {a}；应为对象，例如 { lr: 0.1 }。",
  "nesterov got the momentum {0} and the dampening {1}; expected a momentum above 0 and no dampening.":
    "nesterov 收到的 momentum 是 {0}，dampening 是 {1}；momentum 应大于 0，dampening 应为 0。",
  "{a} is {b}; expected a finite number.": "{a} 是 {b}；应为有限的数。",
  "{a} is {b}; expected a finite number of 0 or more.": "{a} 是 {b}；应为不小于 0 的有限的数。",
  "{a} is {b}; expected a whole number of 1 or more.": "{a} 是 {b}；应为不小于 1 的整数。",
  "layerSizes is {a}; expected an array of whole numbers, such as [3, 3, 1].":
    "layerSizes 是 {a}；应为整数的数组，例如 [3, 3, 1]。",
  "layerSizes is {a}; expected at least two entries, the input's width and one layer's.":
    "layerSizes 是 {a}；应至少有两项：输入的宽度和一层的宽度。",
  "The value to assign is a tensor that was disposed.": "要赋的值是已经释放的张量。",
  "A row is {a} where the first has {0} entries; expected rows of one length.":
    "有一行是 {a}，而第一行有 {0} 项；各行应一样长。",
  "A tensor of shape {0} holds {1} values; expected {2} of them.":
    "形状为 {0} 的张量里有 {1} 个值；应有 {2} 个。",

  // figures
  "The figure got {a}; expected an array of models with the gradients of every seed.":
    "这张图收到的是 {a}；应为模型的数组，每个模型带有各个随机种子的梯度。",
  "Entry {0} of the figure has no layers; expected each layer's name and means.":
    "图的第 {0} 项（从 0 数起）没有 layers；应有每一层的名字和平均值。",
  "A layer of entry {0} is {a}; expected its name and a mean for every seed.":
    "第 {0} 项（从 0 数起）有一层是 {a}；应有它的名字和每个随机种子的平均值。",
  "shortcuts is {a}; expected true or false for each of the {0} layers.":
    "shortcuts 是 {a}；{0} 层每层应有一个 true 或 false。",
  '{a} is {b}; expected "en" or "zh".': '{a} 是 {b}；应为 "en" 或 "zh"。',
  "The live figure's version is {a}; expected 1.": "交互图的版本是 {a}；应为 1。",
  "The network has {0} layers; expected at most {1} in a live figure.":
    "网络有 {0} 层；交互图里最多 {1} 层。",
  "{0} is {1}; expected at most {2} in a live figure.": "{0} 是 {1}；交互图里最大为 {2}。",
  "The network has {0} parameters; expected at most {1} in a live figure.":
    "网络有 {0} 个参数；交互图里最多 {1} 个。",
  "{a} is {b}; expected 1 to {0} rows of {1} finite numbers.":
    "{a} 是 {b}；应为 1 到 {0} 行，每行 {1} 个有限的数。",
  "The figure got no gradients; expected an array of what layerGradients returns.":
    "这张图没有收到梯度；应为 layerGradients 返回值的数组。",
  "Entry {0} of the figure has no gradients; expected what layerGradients returns.":
    "图的第 {0} 项（从 0 数起）没有梯度；应为 layerGradients 的返回值。",
  "The mean gradient of {0} of entry {1} is {a}; expected a number of 0 or more.":
    "第 {1} 项（从 0 数起）中 {0} 的平均梯度是 {a}；应为不小于 0 的数。",
  "The figure got {a}; expected an array of layers' parts through the identity and the branch.":
    "这张图收到的是 {a}；应为各层经恒等通路与经变换分支的份额的数组。",
  "Entry {0} of the figure is {a}; expected a name, identity and branch.":
    "图的第 {0} 项（从 0 数起）是 {a}；应有 name、identity 和 branch。",
  "The parts of {0} are {1} and {2}; expected them to add up to 1.":
    "{0} 的两份是 {1} 和 {2}；两者之和应为 1。",
  'over is {a}; expected "depth" or "width".': 'over 是 {a}；应为 "depth" 或 "width"。',
  "Entry {0} of the figure has no layer; expected a weight of two dimensions.":
    "图的第 {0} 项（从 0 数起）没有层；应有一个二维的权重。",
  "Two networks {0} have {a} {1}; expected one of each {b}, or labels that tell them apart.":
    "有两个网络“{0}”的 {a} 都是 {1}；每种 {b} 应只有一个网络，或用 label 区分它们。",

  // what cells call to show and to ask
  "a value that cannot be shown": "一个无法显示的值",
  "show got something else than a figure; expected what gradientFigure or another of the figures returns.":
    "show 收到的不是图；应为 gradientFigure 等画图函数的返回值。",
  "show got update without an id; expected the id of a figure.":
    "show 收到了 update，却没有 id；应指明是哪张图的 id。",
  "explore got {a}; expected an object such as { layerSizes: [3, 3, 1] }.":
    "explore 收到的是 {a}；应为对象，例如 { layerSizes: [3, 3, 1] }。",
  "input got the prompt {a}; expected a string.": "input 收到的提示是 {a}；应为字符串。",
  "input cannot ask: the program that runs this notebook takes no input.":
    "input 无法提问：运行这份笔记本的程序不接受输入。",
  'Symbol.for("Jupyter.display") gave {a}; expected an object with a MIME type for each form, such as { "text/html": "…" }.':
    'Symbol.for("Jupyter.display") 给出的是 {a}；应为对象，每种形式一个 MIME 类型，例如 { "text/html": "…" }。',
  "{a} is {b}; expected an object.": "{a} 是 {b}；应为对象。",
  "{a} is {b}; expected a string.": "{a} 是 {b}；应为字符串。",
  "{a} is {b}; expected bytes, or base64.": "{a} 是 {b}；应为字节，或 base64。",
  "{a} is {b}; expected what JSON can hold.": "{a} 是 {b}；应为 JSON 能表示的内容。",
  "{a} cannot be sent as JSON: {0}.": "{a} 无法作为 JSON 发送：{0}。",
  "The comm {0} to {1} is closed; nothing can be sent on it.":
    "通往 {1} 的 comm {0} 已关闭；无法再发送内容。",

  // controls
  "{a} got {b}; expected a whole number.": "{a} 收到的是 {b}；应为整数。",
  "{a} got {b}; expected a whole number from {0} to {1}.": "{a} 收到的是 {b}；应为 {0} 到 {1} 的整数。",
  "{a} got {b}; expected a whole number of {0} or more.": "{a} 收到的是 {b}；应为不小于 {0} 的整数。",
  "{a} got {b}; expected a whole number of {0} or less.": "{a} 收到的是 {b}；应为不大于 {0} 的整数。",
  "{a} got {b}; expected a finite number.": "{a} 收到的是 {b}；应为有限的数。",
  "{a} got {b}; expected a number from {0} to {1}.": "{a} 收到的是 {b}；应为 {0} 到 {1} 的数。",
  "{a} got {b}; expected a number of {0} or more.": "{a} 收到的是 {b}；应为不小于 {0} 的数。",
  "{a} got {b}; expected a number of {0} or less.": "{a} 收到的是 {b}；应为不大于 {0} 的数。",
  "{a} got {b}; expected one of {0}.": "{a} 收到的是 {b}；应为 {0} 之一。",
  "{a} got {b}; expected true or false.": "{a} 收到的是 {b}；应为 true 或 false。",
  "{a} got {b}; expected a function.": "{a} 收到的是 {b}；应为函数。",
  "{a} got the label {b}; expected a string.": "{a} 收到的 label 是 {b}；应为字符串。",
  "{a} got min {0} and max {1}; expected a min below the max.":
    "{a} 收到的 min 是 {0}，max 是 {1}；min 应小于 max。",
  "{a} are {b}; expected an array, or an object of labels.": "{a} 是 {b}；应为数组，或以标签为键的对象。",
  "{a} are empty; expected one or more.": "{a} 是空的；应至少有一项。",
  "{a} is {b}; expected a string, a number, true or false.": "{a} 是 {b}；应为字符串、数、true 或 false。",
  "{a} is {0} again; expected every label once.": "{a} 又是 {0}；每个标签应只出现一次。",
  "control.{0}'s argument {1} is {a}; expected a control.":
    "control.{0} 的第 {1} 个参数（从 0 数起）是 {a}；应为控件。",

  // an exported page
  "What `using` declares cannot be disposed of.": "`using` 声明的值无法释放。",
  'The backend is {a}; a page has "cpu" alone, the kernel has more.':
    '后端是 {a}；网页里只有 "cpu"，内核里还有别的。',
  "tf.{0} is not among the TensorFlow.js operations of this page; run the notebook in Jupyter for it.":
    "本页的 TensorFlow.js 运算里没有 tf.{0}；需要它时请在 Jupyter 里运行笔记本。",
  "There is no {0}; expected one of {1}.": "没有 {0}；应为 {1} 之一。",
  "A page cannot import {0}; expected {1} or {2}.": "网页里不能导入 {0}；应为 {1} 或 {2}。",
};

/** What may stand at a letter's place in a sentence. */
export const phrases: Table = {
  "a function": "一个函数",
  "an object that cannot be shown": "一个无法显示的对象",
  "a tensor of shape {0} and dtype {1}": "形状为 {0}、dtype 为 {1} 的张量",
  "a {0}Array": "一个 {0}Array",
  "a Buffer": "一个 Buffer",
  "a DataView": "一个 DataView",

  "The input": "输入",
  "A row of the input": "输入的一行",
  "The target": "目标",
  "The model's output": "模型的输出",
  "{0}'s input": "{0} 的输入",
  "{0}'s target": "{0} 的目标",
  "The seed": "随机种子",
  "The GELU form": "GELU 的形式",
  "The gain": "增益",
  "The constant": "常数",
  "The slope below 0": "0 以下的斜率",
  "The language": "语言",
  "A value of the tensor": "张量中的一个值",
  "A network of the sizes {0}": "各层宽度为 {0} 的网络",
  "The environment variable {0}": "环境变量 {0}",
  "The backend": "后端",
  depth: "深度",
  width: "宽度",

  "The output's data": "输出的数据",
  "The output's metadata": "输出的元数据",
  "The output's {0}": "输出的 {0}",
  "The control {0}'s {1}": "控件 {0} 的 {1}",
  "The control {0}": "控件 {0}",
  "The button's {0}": "按钮的 {0}",
  "control.{0}'s {1}": "control.{0} 的 {1}",
};
