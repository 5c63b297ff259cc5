import { formatHelp } from "../export/formats";
import { machinePhrases, machineSentences } from "../kernel/chinese/machinesentences";
import { phrases, sentences } from "../kernel/chinese/cellsentences";
import { type Table, translator } from "../kernel/chinese/translator";

/** What the command line and exports say. */
export const commandSentences: Table = {
  "{0} is {1}; expected rows of numbers as JSON, such as '[[1, 0, -1]]'.":
    "{0} 是 {1}；应为 JSON 写的若干行数，例如 '[[1, 0, -1]]'。",
  "-o {0} is one place for {1} notebooks; expected a folder, with / at its end.":
    "-o {0} 只是一个位置，而笔记本有 {1} 份；应为文件夹，末尾带 /。",
  "The notebook is {0}; expected a name that ends in .ipynb, such as lesson.ipynb.":
    "笔记本是 {0}；名字应以 .ipynb 结尾，例如 lesson.ipynb。",
  "{0} is there already; expected a new name.": "{0} 已经存在；应为新的名字。",
  "{0} cannot be written ({1}); expected a folder that is there and yours.":
    "{0} 无法写入（{1}）；应为存在并且可写的文件夹。",
  "{0} cannot be read: {a}; expected a file that make_reference.py wrote.":
    "{0} 无法读取：{a}；应为 make_reference.py 写出的文件。",
  "{0} is not JSON ({1}); expected what make_reference.py writes.":
    "{0} 不是 JSON（{1}）；应为 make_reference.py 写出的内容。",
  "{0} holds {1}; expected an object.": "{0} 里是 {1}；应为对象。",
  "{0} has no list {1}; expected what make_reference.py writes.":
    "{0} 里没有列表 {1}；应为 make_reference.py 写出的内容。",
  "{0}.seed is {1}; expected a whole number.": "{0}.seed 是 {1}；应为整数。",
  "{0} lacks {1}; expected what make_reference.py writes.":
    "{0} 缺少 {1}；应为 make_reference.py 写出的内容。",
  "{0} is {1}; expected what make_reference.py writes.": "{0} 是 {1}；应为 make_reference.py 写出的内容。",
  "{0}: networks[{1}]: {a}": "{0}：networks[{1}]：{a}",
  "parameters equal bit for bit: {0} of {1} networks": "参数逐位相等：{1} 个网络中的 {0} 个",
  "uniform draws equal bit for bit: {0} of {1}": "均匀分布的抽样逐位相等：{1} 组中的 {0} 组",
  "gradient means within tolerance: {0} of {1} networks": "梯度平均值在容差以内：{1} 个网络中的 {0} 个",
  "  networks[{0}] {1}: worst relative error {2}, {3} % of the allowed {4}":
    "  networks[{0}] {1}：最大相对误差 {2}，为容差 {4} 的 {3} %",
  "verify: something differs from PyTorch by more than is allowed.":
    "verify：有结果与 PyTorch 相差超出容差。",
  "Wrote {0}, {1}.": "已写出 {0}，{1}。",
  "Wrote {0} and {1} more, {2}.": "已写出 {0} 等文件，另有 {1} 个，共 {2}。",
  "Wrote {0}, {1}; 1 solution removed.": "已写出 {0}，{1}；去掉了 1 处答案。",
  "Wrote {0}, {1}; {2} solutions removed.": "已写出 {0}，{1}；去掉了 {2} 处答案。",
  "Wrote {0} and {1} more, {2}; 1 solution removed.":
    "已写出 {0} 等文件，另有 {1} 个，共 {2}；去掉了 1 处答案。",
  "Wrote {0} and {1} more, {2}; {3} solutions removed.":
    "已写出 {0} 等文件，另有 {1} 个，共 {2}；去掉了 {3} 处答案。",
  "Exporting {0} …": "正在导出 {0}……",

  // help
  "Usage:": "用法：",
  "Options:": "选项：",
  "Commands:": "命令：",
  "Arguments:": "参数：",
  "display help for command": "显示某个命令的帮助",
  "output the version number": "显示版本号",
  "See why deep networks lose their gradients and how shortcut connections keep them.":
    "看看深层网络为什么会丢失梯度，快捷连接又怎样留住它。",
  "print the mean |gradient| of each layer's weight": "打印各层权重的平均绝对梯度",
  "the input's width and each layer's, with commas between": "输入的宽度和各层的宽度，以逗号分隔",
  "the seed of the parameters, as torch.manual_seed takes it":
    "参数的随机种子，与 torch.manual_seed 所用的相同",
  "add each layer's input to its output where the widths agree": "宽度相同时，把每层的输入加到它的输出上",
  'the GELU form, "none" (exact) or "tanh"': 'GELU 的形式，"none"（精确）或 "tanh"',
  "the input as JSON; by default 1, 0, -1, repeated to the width":
    "JSON 写的输入；默认为 1, 0, -1，重复到所需的宽度",
  "what every output is compared with": "与每个输出相比较的数",
  "print loss, output and gradients as JSON": "以 JSON 打印损失、输出和梯度",
  "recompute what PyTorch computed, and exit with 1 where something differs":
    "重新计算 PyTorch 算过的结果，有不符时退出码为 1",
  "a file that make_reference.py wrote": "make_reference.py 写出的文件",
  "print the recomputed values as JSON": "以 JSON 打印重新算出的值",
  [`write a notebook as ${formatHelp.names[0]}: ${formatHelp.kinds[0]}`]: `把笔记本写成 ${formatHelp.names[1]}：${formatHelp.kinds[1]}`,
  "notebooks of nbformat 3 or 4": "nbformat 3 或 4 的笔记本",
  [formatHelp.names[0]]: formatHelp.names[1],
  "a file, or a folder; by default beside the notebook": "文件或文件夹；默认在笔记本旁边",
  "student, teacher or key; by default the notebook as it stands":
    "student、teacher 或 key；默认为笔记本原样",
  "export in spite of: stale, failed, static, alt, private":
    "放行这些问题：stale、failed、static、alt、private",
  "run the notebook first; the file itself stays as it is": "先运行笔记本；文件本身保持原样",
  "where pictures of relative paths lie; by default the notebook's folder":
    "相对路径的图片所在的文件夹；默认为笔记本的文件夹",
  "let a page carry its Chinese characters, as slides and PDF do":
    "让网页带上所用的汉字字形，如同幻灯片和 PDF",
  "a PDF's size: A4 or Letter": "PDF 的纸张：A4 或 Letter",
  "keep only the beginning and the end of long outputs": "长的输出只留开头和结尾",
  "show where an error comes from": "显示错误出在哪里",
  "print as JSON what was written, or each problem and its cell":
    "以 JSON 打印写出的文件，或各个问题及其单元格",
  "write a notebook to start from": "写出一份可以上手的笔记本",
  "a file that is not there yet, such as lesson.ipynb": "尚不存在的文件，例如 lesson.ipynb",
  "en or zh; by default the reader's": "en 或 zh；默认为读者的语言",
  "set up what the notebooks here need: Python, JupyterLab, native TensorFlow, the kernel":
    "装好这里的笔记本所需的一切：Python、JupyterLab、原生 TensorFlow 和内核",
  "set up what is missing and open JupyterLab here; further arguments are JupyterLab's":
    "装好缺少的部分，并在这里打开 JupyterLab；其余参数交给 JupyterLab",
  "write the kernelspec, so that Jupyter and VS Code find the kernel; needs no Python":
    "写入内核说明文件，让 Jupyter 和 VS Code 找到内核；不需要 Python",
  "into the user's Jupyter folder (the default)": "写入用户的 Jupyter 文件夹（默认）",
  "into the active Python environment": "写入当前的 Python 环境",
  "into <folder>/share/jupyter/kernels": "写入 <folder>/share/jupyter/kernels",
  "the kernel's name": "内核的名字",
  "replace a kernelspec of that name that another program wrote": "替换别的程序写入的同名内核说明文件",
  "start the kernel; Jupyter does this itself": "启动内核；Jupyter 会自己这样做",
  "the connection file that Jupyter wrote": "Jupyter 写出的连接文件",
  "say what is set up, what is missing or broken, and how to mend it":
    "说明安装情况：缺少或损坏了什么，以及怎样修复",
  "print the checks as JSON": "以 JSON 打印各项检查",
  "do what is safe: set-up's missing steps, and own kernelspecs whose paths are gone":
    "做可以放心做的事：补上缺少的安装步骤，修复路径已失效的自己的内核说明文件",
  "how long a kernel may take to answer": "内核最多可以用多少秒来应答",

  // exports
  "The {a} is {0}; expected {1}.": "{a} 是 {0}；应为 {1} 之一。",
  "{0} has no solutions; expected cells with the tag solution, or // BEGIN SOLUTION and // END SOLUTION.":
    "{0} 里没有答案；应有带 solution 标签的单元格，或 // BEGIN SOLUTION 与 // END SOLUTION。",
  "A PDF needs a browser to print it, and none was found; expected Chrome or Chromium on the path, or its path in TSLAB_GRADIENTS_BROWSER.":
    "导出 PDF 要用浏览器打印，而没有找到浏览器；PATH 里应有 Chrome 或 Chromium，或用 TSLAB_GRADIENTS_BROWSER 指明它的路径。",
  "{0} cannot be written ({1}).": "{0} 无法写入（{1}）。",
  "{0} is the notebook itself; expected another path with -o.":
    "{0} 就是笔记本自己；请用 -o 指明另一个路径。",
  "{0} is a folder; expected the path of a file.": "{0} 是文件夹；应为文件的路径。",
  "{0} cannot be written: permission is missing in {1}.": "{0} 无法写入：没有 {1} 的写权限。",
  'The output is ""; expected the path of a file or of a folder.':
    '输出的位置是 ""；应为文件或文件夹的路径。',
  "{0} is no file; expected the path of a file.": "{0} 不是文件；应为文件的路径。",
  "{0} is a picture that the notebook shows; expected another path with -o.":
    "{0} 是笔记本所显示的图片；请用 -o 指明另一个路径。",
  "{0} would be written twice; expected a place for each export.":
    "{0} 会被写入两次；每份导出应有自己的位置。",
  "{0} and {1} would both be written to {2}; expected a folder for each, or other names.":
    "{0} 和 {1} 都会写到 {2}；请各用一个文件夹，或改名。",
  "{0} does not say what language its cells are in; expected a kernelspec of TypeScript in its metadata.":
    "{0} 没有说明单元格用的是什么语言；元数据里应有 TypeScript 的 kernelspec。",
  "{0} has cells in {1}; expected TypeScript or JavaScript.":
    "{0} 的单元格用的是 {1}；应为 TypeScript 或 JavaScript。",
  "{0} shows pictures of more than {1} MB up to {2}; expected fewer or smaller ones, or `--to md`.":
    "到 {2} 为止，{0} 所显示的图片已超过 {1} MB；请减少或缩小图片，或用 `--to md`。",
  "{0} shows {1} as boxes, since no font of this machine has them; expected one that does, such as Noto Sans CJK or Noto Emoji.":
    "{0} 里的 {1} 显示为方框，因为本机没有含这些字符的字体；请安装含有它们的字体，例如 Noto Sans CJK 或 Noto Emoji。",
  "{0} has {1} MB of text in its outputs, most of it below {a}; a PDF holds {2} MB. Clear that output, or keep only the beginning and the end of long ones with {3}.":
    "{0} 的输出里有 {1} MB 文字，大部分在{a}之下；PDF 最多放 {2} MB。请清除那里的输出，或用 {3} 让长的输出只留开头和结尾。",
  "The browser could not print the page ({0}).": "浏览器无法打印网页（{0}）。",
  "The browser that prints PDFs did not start ({0}).": "打印 PDF 的浏览器无法启动（{0}）。",
  "In {0}: {a}": "{0}：{a}",
  "In {0}, {a} shows {1}, which {b}.": "{0} 中{a}要显示 {1}，但它{b}。",
  "In {0}, {a} links to {1}, which {b}.": "{0} 中{a}链接到 {1}，但它{b}。",
  "This is a fault of tslab-gradients itself: {0}. Run it again with {1} to see where, and report it.":
    "这是 tslab-gradients 自身的错误：{0}。请加上 {1} 再运行一次，看错误出在哪里，并报告它。",
  "{0} is a file; expected a folder.": "{0} 是文件；应为文件夹。",
  "{b} has {0} of {a}; expected nothing of a solution or of what it shows.":
    "{b} 里有 {a} 中的 {0}；不应有答案或答案所显示的内容。",
  "Line {0} of {a} has {1} before {2}; marks cannot be nested.":
    "{a} 的第 {0} 行在 {2} 之前就有 {1}；标记不能嵌套。",
  "Line {0} of {a} has {1} without {2} before it.": "{a} 的第 {0} 行有 {1}，而它前面没有 {2}。",
  "Line {0} of {a} has {1}, which looks like a mark; write {2} on a line of its own.":
    "{a} 的第 {0} 行有 {1}，看起来像标记；请写成单独一行的 {2}。",
  "{a} has the tag {0}, which looks like a mark; write the tag {1}.":
    "{a} 有标签 {0}，看起来像标记；请写成标签 {1}。",
  "{a} has in its metadata {0}, which looks like a mark; write the tag {1}.":
    "{a} 的元数据里有 {0}，看起来像标记；请写成标签 {1}。",
  "{a} has {0} without {1}.": "{a} 有 {0}，却没有 {1}。",
  "The kernel ended while the notebook ran, in {a}.": "笔记本运行到 {a} 时，内核结束了。",
  "{0} is not JSON: {1}.": "{0} 不是 JSON：{1}。",
  "{0} is not a notebook; expected a JSON object with nbformat.":
    "{0} 不是笔记本；应为带有 nbformat 的 JSON 对象。",
  "{0} has nbformat {1}; expected 3 or 4.": "{0} 的 nbformat 是 {1}；应为 3 或 4。",
  "{0} is not a notebook; expected a list of cells.": "{0} 不是笔记本；应有单元格的列表。",
  "Cell {0} of {1} has the type {2}; expected code, markdown or raw.":
    "{1} 的第 {0} 个单元格的类型是 {2}；应为 code、markdown 或 raw。",
  "{0} does not exist.": "{0} 不存在。",
  "{0} is a folder; expected a notebook.": "{0} 是文件夹；应为笔记本。",
  "{0} cannot be read: permission is missing.": "{0} 无法读取：没有读权限。",
  "{0} cannot be read ({1}).": "{0} 无法读取（{1}）。",
  "{a}, or allow it with `--allow {0}`.": "{a}，或用 `--allow {0}` 放行。",
};

