import { allConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/All";
import { anyConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Any";
import { argMaxConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ArgMax";
import { argMinConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ArgMin";
import { batchMatMulConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul";
import { castConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Cast";
import { complexConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Complex";
import { concatConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Concat";
import { cumsumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Cumsum";
import { expandDimsConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ExpandDims";
import { fillConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Fill";
import { gatherV2Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/GatherV2";
import { identityConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Identity";
import { linSpaceConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/LinSpace";
import { maxConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Max";
import { meanConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Mean";
import { minConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Min";
import { multinomialConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Multinomial";
import { oneHotConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/OneHot";
import { onesLikeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/OnesLike";
import { packConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Pack";
import { padV2Config } from "@tensorflow/tfjs-backend-cpu/dist/kernels/PadV2";
import { prodConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Prod";
import { rangeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Range";
import { reshapeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape";
import { reverseConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Reverse";
import { selectConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Select";
import { sliceConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Slice";
import { softmaxConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Softmax";
import { splitVConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/SplitV";
import { stridedSliceConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/StridedSlice";
import { sumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sum";
import { tileConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Tile";
import { topKConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/TopK";
import { transposeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Transpose";
import { unpackConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Unpack";
import { unsortedSegmentSumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/UnsortedSegmentSum";
import { zerosLikeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/ZerosLike";
import { _fusedMatMulConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/_FusedMatMul";

/** The CPU backend's kernels that join, cut, sum and arrange tensors. */
export const shaping = [
  allConfig,
  anyConfig,
  argMaxConfig,
  argMinConfig,
  batchMatMulConfig,
  castConfig,
  complexConfig,
  concatConfig,
  cumsumConfig,
  expandDimsConfig,
  fillConfig,
  gatherV2Config,
  identityConfig,
  linSpaceConfig,
  maxConfig,
  meanConfig,
  minConfig,
  multinomialConfig,
  oneHotConfig,
  onesLikeConfig,
  packConfig,
  padV2Config,
  prodConfig,
  rangeConfig,
  reshapeConfig,
  reverseConfig,
  selectConfig,
  sliceConfig,
  softmaxConfig,
  splitVConfig,
  stridedSliceConfig,
  sumConfig,
  tileConfig,
  topKConfig,
  transposeConfig,
  unpackConfig,
  unsortedSegmentSumConfig,
  zerosLikeConfig,
  _fusedMatMulConfig,
];
