// @ts-check
// Which of TensorFlow.js a page has: the whole would be three times as large. From the names here everything else is made
// while a page's programs are bundled: what cells import as `tf`, the kernels behind it, their gradients, and the methods
// of tensors. A test compares the reference's list with it.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** @param {string} names */
const listed = (names) => names.trim().split(/\s+/);

/** What cells find in `tf`. */
export const functions = listed(`
  Tensor TensorBuffer Variable abs acos acosh add addN all any argMax argMin asin asinh atan atan2 atanh backend
  broadcastTo buffer cast ceil clipByValue clone concat concat1d concat2d cos cosh cumsum customGrad dispose div divNoNan
  dot elu engine env equal erf exp expandDims expm1 eye fill floor floorDiv gather getBackend grad grads greater
  greaterEqual isFinite isInf isNaN keep leakyRelu less lessEqual linspace log log1p logSigmoid logSoftmax logSumExp
  logicalAnd logicalNot logicalOr logicalXor losses matMul max maximum mean memory min minimum mod moments mul neg
  nextFrame norm notEqual oneHot ones onesLike outerProduct pad pow prelu print prod profile randomNormal
  randomStandardNormal randomUniform range ready reciprocal relu relu6 reshape reverse round rsqrt scalar selu setBackend
  sigmoid sign sin sinh slice softmax softplus split sqrt square squaredDifference squeeze stack step stridedSlice sub sum
  tan tanh tensor tensor1d tensor2d tensor3d tensor4d tidy tile time topk train transpose truncatedNormal unstack util
  valueAndGrad valueAndGrads variable variableGrads where zeros zerosLike
`);

/** The kernels of TensorFlow.js's CPU backend that these functions run. */
const kernels = listed(`
  Abs Acos Acosh Add AddN All Any ArgMax ArgMin Asin Asinh Atan Atan2 Atanh BatchMatMul Cast Ceil ClipByValue Complex
  Concat Cos Cosh Cumsum Elu EluGrad Equal Erf Exp ExpandDims Expm1 Fill Floor FloorDiv GatherV2 Greater GreaterEqual
  Identity IsFinite IsInf IsNaN LeakyRelu Less LessEqual LinSpace Log Log1p LogicalAnd LogicalNot LogicalOr Max Maximum
  Mean Min Minimum Mod Multinomial Multiply Neg NotEqual OneHot OnesLike Pack PadV2 Pow Prelu Prod Range RealDiv
  Reciprocal Relu Relu6 Reshape Reverse Round Rsqrt Select Selu Sigmoid Sign Sin Sinh Slice Softmax Softplus SplitV Sqrt
  Square SquaredDifference Step StridedSlice Sub Sum Tan Tanh Tile TopK Transpose Unpack UnsortedSegmentSum ZerosLike
  _FusedMatMul
`);

/** Methods of tensors that are no function of `tf`; a function has its method, where TensorFlow.js has one. */
const methods = listed(
  "as1D as2D as3D as4D asScalar asType euclideanNorm flatten reshapeAs toBool toFloat toInt",
);

const core = join(dirname(require.resolve("@tensorflow/tfjs-core/package.json")), "dist");
const cpu = join(dirname(require.resolve("@tensorflow/tfjs-backend-cpu/package.json")), "dist");

/** The modules of a folder by their names in lower case: files are `arg_max`, `IsNan_grad`, functions `argMax`, `IsNaN`. */
function modulesIn(/** @type {string} */ folder, ending = ".js") {
  const files = readdirSync(folder).filter((file) => file.endsWith(ending) && !file.endsWith("_test.js"));
  return new Map(files.map((file) => [plain(file.slice(0, -ending.length)), join(folder, file)]));
}

/** @param {string} name */
const plain = (name) => name.replace(/(?!^)_/g, "").toLowerCase();

/** The names that a file exports, or puts on tensors. @param {string} file @param {RegExp} pattern */
const namesIn = (file, pattern) => [...readFileSync(file, "utf8").matchAll(pattern)].map(([, name]) => name);

/** Code that registers the kernels or gradients of files. @param {string[]} files @param {string} register its function */
function registering(files, register) {
  const configs = files.map((file) => namesIn(file, /^export const (\w+Config)\b/gm)[0]);
  const imports = files.map(
    (file, i) => `import { ${configs[i]} as ${register}${i} } from ${JSON.stringify(file)};\n`,
  );
  const registered = files.map((_, i) => `${register}${i}`).join(", ");
  return `${imports.join("")}for (const config of [${registered}]) ${register}(config);`;
}

/** The program of the module `tensorflow` in the page's worker; its types stand in worker/tensorflow.d.ts. */
export function tensorflowOfPages() {
  const kernelModules = modulesIn(join(cpu, "kernels"));
  const gradients = modulesIn(join(core, "gradients"), "_grad.js");
  const chained = modulesIn(join(core, "public", "chained_ops"));
  const offered = new Set([...functions, ...methods].map(plain));
  const kernelFiles = kernels.map((name) => kernelModules.get(plain(name)) ?? "");
  const gradientFiles = kernels.flatMap((name) => gradients.get(plain(name)) ?? []);
  const missing = [...chained].filter(([name]) => !offered.has(name) && !name.startsWith("register"));
  const missingMethods = missing.flatMap(([, file]) => namesIn(file, /\.prototype\.(\w+) =/g));
  return [
    ...[...chained]
      .filter(([name]) => offered.has(name))
      .map(([, file]) => `import ${JSON.stringify(file)};`),
    `import { registerGradient, registerKernel } from "@tensorflow/tfjs-core";`,
    registering(kernelFiles, "registerKernel"),
    registering(gradientFiles, "registerGradient"),
    `export const missingMethods = ${JSON.stringify(missingMethods)};`,
    `export * as tf from "tensorflow/functions";`,
  ].join("\n");
}

/** The program of the module `tensorflow/functions`. */
export function functionsOfPages() {
  return `export { ${functions.join(", ")} } from "@tensorflow/tfjs-core";`;
}
