import "@tensorflow/tfjs-backend-cpu/dist/base";
import { absConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Abs";
import { addConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Add";
import { batchMatMulConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul";
import { castConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Cast";
import { concatConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Concat";
import { erfConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Erf";
import { fillConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Fill";
import { identityConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Identity";
import { meanConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Mean";
import { multiplyConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply";
import { realDivConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/RealDiv";
import { reshapeConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape";
import { squaredDifferenceConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/SquaredDifference";
import { subConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sub";
import { sumConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sum";
import { engine, registerGradient, registerKernel, setBackend } from "@tensorflow/tfjs-core";
import { addGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Add_grad";
import { batchMatMulGradConfig } from "@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad";
import { identityGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Identity_grad";
import { meanGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Mean_grad";
import { reshapeGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Reshape_grad";
import { squaredDifferenceGradConfig } from "@tensorflow/tfjs-core/dist/gradients/SquaredDifference_grad";
import { registerCpuKernels } from "../tensorflow/plainkernels";
import { type ExplorerLibrary, readSpec } from "../figures/explorespec";
import { LiveFigure } from "./explorer";

const kernels = [
  absConfig,
  addConfig,
  batchMatMulConfig,
  castConfig,
  concatConfig,
  erfConfig,
  fillConfig,
  identityConfig,
  meanConfig,
  multiplyConfig,
  realDivConfig,
  reshapeConfig,
  squaredDifferenceConfig,
  subConfig,
  sumConfig,
];
const gradients = [
  addGradConfig,
  batchMatMulGradConfig,
  identityGradConfig,
  meanGradConfig,
  reshapeGradConfig,
  squaredDifferenceGradConfig,
];

/** Starts TensorFlow.js's CPU backend with the few operations that the network and its gradients take. */
function startEngine(): void {
  for (const config of kernels) registerKernel(config);
  for (const config of gradients) registerGradient(config);
  registerCpuKernels();
  // Its first use prints a banner that advertises tfjs-node.
  (engine().findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
  void setBackend("cpu");
}

startEngine();

const library: ExplorerLibrary = {
  mount: (node, spec, options) => new LiveFigure(node, readSpec(spec), { ...options }),
  read: readSpec,
};

(globalThis as { tslabGradientsExplorer?: ExplorerLibrary }).tslabGradientsExplorer = library;
