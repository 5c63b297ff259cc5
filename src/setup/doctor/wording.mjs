// @ts-check
import { inChinese } from "../messages.mjs";

/**
 * Everything `doctor` says, in English and in Chinese; {0}, {1} … stand for what the case fills in.
 * @satisfies {Record<string, readonly [string, string]>}
 */
const table = /** @type {const} */ ({
  ok: ["ok", "正常"],
  missing: ["missing", "缺少"],
  broken: ["broken", "损坏"],
  optional: ["optional", "可选"],

  "Node.js": ["Node.js", "Node.js"],
  "home folder": ["Home folder", "主文件夹"],
  "current folder": ["Current folder", "当前文件夹"],
  "temporary folder": ["Temporary folder", "临时文件夹"],
  cache: ["Cache", "缓存"],
  disk: ["Disk", "磁盘"],
  package: ["This package", "本软件包"],
  "npm packages": ["npm packages", "npm 软件包"],
  build: ["Build", "编译结果"],
  fonts: ["Fonts", "字体"],
  "cells' tslab-gradients": ["Package of cells", "单元格的软件包"],
  "cells' TensorFlow.js": ["TensorFlow.js", "TensorFlow.js"],
  ZeroMQ: ["ZeroMQ", "ZeroMQ"],
  Python: ["Python", "Python"],
  JupyterLab: ["JupyterLab", "JupyterLab"],
  kernelspec: ['Kernel "{0}"', "内核 “{0}”"],
  "no kernelspec": ["Kernel", "内核"],
  "Jupyter's choice": ["Jupyter's choice", "Jupyter 的选择"],
  "JupyterLab extension": ["Lab extension", "JupyterLab 扩展"],
  "native TensorFlow": ["Native TensorFlow", "原生 TensorFlow"],
  "compiled kernels": ["Compiled kernels", "编译的内核函数"],
  "prepared start": ["Prepared start", "内核启动状态"],
  "Plotly's renderer": ["Plotly's renderer", "Plotly 渲染"],
  browser: ["Browser", "浏览器"],

  both: ["{0} {1}", "{0}{1}"],
  and: [", ", "，"],
  also: ["; ", "；"],
  about: ["{0}: {1}", "{0}：{1}"],
  looking: ["Looking …", "正在检查……"],
  allWell: ["All is well.", "一切正常。"],
  oneToMend: ["1 thing to mend.", "有 1 处需要修复。"],
  toMend: ["{0} things to mend.", "有 {0} 处需要修复。"],
  fixable: ["{0} “{1}” does what is safe.", "{0}“{1}” 会完成其中安全的部分。"],
  mending: ["Mending …", "正在修复……"],
  wrote: ["Wrote {0}.", "已写入 {0}。"],
  mendFailed: ["This could not be mended: {0}", "无法修复：{0}"],
  badSeconds: [
    "--timeout takes a number of seconds above 0, not “{0}”.",
    "--timeout 需为大于 0 的秒数，而非 “{0}”。",
  ],

  run: ["Run “{0}”.", "运行 “{0}”。"],
  runIn: ["Run “{0}” in {1}.", "在 {1} 中运行 “{0}”。"],
  again: ["Delete {0}, then run “{1}” in {2}.", "删除 {0}，然后在 {2} 中运行 “{1}”。"],
  againGlobal: ["Run “{0}”, then “{1}”.", "先运行 “{0}”，再运行 “{1}”。"],
  set: ["Set {0} and run “{1}”.", "设置 {0} 并运行 “{1}”。"],
  goodFor: ["Good for {0}.", "用途：{0}。"],

  oldNode: ["{0} is too old", "{0} 版本过旧"],
  newerNode: ["Install Node.js 20 or newer.", "请安装 Node.js 20 或更新版本。"],
  hereGone: ["it was removed", "已被移除"],
  goElsewhere: ["Change to a folder that is there.", "请切换到存在的文件夹。"],
  unset: ["the home folder cannot be found: {0}", "找不到主文件夹：{0}"],
  setHome: ["Set {0} to a folder of yours.", "请把 {0} 设为您自己的文件夹。"],
  unreadable: ["{0} cannot be read ({1})", "{0} 不可读（{1}）"],
  unwritable: ["{0} cannot be written ({1})", "{0} 不可写（{1}）"],
  makeYours: ["Make it yours: its owner or rights are wrong.", "请改正其所有者或权限。"],
  otherTemporary: [
    "Make the folder, or set {0} to one that you can write.",
    "请创建该文件夹，或把 {0} 设为可写的文件夹。",
  ],
  otherCache: [
    "Make it yours, or name another folder in TSLAB_GRADIENTS_CACHE.",
    "请取得其写权限，或用 TSLAB_GRADIENTS_CACHE 指定其他文件夹。",
  ],
  free: ["{0} GB free", "剩余 {0} GB"],
  fullDisk: ["{0} MB free in {1}", "{1} 剩余 {0} MB"],
  freeDisk: ["Free 200 MB or more; a whole set-up takes 3 GB.", "请腾出至少 200 MB；完整安装需要 3 GB。"],

  checkout: ["{0}, a checkout in {1}", "{0}，源码位于 {1}"],
  installed: ["{0}, installed in {1}", "{0}，安装于 {1}"],
  packagesThere: ["all {0} are there", "{0} 个全部就绪"],
  packagesGone: ["missing: {0}", "缺少：{0}"],
  packagesOld: ["not what package-lock.json names", "与 package-lock.json 不一致"],
  buildThere: ["of these sources", "与源码一致"],
  buildCame: ["came with the package", "随软件包提供"],
  buildGone: ["{0} is missing", "缺少 {0}"],
  buildOld: ["older than the sources", "早于源码"],
  fontsThere: ["{0} files in {1}", "{1} 中有 {0} 个文件"],
  fontsGone: ["missing in {0}: {1}", "{0} 中缺少：{1}"],
  ownPackage: ["{0}, this one", "{0}，即本软件包"],
  otherPackage: ["{0} of the project, in {1}", "项目自带的 {0}，位于 {1}"],
  packageBroken: ["{0} has no build", "{0} 没有编译结果"],
  tensorflowUsed: ["{0}, in {1}", "{0}，位于 {1}"],
  tensorflowUnused: ["not used: {0}", "未使用：{0}"],
  tensorflowGone: ["not found from {0}", "从 {0} 找不到"],
  zeromqWorks: ["{0}, sends and receives", "{0}，收发正常"],
  noAnswer: ["no answer within {0} s", "{0} 秒内无响应"],
  loopback: [
    "It is loaded, but 127.0.0.1 carries nothing: let a firewall or sandbox allow it.",
    "已加载，但 127.0.0.1 无法通信：请让防火墙或沙箱放行。",
  ],

  pythonFound: ["{0}, {1}", "{0}，{1}"],
  pythonAdvice: [
    "Install Python 3.10 or newer with its venv module, or name one in TSLAB_GRADIENTS_PYTHON.",
    "请安装 Python 3.10 或更新版本（含 venv 模块），或用 TSLAB_GRADIENTS_PYTHON 指定。",
  ],
  pythonGoodFor: ["JupyterLab here; VS Code does without", "在此使用 JupyterLab；VS Code 无需 Python"],
  venvRuns: ["{0}, Python {1} in {2}", "{0}，Python {1}，位于 {2}"],
  venvGone: ["{0} is not there", "没有 {0}"],
  venvForeign: ["{0} was not made by this set-up", "{0} 不是由本安装程序创建的"],
  moveVenv: ["Move it away, then run “{0}”.", "请将其移走，然后运行 “{0}”。"],
  venvMoved: ["{0} was made for {1}, and this is {2}", "{0} 是为 {1} 创建的，而此处是 {2}"],
  venvInterrupted: ["{0} was left half-made", "{0} 未创建完成"],
  venvPythonGone: ["the Python of {0} was removed", "{0} 所用的 Python 已被移除"],
  venvFails: ["{0} does not run: {1}", "{0} 无法运行：{1}"],
  venvOld: ["not what requirements.txt names", "与 requirements.txt 不一致"],
  deleteAnd: ["Delete {0}, then run “{1}”.", "删除 {0}，然后运行 “{1}”。"],

  specNone: ["no kernelspec leads to this package", "没有指向本软件包的内核说明文件"],
  specNoneAdvice: [
    "“{0}” makes the kernel known to VS Code and Jupyter.",
    "“{0}” 让 VS Code 和 Jupyter 找到内核。",
  ],
  specAnswers: ["answers in {0} ms", "{0} 毫秒内应答"],
  specCell: ["runs a first cell after {0} ms", "{0} 毫秒后运行首个单元格"],
  specOurs: ["this package", "本软件包"],
  specElsewhere: ["tslab-gradients of {0}", "{0} 的 tslab-gradients"],
  specStock: ["stock tslab", "原版 tslab"],
  specOther: ["another program", "其他程序"],
  specUnreadable: ["its kernel.json cannot be read: {0}", "其 kernel.json 不可读：{0}"],
  specMoved: [
    "{0} is gone: that tslab-gradients was moved or removed",
    "{0} 已不存在：该 tslab-gradients 已被移动或删除",
  ],
  specProgramGone: ["its program is gone: {0}", "其程序已不存在：{0}"],
  specNodeGone: ["its Node.js was removed: {0}", "其 Node.js 已被移除：{0}"],
  specForeignAdvice: [
    "It is another program's: mend it there, or delete the folder.",
    "属于其他程序：请在该程序中修复，或删除该文件夹。",
  ],
  specEnded: ["ends at start: {0}", "启动即退出：{0}"],
  specCellFailed: ["runs no cell: {0}", "无法运行单元格：{0}"],
  specSilent: ["does not answer within {0} s", "{0} 秒内未应答"],
  specSlow: ["On a slow machine: “{0}”. Else: {1}", "机器较慢时：“{0}”。否则：{1}"],
  specNotTried: ["not started, since ZeroMQ does not work", "ZeroMQ 不可用，因此未启动"],
  specOtherNode: ["with {0}", "使用 {0}"],
  choice: ["{0} → {1}", "{0} → {1}"],
  choiceHidden: ["{0} takes {1} for “{2}”, which hides {3}", "{0} 把 {1} 用作 “{2}”，遮住了 {3}"],
  choiceHiddenAdvice: [
    "Delete what hides it, or give ours another name: “{0}”.",
    "请删除遮住它的文件夹，或另取名称：“{0}”。",
  ],
  choiceNone: ["{0} knows no kernel of this package", "{0} 找不到本软件包的内核"],
  jupyterHere: [".venv's Jupyter", ".venv 的 Jupyter"],
  jupyterOf: ["Jupyter of {0}", "{0} 的 Jupyter"],
  jupyterAny: ["Jupyter", "Jupyter"],

  labThere: ["of this build, in {0}", "与本次编译一致，位于 {0}"],
  labOld: ["of another build, in {0}", "来自另一次编译，位于 {0}"],
  labGone: ["not in {0}", "不在 {0} 中"],
  labOutdated: ["missing or outdated in {0}", "{0} 中缺少或已过时"],
  labNone: ["there is no JupyterLab to have it", "没有需要它的 JupyterLab"],
  labGoodFor: ["live figures in JupyterLab", "JupyterLab 中的动态图形"],

  nativeWorks: ["computes, started in {0} ms; {1}", "运行正常，{0} 毫秒内启动；{1}"],
  notWanted: ["not wanted: {0}", "未启用：{0}"],
  nativeGoodFor: ["wide networks, which WebAssembly computes slower", "宽网络；WebAssembly 计算较慢"],
  nativeNotTried: ["not set up", "尚未安装"],
  nativeOtherNode: ["built for Node.js {0}, and this is {1}", "为 Node.js {0} 编译，而此处是 {1}"],
  nativeChanged: ["its files changed since it was set up", "安装之后其文件有变"],
  nativeStill: ["{0}; it still computes", "{0}；仍可运行"],
  nativeFails: ["{0}; it does not load: {1}", "{0}；无法加载：{1}"],
  nativeStopped: ["it does not load: {0}", "无法加载：{0}"],
  kernelsWork: ["{0}", "{0}"],
  kernelsNone: ["not compiled", "未编译"],
  kernelsOld: ["of older sources", "来自旧源码"],
  kernelsGoodFor: ["wide networks on native TensorFlow", "原生 TensorFlow 上的宽网络"],
  tried: ["{0} (tried {1})", "{0}（{1} 尝试）"],
  preparedThere: ["for {0}", "适用于 {0}"],
  preparedOther: ["not for {0}: {1}", "不适用于 {0}：{1}"],
  preparedNone: ["not made", "尚未生成"],
  preparedVain: ["{0} cannot make it", "{0} 无法生成"],
  preparedGoodFor: ["a kernel that starts in half the time", "内核启动时间减半"],
  painted: ["SVG and PNG in {0} ms", "{0} 毫秒内绘出 SVG 与 PNG"],
  paintFailed: ["no picture: {0}", "无法绘图：{0}"],
  noBuild: ["the build is missing", "缺少编译结果"],
  browserNone: ["none", "无"],
  browserWrong: [
    "TSLAB_GRADIENTS_BROWSER is {0}, which is not there",
    "TSLAB_GRADIENTS_BROWSER 指定的 {0} 不存在",
  ],
  browserUnset: ["Correct or unset it.", "请更正或取消设置。"],
  browserGoodFor: ["PDF exports and the tests", "导出 PDF 及测试"],
  browserTests: [
    "Good for PDF exports and the tests; “{0}” brings one.",
    "用途：导出 PDF 及测试；“{0}” 会自动获取。",
  ],
  browserInstall: [
    "Good for PDF exports: install Chromium or Google Chrome, or name one in TSLAB_GRADIENTS_BROWSER.",
    "用途：导出 PDF；请安装 Chromium 或 Google Chrome，或用 TSLAB_GRADIENTS_BROWSER 指定。",
  ],
});

/** @typedef {keyof typeof table} WordName */

/** Before and after a path, within which no line may end; a reader does not get them to see. */
export const marks = /** @type {const} */ (["\ue000", "\ue001"]);

/**
 * A path as it stands in a sentence.
 * @param {string} path
 */
export function whole(path) {
  return marks[0] + path + marks[1];
}

/** @param {string} text */
export function unmarked(text) {
  return text.replace(/[\ue000\ue001]/g, "");
}

/**
 * @param {WordName} name
 * @param {...(string | number)} values
 */
export function word(name, ...values) {
  const texts = values.map((value) =>
    /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(String(value)) ? whole(String(value)) : String(value),
  );
  return table[name][inChinese() ? 1 : 0].replace(/\{(\d)\}/g, (_, index) => texts[Number(index)] ?? "");
}

/**
 * A check's name for people.
 * @param {import("./findings.mjs").Finding} finding
 */
export function titleOf({ name, facts }) {
  if (name === "kernelspec" && facts.kernel === undefined) return word("no kernelspec");
  return name in table ? word(/** @type {WordName} */ (name), String(facts.kernel ?? "")) : name;
}
