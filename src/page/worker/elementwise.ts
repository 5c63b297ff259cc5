import { absConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Abs";
import { acosConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Acos";
import { acoshConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Acosh";
import { addConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Add";
import { addNConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/AddN";
import { asinConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Asin";
import { asinhConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Asinh";
import { atanConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Atan";
import { atan2Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Atan2";
import { atanhConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Atanh";
import { ceilConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Ceil";
import { clipByValueConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ClipByValue";
import { cosConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Cos";
import { coshConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Cosh";
import { eluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Elu";
import { eluGradConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/EluGrad";
import { equalConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Equal";
import { erfConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Erf";
import { expConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Exp";
import { expm1Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Expm1";
import { floorConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Floor";
import { floorDivConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/FloorDiv";
import { greaterConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Greater";
import { greaterEqualConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/GreaterEqual";
import { isFiniteConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/IsFinite";
import { isInfConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/IsInf";
import { isNaNConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/IsNaN";
import { leakyReluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LeakyRelu";
import { lessConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Less";
import { lessEqualConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LessEqual";
import { logConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Log";
import { log1pConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Log1p";
import { logicalAndConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalAnd";
import { logicalNotConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalNot";
import { logicalOrConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalOr";
import { maximumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Maximum";
import { minimumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Minimum";
import { modConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Mod";
import { multiplyConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply";
import { negConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Neg";
import { notEqualConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/NotEqual";
import { powConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Pow";
import { preluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Prelu";
import { realDivConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/RealDiv";
import { reciprocalConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Reciprocal";
import { reluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Relu";
import { relu6Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Relu6";
import { roundConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Round";
import { rsqrtConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Rsqrt";
import { seluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Selu";
import { sigmoidConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sigmoid";
import { signConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sign";
import { sinConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sin";
import { sinhConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sinh";
import { softplusConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Softplus";
import { sqrtConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sqrt";
import { squareConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Square";
import { squaredDifferenceConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/SquaredDifference";
import { stepConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Step";
import { subConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sub";
import { tanConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Tan";
import { tanhConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Tanh";

/** The CPU backend's kernels that work on each element by itself. */
export const elementwise = [
  absConfig,
  acosConfig,
  acoshConfig,
  addConfig,
  addNConfig,
  asinConfig,
  asinhConfig,
  atanConfig,
  atan2Config,
  atanhConfig,
  ceilConfig,
  clipByValueConfig,
  cosConfig,
  coshConfig,
  eluConfig,
  eluGradConfig,
  equalConfig,
  erfConfig,
  expConfig,
  expm1Config,
  floorConfig,
  floorDivConfig,
  greaterConfig,
  greaterEqualConfig,
  isFiniteConfig,
  isInfConfig,
  isNaNConfig,
  leakyReluConfig,
  lessConfig,
  lessEqualConfig,
  logConfig,
  log1pConfig,
  logicalAndConfig,
  logicalNotConfig,
  logicalOrConfig,
  maximumConfig,
  minimumConfig,
  modConfig,
  multiplyConfig,
  negConfig,
  notEqualConfig,
  powConfig,
  preluConfig,
  realDivConfig,
  reciprocalConfig,
  reluConfig,
  relu6Config,
  roundConfig,
  rsqrtConfig,
  seluConfig,
  sigmoidConfig,
  signConfig,
  sinConfig,
  sinhConfig,
  softplusConfig,
  sqrtConfig,
  squareConfig,
  squaredDifferenceConfig,
  stepConfig,
  subConfig,
  tanConfig,
  tanhConfig,
];
