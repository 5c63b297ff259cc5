import { absConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Abs";
import { acosConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Acos";
import { acoshConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Acosh";
import { addConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Add";
import { addNConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/AddN";
import { allConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/All";
import { anyConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Any";
import { argMaxConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ArgMax";
import { argMinConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ArgMin";
import { asinConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Asin";
import { asinhConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Asinh";
import { atanConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Atan";
import { atan2Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Atan2";
import { atanhConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Atanh";
import { batchMatMulConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul";
import { castConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Cast";
import { ceilConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Ceil";
import { clipByValueConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ClipByValue";
import { complexConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Complex";
import { concatConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Concat";
import { cosConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Cos";
import { coshConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Cosh";
import { cumsumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Cumsum";
import { eluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Elu";
import { eluGradConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/EluGrad";
import { equalConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Equal";
import { erfConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Erf";
import { expConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Exp";
import { expandDimsConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ExpandDims";
import { expm1Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Expm1";
import { fillConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Fill";
import { floorConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Floor";
import { floorDivConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/FloorDiv";
import { gatherV2Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/GatherV2";
import { greaterConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Greater";
import { greaterEqualConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/GreaterEqual";
import { identityConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Identity";
import { isFiniteConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/IsFinite";
import { isInfConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/IsInf";
import { isNaNConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/IsNaN";
import { leakyReluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LeakyRelu";
import { lessConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Less";
import { lessEqualConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LessEqual";
import { linSpaceConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LinSpace";
import { logConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Log";
import { log1pConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Log1p";
import { logicalAndConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalAnd";
import { logicalNotConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalNot";
import { logicalOrConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalOr";
import { maxConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Max";
import { maximumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Maximum";
import { meanConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Mean";
import { minConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Min";
import { minimumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Minimum";
import { modConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Mod";
import { multinomialConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Multinomial";
import { multiplyConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply";
import { negConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Neg";
import { notEqualConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/NotEqual";
import { oneHotConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/OneHot";
import { onesLikeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/OnesLike";
import { packConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Pack";
import { padV2Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/PadV2";
import { powConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Pow";
import { preluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Prelu";
import { prodConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Prod";
import { rangeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Range";
import { realDivConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/RealDiv";
import { reciprocalConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Reciprocal";
import { reluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Relu";
import { relu6Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Relu6";
import { reshapeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape";
import { reverseConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Reverse";
import { roundConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Round";
import { rsqrtConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Rsqrt";
import { selectConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Select";
import { seluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Selu";
import { sigmoidConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sigmoid";
import { signConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sign";
import { sinConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sin";
import { sinhConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sinh";
import { sliceConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Slice";
import { softmaxConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Softmax";
import { softplusConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Softplus";
import { splitVConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/SplitV";
import { sqrtConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sqrt";
import { squareConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Square";
import { squaredDifferenceConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/SquaredDifference";
import { stepConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Step";
import { stridedSliceConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/StridedSlice";
import { subConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sub";
import { sumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sum";
import { tanConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Tan";
import { tanhConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Tanh";
import { tileConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Tile";
import { topKConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/TopK";
import { transposeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Transpose";
import { unpackConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Unpack";
import { unsortedSegmentSumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/UnsortedSegmentSum";
import { zerosLikeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ZerosLike";
import { _fusedMatMulConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/_FusedMatMul";
import { registerKernel } from "@tensorflow/tfjs-core";

/** The CPU backend's kernels behind the operations that a page offers; the whole backend is three times as large. */
export function registerKernels(): void {
  for (const config of [
    absConfig,
    acosConfig,
    acoshConfig,
    addConfig,
    addNConfig,
    allConfig,
    anyConfig,
    argMaxConfig,
    argMinConfig,
    asinConfig,
    asinhConfig,
    atanConfig,
    atan2Config,
    atanhConfig,
    batchMatMulConfig,
    castConfig,
    ceilConfig,
    clipByValueConfig,
    complexConfig,
    concatConfig,
    cosConfig,
    coshConfig,
    cumsumConfig,
    eluConfig,
    eluGradConfig,
    equalConfig,
    erfConfig,
    expConfig,
    expandDimsConfig,
    expm1Config,
    fillConfig,
    floorConfig,
    floorDivConfig,
    gatherV2Config,
    greaterConfig,
    greaterEqualConfig,
    identityConfig,
    isFiniteConfig,
    isInfConfig,
    isNaNConfig,
    leakyReluConfig,
    lessConfig,
    lessEqualConfig,
    linSpaceConfig,
    logConfig,
    log1pConfig,
    logicalAndConfig,
    logicalNotConfig,
    logicalOrConfig,
    maxConfig,
    maximumConfig,
    meanConfig,
    minConfig,
    minimumConfig,
    modConfig,
    multinomialConfig,
    multiplyConfig,
    negConfig,
    notEqualConfig,
    oneHotConfig,
    onesLikeConfig,
    packConfig,
    padV2Config,
    powConfig,
    preluConfig,
    prodConfig,
    rangeConfig,
    realDivConfig,
    reciprocalConfig,
    reluConfig,
    relu6Config,
    reshapeConfig,
    reverseConfig,
    roundConfig,
    rsqrtConfig,
    selectConfig,
    seluConfig,
    sigmoidConfig,
    signConfig,
    sinConfig,
    sinhConfig,
    sliceConfig,
    softmaxConfig,
    softplusConfig,
    splitVConfig,
    sqrtConfig,
    squareConfig,
    squaredDifferenceConfig,
    stepConfig,
    stridedSliceConfig,
    subConfig,
    sumConfig,
    tanConfig,
    tanhConfig,
    tileConfig,
    topKConfig,
    transposeConfig,
    unpackConfig,
    unsortedSegmentSumConfig,
    zerosLikeConfig,
    _fusedMatMulConfig,
  ])
    registerKernel(config);
}
