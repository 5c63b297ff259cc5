import { phrases, sentences } from "./cellsentences";
import { type Table, translator } from "./translator";

/** What the kernel alone says, of files, programs and the machine; a page says none of it. */
export const machineSentences: Table = {
  // backends
  'The environment variable {0} is {1}; expected 0, or instructions that this processor has: "baseline", "avx2" or "avx512".':
    '环境变量 {0} 是 {1}；应为 0，或这台机器的处理器具备的指令集："baseline"、"avx2" 或 "avx512"。',
  'Native TensorFlow cannot be loaded: {0}. Run "npm run setup".':
    '无法加载原生 TensorFlow：{0}。请运行 "npm run setup"。',
  "TensorFlow.js runs on {0}, which this package did not start.":
    "TensorFlow.js 正在 {0} 上运行，而它不是由本软件包启动的。",
  "setBackend({0}) was called inside a loss; expected it before or after a backward pass.":
    "在计算损失的途中调用了 setBackend({0})；应在反向传播之前或之后调用。",
  'The backend {0} cannot start: {a} Run "npm run setup".': '后端 {0} 无法启动：{a} 请运行 "npm run setup"。',
  '{a} is {b}; expected "native", "wasm" or "cpu".': '{a} 是 {b}；应为 "native"、"wasm" 或 "cpu"。',
  "A cell has left {0} MB of tensors behind, which are freed only where they are searched for; tf.tidy(() => …) around a loop's body frees them at once.":
    "有单元格留下了 {0} MB 不再使用的张量，要等到清查时才会释放；用 tf.tidy(() => …) 包住循环体，就能立即释放。",

  // the kernel's engine
  "The thread that draws figures ended, with exit code {0}, before it had drawn this one.":
    "画图的线程还没画好这张图就结束了，退出码为 {0}。",
  "{0} would end the kernel; restart it from the front end's menu instead.":
    "{0} 会结束内核；请改用前端菜单里的重启。",
  "The cell was interrupted.": "单元格已被中断。",
  "input can ask only in the kernel of tslab-gradients; this is another one.":
    "input 只能在 tslab-gradients 的内核里提问；这里是别的内核。",
  "The cell does not compile.": "单元格无法编译。",
  '{0}: "target" is {1}; cells are compiled to ES2022.': '{0}："target" 是 {1}；单元格会编译为 ES2022。',
  '{0}: "jsx" keeps JSX as it is, which Node.js cannot run; cells are compiled for React.':
    '{0}："jsx" 让 JSX 保持原样，而 Node.js 无法运行它；单元格按 React 编译。',

  // the kernel's front
  "The connection file {0} is missing.": "找不到连接文件 {0}。",
  "The connection file {0} cannot be read ({1}).": "连接文件 {0} 无法读取（{1}）。",
  "The connection file {0} is not JSON.": "连接文件 {0} 不是 JSON。",
  "The connection file {0} is not a JSON object.": "连接文件 {0} 不是 JSON 对象。",
  'The connection file {0} has the transport {1}; expected "tcp" or "ipc".':
    '连接文件 {0} 的 transport 是 {1}；应为 "tcp" 或 "ipc"。',
  "The connection file {0} has the ip {1}; expected an address.": "连接文件 {0} 的 ip 是 {1}；应为地址。",
  "The connection file {0} has a key that is not a string.": "连接文件 {0} 的 key 不是字符串。",
  'The connection file {0} has the signature_scheme {1}; expected one such as "hmac-sha256".':
    '连接文件 {0} 的 signature_scheme 是 {1}；应为 "hmac-sha256" 之类。',
  "The connection file {0} has the {1}_port {2}; expected a whole number from 1 to 65535.":
    "连接文件 {0} 的 {1}_port 是 {2}；应为 1 到 65535 的整数。",
  "The connection file {0} has a {1} that is not a CurveZMQ key; expected 40 characters of Z85.":
    "连接文件 {0} 的 {1} 不是 CurveZMQ 密钥；应为 40 个 Z85 字符。",
  "No connection file was named: --config-path is missing.": "没有指明连接文件：缺少 --config-path。",
  "The {0} channel's address {1} is in use by another program.": "{0} 通道的地址 {1} 正被别的程序占用。",
  "The kernel cannot listen at the {0} channel's address {1}: {2}.":
    "内核无法在 {0} 通道的地址 {1} 上监听：{2}。",
  'The kernel\'s engine ended {0} times before it was ready ({a}): run "npx tslab-gradients doctor".':
    '内核的引擎尚未就绪就结束了 {0} 次（{a}）：请运行 "npx tslab-gradients doctor"。',
  "The process that runs the cells ended ({a}). A new one has taken its place; variables are lost.":
    "运行单元格的进程已结束（{a}）。新的进程已经接替它；变量已丢失。",
  "The process that runs the cells ended ({a}, perhaps for want of memory). A new one has taken its place; variables are lost.":
    "运行单元格的进程已结束（{a}，可能是内存不足）。新的进程已经接替它；变量已丢失。",
  "The cell is in code that cannot be interrupted. In {0} seconds the kernel starts anew and its variables are lost; interrupt once more to do so now.":
    "单元格正在运行无法中断的代码。{0} 秒后内核将重新启动，变量会丢失；再中断一次则立即重启。",
  "The cell could only be stopped by starting the kernel's engine anew; variables are lost.":
    "只有重新启动内核的引擎才能停下这个单元格；变量已丢失。",
  "The request {0} is not supported by this kernel.": "本内核不支持请求 {0}。",
  "{a} is {b}; expected a whole number from 0 on.": "{a} 是 {b}；应为不小于 0 的整数。",
  "{a} is {b}; expected a string, or nothing.": "{a} 是 {b}；应为字符串，或者没有。",
  "A message was ignored: {a}.": "有一条消息被忽略：{a}。",
};

/** What may stand at a letter's place in these. */
export const machinePhrases: Table = {
  "{0}_request's {1}": "{0}_request 的 {1}",
  "comm_{0}'s {1}": "comm_{0} 的 {1}",
  "exit code {0}": "退出码 {0}",
  "its type is {0}": "它的类型是 {0}",
  "it has no delimiter": "它没有分隔符",
  "frames are missing": "缺少帧",
  "its header has no {0}": "它的消息头没有 {0}",
  "its signature is wrong": "它的签名不对",
  "it came before": "它以前来过",
  "a part of it is not JSON": "它有一部分不是 JSON",
  "a part of it is not a JSON object": "它有一部分不是 JSON 对象",
};

/** The Chinese of a sentence of the kernel's or of what cells call; any other sentence as it is. */
export const chineseOf = translator({ ...sentences, ...machineSentences }, { ...phrases, ...machinePhrases });
