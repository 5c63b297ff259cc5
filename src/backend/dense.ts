import {
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type NamedTensorMap,
  type Tensor,
  type TensorInfo,
  engine,
  mul,
  registerGradient,
  registerKernel,
  sum,
} from "@tensorflow/tfjs-core";
import { type LayerAttributes, denseInputGradKernel, denseKernel, denseWeightGradKernel } from "../nn/dense";
import { cdf, slope } from "./gelu";
import type { Lender } from "./lender";

/** Of a layer of many networks; rows are all networks' rows, one network after the other. */
interface Sizes {
  networks: number;
  /** Rows of each network. */
  batch: number;
  width: number;
  out: number;
}

/**
 * Registers a layer of many networks and its gradients as kernels of a backend: one call for all of them, sums in
 * double, every value rounded once. Small networks are all calls: composed of operations they take several times longer.
 */
export function registerDense(backendName: string, lender: Lender): void {
  registerKernel({
    kernelName: denseKernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, weight, bias } = inputs as { x: TensorInfo; weight: TensorInfo; bias: TensorInfo };
      const sizes = sizesOf(x, weight);
      return lender.writePair(backend, [sizes.networks, sizes.batch, sizes.out], (y, slopes) => {
        const [from, weights, biases] = [x, weight, bias].map((tensor) => lender.read(backend, tensor));
        forward(sizes, attrs as unknown as LayerAttributes, from!, weights!, biases!, y, slopes);
      });
    },
  });
  registerKernel({
    kernelName: denseInputGradKernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { dy, slope, weight } = gradientInputs(inputs);
      const [networks = 0, out = 0, width = 0] = weight.shape;
      const batch = dy.shape[1]!;
      const { shortcut } = attrs as unknown as LayerAttributes;
      return lender.write(backend, [networks, batch, width], (values) => {
        const [by, slopes, weights] = [dy, slope, weight].map((tensor) => lender.read(backend, tensor));
        inputGradient({ networks, batch, width, out }, shortcut, by!, slopes!, weights!, values);
      });
    },
  });
  registerKernel({
    kernelName: denseWeightGradKernel,
    backendName,
    kernelFunc: ({ inputs, backend }) => {
      const { dy, slope, x } = gradientInputs(inputs);
      const [networks = 0, batch = 0, out = 0] = dy.shape;
      const width = x.shape[2]!;
      return lender.write(backend, [networks, out, width], (values) => {
        const [by, slopes, from] = [dy, slope, x].map((tensor) => lender.read(backend, tensor));
        weightGradient({ networks, batch, width, out }, by!, slopes!, from!, values);
      });
    },
  });
}

registerGradient({
  kernelName: denseKernel,
  inputsToSave: ["x", "weight"],
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const dy = (dys as Tensor[])[0]!;
    const [x, weight, slope] = saved as [Tensor, Tensor, Tensor];
    const run = (kernel: string, inputs: NamedTensorMap): Tensor =>
      engine().runKernel(kernel, inputs, attrs as NamedAttrMap);
    return {
      x: () => {
        const dx = run(denseInputGradKernel, { dy, slope, weight });
        return x.shape[0] === weight.shape[0] ? dx : sum(dx, 0, true);
      },
      weight: () => run(denseWeightGradKernel, { dy, slope, x }),
      bias: () => sum(mul(dy, slope), 1),
    };
  },
});

type GradientInput = "dy" | "slope" | "weight" | "x";

function gradientInputs(inputs: NamedTensorInfoMap): { [name in GradientInput]: TensorInfo } {
  return inputs as { [name in GradientInput]: TensorInfo };
}

function sizesOf(x: TensorInfo, weight: TensorInfo): Sizes {
  const [networks = 0, out = 0, width = 0] = weight.shape;
  return { networks, batch: x.shape[1]!, width, out };
}

function forward(
  { networks, batch, width, out }: Sizes,
  { approximate, shortcut }: LayerAttributes,
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array,
  y: Float32Array,
  slopes: Float32Array,
): void {
  const isTanh = approximate === "tanh";
  // An input that all networks share begins anew with each of them.
  const step = x.length === networks * batch * width ? batch * width : 0;
  for (let network = 0, to = 0; network < networks; network++) {
    for (let row = 0; row < batch; row++) {
      const from = network * step + row * width;
      for (let unit = 0; unit < out; unit++, to++) {
        const own = (network * out + unit) * width;
        let z = bias[network * out + unit]!;
        for (let i = 0; i < width; i++) z += x[from + i]! * weight[own + i]!;
        const share = cdf(z, isTanh);
        y[to] = z * share + (shortcut ? x[from + unit]! : 0);
        slopes[to] = share + z * slope(z, isTanh);
      }
    }
  }
}

/** dx = (dy · gelu'(z)) weight, and with a shortcut dy besides. */
function inputGradient(
  { networks, batch, width, out }: Sizes,
  shortcut: boolean,
  dy: Float32Array,
  slopes: Float32Array,
  weight: Float32Array,
  dx: Float32Array,
): void {
  const sums = new Float64Array(width);
  for (let network = 0, row = 0; network < networks; network++) {
    for (let end = row + batch; row < end; row++) {
      for (let i = 0; i < width; i++) sums[i] = shortcut ? dy[row * out + i]! : 0;
      for (let unit = 0; unit < out; unit++) {
        const dz = dy[row * out + unit]! * slopes[row * out + unit]!;
        const own = (network * out + unit) * width;
        for (let i = 0; i < width; i++) sums[i]! += dz * weight[own + i]!;
      }
      // A loop: `set` would cost more than the sums of a narrow layer.
      for (let i = 0; i < width; i++) dx[row * width + i] = sums[i]!;
    }
  }
}

/** dweight = (dy · gelu'(z))ᵀ x, summed over the network's rows. */
function weightGradient(
  { networks, batch, width, out }: Sizes,
  dy: Float32Array,
  slopes: Float32Array,
  x: Float32Array,
  dweight: Float32Array,
): void {
  const sums = new Float64Array(width);
  const step = x.length === networks * batch * width ? batch * width : 0;
  for (let network = 0, to = 0; network < networks; network++) {
    for (let unit = 0; unit < out; unit++) {
      for (let row = 0; row < batch; row++) {
        const at = (network * batch + row) * out + unit;
        const dz = dy[at]! * slopes[at]!;
        const from = network * step + row * width;
        for (let i = 0; i < width; i++) sums[i] = (row === 0 ? 0 : sums[i]!) + dz * x[from + i]!;
      }
      for (let i = 0; i < width; i++, to++) dweight[to] = sums[i]!;
    }
  }
}