/** What may stand at a letter's place in these. */
const commandPhrases: Table = {
  "there is no such file": "没有这个文件",
  "it is a folder": "它是文件夹",

  format: "格式",
  variant: "版本",
  paper: "纸张",
  "kind of problem to allow": "要放行的问题种类",

  "Cell {0} (In [{1}])": "第 {0} 个单元格（In [{1}]）",
  "Cell {0}": "第 {0} 个单元格",
  "cell {0} (In [{1}])": "第 {0} 个单元格（In [{1}]）",
  "cell {0}": "第 {0} 个单元格",
  "the output of {a}": "{a} 的输出",
  "The output of {a}": "{a} 的输出",
  "The text of {a}": "{a} 的文字",
  "The metadata of {a}": "{a} 的元数据",
  "An attachment of {a}": "{a} 的附件",
  "The notebook's metadata": "笔记本的元数据",
  "Line {0} of {a}": "{a} 第 {0} 行",
  "line {0} of {a}": "{a} 第 {0} 行",

  "{a} has {b} without alternative text; describe it": "{a} 的 {b} 没有替代文字；请加上说明",
  "a picture ({0})": "图片（{0}）",
  "the picture {0}": "图片 {0}",
  "{a} failed with {0}; correct it and run it again": "{a} 运行失败：{0}；请改正后再运行",
  "{a} has not run; run it": "{a} 没有运行过；请运行",
  "{a} was edited after it ran; run it again": "{a} 运行之后又被修改；请再运行",
  "{a} ran before {b} gave {0} its value; run it again": "{a} 先于给出 {0} 的 {b} 运行；请再运行",
  "{a} uses {0} of {b}, which must run again; run it after that":
    "{a} 用到 {b} 的 {0}，而后者需要再运行；请在它之后再运行",
  "{a} took {0} from {b} and not from the last cell above it; run all cells from the top":
    "{a} 的 {0} 来自 {b}，而不是上面最近的单元格；请从头运行所有单元格",
  "{a} gave {0} a value that {b} replaced too early; run all cells from the top":
    "{a} 给出的 {0} 过早地被 {b} 替换；请从头运行所有单元格",
  "{a} uses {0} of {b} below it; put it below that": "{a} 用到它下面 {b} 的 {0}；请把它移到后者下面",
  "{a} shows {0} without a still picture or text beside it; show it with a picture":
    "{a} 显示的 {0} 没有附带静态图片或文字；请连同图片一起显示",
  "The notebook's metadata has {a}; take it out": "笔记本的元数据里有 {a}；请去掉",
  "{a} has in its metadata {b}; take it out": "{a} 的元数据里有 {b}；请去掉",
  "{a} shows {b}; take it out": "{a} 的输出里有 {b}；请去掉",
  "is not there; expected a picture in the notebook's folder": "不存在；应为笔记本文件夹里的图片",
  "lies outside the notebook's folder; expected a picture in it":
    "在笔记本的文件夹之外；应为该文件夹里的图片",
  "is a folder; expected a picture": "是文件夹；应为图片",
  "is no picture; expected a file such as figure.svg or figure.png":
    "不是图片；应为 figure.svg 或 figure.png 这样的文件",
  "cannot be read ({0}); expected a picture in the notebook's folder":
    "无法读取（{0}）；应为笔记本文件夹里的图片",
  "cannot be decoded; expected base64 or percent-encoded bytes": "无法解码；应为 base64 或百分号编码的字节",
  "is none of its attachments; expected the name of one": "不在它的附件之中；应为某个附件的名字",
  "is not exported beside it; expected the two to be exported together":
    "没有同它一起导出；这两份笔记本应一起导出",
  "leads nowhere from the export; expected a file beside it": "从导出的文件出发找不到；应为旁边的文件",
  "the path {0}": "路径 {0}",
  "the user's name {0}": "用户名 {0}",
  "what looks like a secret, beginning with {0}": "像是密钥的内容，开头是 {0}",
};

/** The Chinese of a sentence of the command line's, or of what it calls; any other sentence as it is. */
export const chineseOf = translator(
  { ...sentences, ...machineSentences, ...commandSentences },
  { ...phrases, ...machinePhrases, ...commandPhrases },
);
