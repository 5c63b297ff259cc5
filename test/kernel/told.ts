/** What the cells below use. */
export const imports = `import {
  backward, bandFigure, control, ExampleDeepNeuralNetwork, explore, gradientFigure, input, layerGradients,
  layerGradientsOverSeeds, manualSeed, nn, optim, pathGradients, quantile, setBackend, show, tensor,
} from "tslab-gradients";
let model = new ExampleDeepNeuralNetwork([3, 3, 1]);
let x = tensor([[1, 0, -1]]);`;

/** A cell, what it throws, and what a reader of Chinese is told. */
export const thrown: [code: string, english: string, chinese: string][] = [
  [
    "new nn.Linear(3, 0)",
    "outFeatures is 0; expected a whole number of 1 or more.",
    "outFeatures 是 0；应为不小于 1 的整数。",
  ],
  [
    "new nn.Linear(3, 1).forward(tensor([[1, 0]]))",
    "Linear(3, 1) got an input of shape [1, 2]; expected its last size to be 3.",
    "Linear(3, 1) 收到的输入形状为 [1, 2]；形状的最后一项应为 3。",
  ],
  [
    "new nn.Linear(3, 1).forward([1, 0, -1] as never)",
    "Linear's input is [1,0,-1]; expected a tensor, such as tensor([[1, 0, -1]]).",
    "Linear 的输入是 [1,0,-1]；应为张量，例如 tensor([[1, 0, -1]])。",
  ],
  [
    "{ const gone = tensor([1]); gone.dispose(); new nn.GELU().forward(gone) }",
    "GELU's input is a tensor that was disposed; expected one that lives.",
    "GELU 的输入是已经释放的张量；应为还在的张量。",
  ],
  [
    "new nn.MSELoss().forward(tensor([1, 2]), tensor([1, 2, 3]))",
    "MSELoss got an input of shape [2] and a target of shape [3]; expected sizes that are equal or 1.",
    "MSELoss 收到的输入形状为 [2]，目标形状为 [3]；形状的各项应相等或为 1。",
  ],
  [
    "new nn.LayerNorm(3).forward(tensor([[1, 2]]))",
    "LayerNorm(3) got an input of shape [1, 2]; expected its last sizes to be 3.",
    "LayerNorm(3) 收到的输入形状为 [1, 2]；形状的最后几项应为 3。",
  ],
  [
    "new nn.ModuleList([]).append((() => 1) as never)",
    "append got a function; expected a module, such as new nn.Linear(3, 3).",
    "append 收到的是一个函数；应为模块，例如 new nn.Linear(3, 3)。",
  ],
  [
    "new nn.ModuleList([]).forward(x)",
    "ModuleList has no forward pass; expected a loop over its modules, or nn.Sequential.",
    "ModuleList 没有前向传播；请逐个调用其中的模块，或改用 nn.Sequential。",
  ],
  [
    'new nn.GELU({ approximate: "exact" as never })',
    'The GELU form is "exact"; expected "none" (exact) or "tanh".',
    'GELU 的形式是 "exact"；应为 "none"（精确）或 "tanh"。',
  ],
  [
    "new ExampleDeepNeuralNetwork([3])",
    "layerSizes is [3]; expected at least two entries, the input's width and one layer's.",
    "layerSizes 是 [3]；应至少有两项：输入的宽度和一层的宽度。",
  ],
  [
    "new ExampleDeepNeuralNetwork([3, 1.5])",
    "layerSizes[1] is 1.5; expected a whole number of 1 or more.",
    "layerSizes[1] 是 1.5；应为不小于 1 的整数。",
  ],
  [
    "new ExampleDeepNeuralNetwork([3, 3, 1], { useShortcut: x as never })",
    "useShortcut is a tensor of shape [1, 3] and dtype float32; expected true, false, or an array of them with an entry for each of the 2 layers.",
    "useShortcut 是形状为 [1, 3]、dtype 为 float32 的张量；应为 true、false，或由它们组成的数组，2 层每层一项。",
  ],
  [
    "new ExampleDeepNeuralNetwork([9999999, 9999999])",
    "A network of the sizes [9999999, 9999999] would take 799999.9 GB for its 99,999,990,000,000 parameters and their gradients; expected at most the … that are free.",
    "各层宽度为 [9999999, 9999999] 的网络有 99,999,990,000,000 个参数，连同梯度要占 799999.9 GB；空闲的内存只有 …。",
  ],
  [
    "manualSeed(1.5)",
    "The seed is 1.5; expected a whole number from -2^63 to 2^64 - 1.",
    "随机种子是 1.5；应为 -2^63 到 2^64 - 1 的整数。",
  ],
  [
    "tensor([[1, 2], [3]])",
    "A row is [3] where the first has 2 entries; expected rows of one length.",
    "有一行是 [3]，而第一行有 2 项；各行应一样长。",
  ],
  [
    "tensor([1, NaN])",
    "A value of the tensor is NaN; expected a finite number.",
    "张量中的一个值是 NaN；应为有限的数。",
  ],
  [
    "backward(model, 3 as never)",
    "The loss is 3; expected a function that computes it, such as () => mse.forward(y, target).",
    "损失是 3；应为计算损失的函数，例如 () => mse.forward(y, target)。",
  ],
  [
    "backward(model, () => model.forward(tensor([[1, 0, -1], [2, 2, 2]])))",
    "The loss has the shape [2, 1]; expected one number, such as nn.MSELoss gives.",
    "损失的形状是 [2, 1]；应为一个数，例如 nn.MSELoss 给出的那样。",
  ],
  [
    "layerGradients(new nn.GELU() as never, x)",
    "The model has no parameter to compute a gradient of; expected a layer such as nn.Linear in its fields, and layer sizes make one from two entries on, such as [3, 1].",
    "模型没有可以求梯度的参数；它的字段里应有 nn.Linear 这样的层，而各层的宽度至少要有两项才有一层，例如 [3, 1]。",
  ],
  [
    "layerGradientsOverSeeds({ layerSizes: [3, 1], input: [[1, 0]], seeds: 3 })",
    "The input has the shape [1, 2]; expected [batch, 3].",
    "输入的形状是 [1, 2]；应为 [batch, 3]。",
  ],
  [
    "layerGradientsOverSeeds({ layerSizes: [3, 1], input: x, seeds: 0 })",
    "seeds is 0; expected a whole number from 1 to 1,000,000, or an array of so many seeds.",
    "seeds 是 0；应为 1 到 1,000,000 的整数，或这么多个随机种子的数组。",
  ],
  [
    "pathGradients(new nn.Linear(3, 1) as never, x)",
    "The model is Linear; expected one with layers, shortcuts and activations, such as ExampleDeepNeuralNetwork.",
    "模型是 Linear；应有 layers、shortcuts 和 activations，例如 ExampleDeepNeuralNetwork。",
  ],
  ["quantile([1, 2], 2)", "q is 2; expected a number from 0 to 1.", "q 是 2；应为 0 到 1 的数。"],
  [
    'nn.init.xavierUniform_(model.parameters()[0]!, { gain: "2" as never })',
    'The gain is "2"; expected a finite number.',
    '增益是 "2"；应为有限的数。',
  ],
  [
    'nn.init.kaimingNormal_(model.parameters()[0]!, { mode: "fan" as never })',
    'mode is "fan"; expected "fan_in" or "fan_out".',
    'mode 是 "fan"；应为 "fan_in" 或 "fan_out"。',
  ],
  [
    'nn.init.calculateGain("gelu" as never)',
    'nonlinearity is "gelu"; expected one of "linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "sigmoid", "tanh", "relu", "leaky_relu", "selu".',
    'nonlinearity 是 "gelu"；应为 "linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "sigmoid", "tanh", "relu", "leaky_relu", "selu" 之一。',
  ],
  [
    "nn.init.normal_(model.parameters()[1]!, { std: -1 })",
    "normal got the mean 0 and the deviation -1; expected two finite numbers, the deviation 0 or more.",
    "normal 收到的均值是 0，标准差是 -1；应为两个有限的数，标准差不小于 0。",
  ],
  [
    "nn.init.orthogonal_(model.parameters()[1]!)",
    "nn.init.orthogonal_ got a parameter of shape [3]; expected two sizes or more, such as a weight's.",
    "nn.init.orthogonal_ 收到的参数形状为 [3]；形状应至少有两项，例如权重的形状。",
  ],
  [
    "nn.init.zeros_(x as never)",
    "nn.init.zeros_ got a tensor of shape [1, 3] and dtype float32; expected a parameter, such as layer.weight.",
    "nn.init.zeros_ 收到的是形状为 [1, 3]、dtype 为 float32 的张量；应为参数，例如 layer.weight。",
  ],
  [
    "nn.init.normal_(model.parameters()[0]!, { generator: 123 as never })",
    "The generator is 123; expected a Generator.",
    "随机数发生器是 123；应为 Generator。",
  ],
  [
    "new optim.SGD([], { lr: 1 })",
    "SGD got no parameter; expected parameters, such as model.parameters().",
    "SGD 没有收到参数；应为参数，例如 model.parameters()。",
  ],
  [
    "new optim.SGD(model.parameters(), { lr: -1 })",
    "lr is -1; expected a finite number of 0 or more.",
    "lr 是 -1；应为不小于 0 的有限的数。",
  ],
  [
    'setBackend("gpu" as never)',
    'The backend is "gpu"; expected "native", "wasm" or "cpu".',
    '后端是 "gpu"；应为 "native"、"wasm" 或 "cpu"。',
  ],
  [
    "gradientFigure([])",
    "The figure got no gradients; expected an array of what layerGradients returns.",
    "这张图没有收到梯度；应为 layerGradients 返回值的数组。",
  ],
  [
    "bandFigure([{}] as never)",
    "Entry 0 of the figure has no layers; expected each layer's name and means.",
    "图的第 0 项（从 0 数起）没有 layers；应有每一层的名字和平均值。",
  ],
  [
    'gradientFigure([layerGradients(model, x)], { language: "de" as never })',
    'The language is "de"; expected "en" or "zh".',
    '语言是 "de"；应为 "en" 或 "zh"。',
  ],
  [
    "await show(3 as never)",
    "show got something else than a figure; expected what gradientFigure or another of the figures returns.",
    "show 收到的不是图；应为 gradientFigure 等画图函数的返回值。",
  ],
  [
    "await explore({ layerSizes: [3, 2000] })",
    "layerSizes[1] is 2000; expected at most 1024 in a live figure.",
    "layerSizes[1] 是 2000；交互图里最大为 1024。",
  ],
  [
    "control.intSlider({ min: 3, max: 1 })",
    "control.intSlider got min 3 and max 1; expected a min below the max.",
    "control.intSlider 收到的 min 是 3，max 是 1；min 应小于 max。",
  ],
  [
    "control.intSlider({ min: 1, max: 9, value: 10 })",
    "control.intSlider's value got 10; expected a whole number from 1 to 9.",
    "control.intSlider 的 value 收到的是 10；应为 1 到 9 的整数。",
  ],
  [
    '{ const width = control.intSlider({ label: "宽度", max: 9 }); width.value = 0.5 }',
    'The control "宽度"\'s value got 0.5; expected a whole number from 0 to 9.',
    '控件 "宽度" 的 value 收到的是 0.5；应为 0 到 9 的整数。',
  ],
  [
    'control.dropdown({ options: ["a", "b"] as const, value: "c" as never })',
    'control.dropdown\'s value got "c"; expected one of ["a","b"].',
    'control.dropdown 的 value 收到的是 "c"；应为 ["a","b"] 之一。',
  ],
  [
    "control.row(3 as never)",
    "control.row's argument 0 is 3; expected a control.",
    "control.row 的第 0 个参数（从 0 数起）是 3；应为控件。",
  ],
  [
    'await input("?")',
    "input cannot ask: the program that runs this notebook takes no input.",
    "input 无法提问：运行这份笔记本的程序不接受输入。",
  ],
  [
    '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": 3 }) })',
    'The output\'s "text/html" is 3; expected a string.',
    '输出的 "text/html" 是 3；应为字符串。',
  ],
  [
    '({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": 3n }) })',
    'The output\'s "application/json" cannot be sent as JSON: Do not know how to serialize a BigInt.',
    '输出的 "application/json" 无法作为 JSON 发送：Do not know how to serialize a BigInt。',
  ],
  [
    "process.exit(1)",
    "process.exit(1) would end the kernel; restart it from the front end's menu instead.",
    "process.exit(1) 会结束内核；请改用前端菜单里的重启。",
  ],
  [
    "new nn.Linear(3, 1).weight.grad!.dataSync()",
    "Cannot read properties of null (reading 'dataSync') A parameter's grad is null before the first backward pass: run backward first.",
    "Cannot read properties of null (reading 'dataSync') 第一次反向传播之前，参数的 grad 是 null：请先运行 backward。",
  ],
  [
    'throw new Error("ours is not this; expected nothing.")',
    "ours is not this; expected nothing.",
    "ours is not this; expected nothing.",
  ],
];
