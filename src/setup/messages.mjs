// @ts-check

/**
 * Everything set-up says, in English and in Chinese; {0}, {1} … stand for what the case fills in.
 * @satisfies {Record<string, readonly [string, string]>}
 */
const table = /** @type {const} */ ({
  stepDependencies: ["npm packages", "npm 软件包"],
  stepSelf: ["node_modules/tslab-gradients", "node_modules/tslab-gradients"],
  stepBuild: ["Build", "编译"],
  stepEngine: ["Kernel's start", "内核启动状态"],
  stepPython: ["Python environment .venv", "Python 环境 .venv"],
  stepJupyter: ["JupyterLab", "JupyterLab"],
  stepExtras: ["What only set-up adds", "安装时才补上的部分"],
  stepNative: ["Native TensorFlow", "原生 TensorFlow"],
  stepLibraries: ["TensorFlow's libraries", "TensorFlow 的库"],
  stepKernels: ["Compiled kernels", "编译的内核函数"],
  stepKernelspec: ['Jupyter kernel "tslab"', "Jupyter 内核 “tslab”"],
  stepLabextension: ["JupyterLab extension", "JupyterLab 扩展"],
  stepTestPackages: ["Python packages for the tests", "测试所用的 Python 软件包"],
  stepBrowser: ["Browser for the tests", "测试所用的浏览器"],

  done: ["{0}: done in {1} s", "{0}：完成，用时 {1} 秒"],
  failed: ["{0}: {1}", "{0}：{1}"],
  packages: ["{0} of {1} packages", "已获取 {0} / {1} 个软件包"],
  installing: ["installing", "正在安装"],
  megabytes: ["download: {0} of {1} MB", "下载：{0} / {1} MB"],
  unpacking: ["unpacking: {0} of {1} MB", "解压：{0} / {1} MB"],
  compiling: ["compiling with {0}", "正在用 {0} 编译"],
  fetchingCompiler: ["no compiler found; fetching one", "未找到编译器，正在获取"],
  trying: ["trying it", "正在试运行"],
  ownDownload: ["the package's own download", "使用该软件包自带的下载方式"],
  waiting: [
    "Another set-up (process {0}) is at work; waiting for it …",
    "另一个安装进程（{0}）正在运行，等待中……",
  ],
  looking: [
    "A set-up on another machine or in another container (process {0}) was at work; looking whether it still is …",
    "另一台机器或容器中的安装进程（{0}）曾在运行，正在确认它是否仍在运行……",
  ],
  ready: ["Everything is ready.", "一切就绪。"],
  interrupted: [
    "Stopped. Run the same command again: it goes on from here.",
    "已中断。再次运行同一命令即可从这里继续。",
  ],
  nativeUnavailable: [
    "Native TensorFlow is not available here, so WebAssembly does the work: same numbers, slower on wide networks. " +
      "It is tried again {1}, or at once with TSLAB_GRADIENTS_NATIVE=1. The reason: {0}.",
    "此处无法使用原生 TensorFlow，改用 WebAssembly：结果相同，宽网络会慢一些。" +
      "{1}会自动重试，或设置 TSLAB_GRADIENTS_NATIVE=1 立即重试。原因：{0}。",
  ],
  inADay: ["in a day", "一天后"],
  nextTime: ["at the next run", "下次运行时"],
  notInstalled: ["@tensorflow/tfjs-node is not installed", "未安装 @tensorflow/tfjs-node"],
  noAvx: ["this processor lacks AVX", "此处理器不支持 AVX"],
  kernelsUnavailable: [
    "The kernels for wide networks could not be compiled here, so TensorFlow does without them: slower, and no less right. " +
      "They are tried again {1}. The reason: {0}.",
    "此处无法编译用于宽网络的内核函数，改由 TensorFlow 完成：会慢一些，结果同样正确。{1}会自动重试。原因：{0}。",
  ],
  kernelsFail: ["they were compiled but do not run", "已编译但无法运行"],
  ownDownloadFailed: ["its download failed", "下载失败"],
  bindingFails: ["it was built but does not run", "已编译但无法运行"],
  noCompiler: ["no C++ compiler works here", "没有可用的 C++ 编译器"],
  checkFailed: ["Failed: {0}.", "未通过：{0}。"],

  oldNode: [
    "Node.js {0} is too old: install Node.js 20 or newer, then run this again.",
    "Node.js {0} 版本过旧：请安装 Node.js 20 或更新版本后再运行。",
  ],
  noNpm: [
    "npm was not found: install it (it comes with Node.js), then run this again.",
    "未找到 npm：请先安装（随 Node.js 提供）再运行。",
  ],
  network: [
    "{0} could not reach its package registry: check the network connection and {0}'s proxy and mirror settings, then run this again ({1}).",
    "{0} 无法连接软件包仓库：请检查网络连接以及 {0} 的代理与镜像设置后再运行（{1}）。",
  ],
  noAnswer: ["no answer", "无应答"],
  notRegistry: [
    "{0} got an answer that no package registry gives, such as a network's log-in page: log in with a browser, or check {0}'s proxy and mirror settings, then run this again.",
    "{0} 收到的应答并非来自软件包仓库，可能是网络的登录页面：请先用浏览器登录，或检查 {0} 的代理与镜像设置后再运行。",
  ],
  certificate: [
    "{0} does not trust the certificate of its package registry: tell {0} of your network's certificate authority, then run this again ({1}).",
    "{0} 不信任软件包仓库的证书：请为 {0} 配置所在网络的证书颁发机构后再运行（{1}）。",
  ],
  disk: [
    "There is too little disk space in {0}: free {1} MB or more, then run this again.",
    "{0} 磁盘空间不足：请腾出至少 {1} MB 后再运行。",
  ],
  cacheDisk: [
    "{0} has too little space: free {1} MB, or name a folder on a larger disk in TSLAB_GRADIENTS_CACHE",
    "{0} 空间不足：请腾出 {1} MB，或用 TSLAB_GRADIENTS_CACHE 指定更大磁盘上的文件夹",
  ],
  unwritable: [
    "{0} cannot be written: make it yours, or copy the project to a folder of your own, then run this again.",
    "{0} 不可写：请取得其写权限，或把项目复制到自己的文件夹后再运行。",
  ],
  unwritableCache: [
    "The cache folder {0} cannot be written: make it yours, or name another folder in TSLAB_GRADIENTS_CACHE.",
    "缓存文件夹 {0} 不可写：请取得其写权限，或用 TSLAB_GRADIENTS_CACHE 指定其他文件夹。",
  ],
  inUse: [
    "{0} is in use: close the notebooks, JupyterLab and VS Code that use it, then run this again.",
    "{0} 正在使用：请关闭用到它的笔记本、JupyterLab 和 VS Code 后再运行。",
  ],
  longPath: [
    "Windows lets a path be 260 characters long, and those in {0} would be longer: move the folder nearer to the drive's root, or enable long paths in Windows, then run this again.",
    "Windows 的路径最多 260 个字符，而 {0} 中的路径会更长：请把该文件夹移到离盘符更近的位置，或在 Windows 中启用长路径后再运行。",
  ],
  temporaryFolder: [
    "The folder for temporary files, {0} ({2}), is missing or cannot be written; {1} is used in its place.",
    "存放临时文件的文件夹 {0}（{2}）不存在或不可写，改用 {1}。",
  ],
  hashes: [
    "{0} was handed a file whose checksum is not the locked one: check {0}'s mirror settings, then run this again ({1}).",
    "{0} 收到的文件与锁定的校验和不符：请检查 {0} 的镜像设置后再运行（{1}）。",
  ],
  lockOutdated: [
    "package-lock.json does not fit package.json: run “npm install --package-lock-only”, then this again.",
    "package-lock.json 与 package.json 不一致：请先运行 “npm install --package-lock-only”。",
  ],
  toolFailed: ["{0} failed: {1} Its whole output is in {2}.", "{0} 失败：{1} 完整输出见 {2}。"],
  buildFailed: ["The build failed; the lines above say where.", "编译失败，原因见上。"],
  noPython: [
    "Python 3.10 or newer was not found, and JupyterLab needs it: install it, or name one in TSLAB_GRADIENTS_PYTHON, then run this again; " +
      "VS Code can do without: “node dist/cli.js install --user” makes the kernel known to it.",
    "未找到 Python 3.10 或更新版本，而 JupyterLab 需要它：请安装，或用 TSLAB_GRADIENTS_PYTHON 指定后再运行；" +
      "VS Code 无需 Python：运行 “node dist/cli.js install --user” 即可注册内核。",
  ],
  badPython: [
    "TSLAB_GRADIENTS_PYTHON is {0}, which is not a Python 3.10 or newer that runs: correct or unset it.",
    "TSLAB_GRADIENTS_PYTHON 的值 {0} 不是可运行的 Python 3.10 或更新版本：请更正或取消设置。",
  ],
  noVenv: [
    "{0} cannot make virtual environments: install its venv module (on Debian and Ubuntu: “apt install {1}”), or name another Python in TSLAB_GRADIENTS_PYTHON.",
    "{0} 无法创建虚拟环境：请安装其 venv 模块（Debian 与 Ubuntu：“apt install {1}”），或用 TSLAB_GRADIENTS_PYTHON 指定其他 Python。",
  ],
  foreignVenv: [
    "{0} was not made by this set-up, so it stays untouched: move it away or delete it, then run this again.",
    "{0} 不是由本安装程序创建的，因此未作改动：请将其移走或删除后再运行。",
  ],
  foreignFolder: [
    "{0} is in the way: move it away or delete it, then run this again.",
    "{0} 阻碍了安装：请将其移走或删除后再运行。",
  ],
  noBrowser: [
    "No browser runs here, and the tests need one: install Chromium or Google Chrome, or name one in TSLAB_GRADIENTS_BROWSER.",
    "没有可用的浏览器，而测试需要它：请安装 Chromium 或 Google Chrome，或用 TSLAB_GRADIENTS_BROWSER 指定。",
  ],
  badBrowser: [
    "TSLAB_GRADIENTS_BROWSER is {0}, which does not run: correct or unset it.",
    "TSLAB_GRADIENTS_BROWSER 的值 {0} 无法运行：请更正或取消设置。",
  ],
  usage: [
    "Usage: node src/setup/main.mjs setup | build | test [vitest arguments] | test:long [vitest arguments] | start [jupyter lab arguments]",
    "用法：node src/setup/main.mjs setup | build | test [vitest 参数] | test:long [vitest 参数] | start [jupyter lab 参数]",
  ],
});

/** @typedef {keyof typeof table} MessageName */

/**
 * Whether the user reads Chinese: as TSLAB_GRADIENTS_LANGUAGE says, or by POSIX's variables or, where these are not used,
 * the system's own setting.
 */
export function inChinese(env = process.env, platform = process.platform, locale = systemLocale) {
  const { TSLAB_GRADIENTS_LANGUAGE: chosen } = env;
  if (chosen) return chosen.toLowerCase().startsWith("zh");
  const set = env.LC_ALL || env.LC_MESSAGES || env.LANG;
  if (set === undefined && ["win32", "darwin"].includes(platform)) {
    return locale().startsWith("zh");
  }
  const plain = !set || /^(C|POSIX)\b/.test(set);
  return ((!plain && env.LANGUAGE) || set || env.LANGUAGE || "").toLowerCase().startsWith("zh");
}

const systemLocale = () => Intl.DateTimeFormat().resolvedOptions().locale;

/**
 * @param {MessageName} name
 * @param {...(string | number)} values
 */
export function message(name, ...values) {
  const text = table[name][inChinese() ? 1 : 0];
  return text.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));
}
