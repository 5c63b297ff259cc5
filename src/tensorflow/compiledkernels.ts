import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Addon } from "./addon";
import {
  type LayerArithmetic,
  type LayerSizes,
  layerSizes,
  partOf,
  plainArithmetic,
  products,
} from "./layerarithmetic";
import type { WideLayer } from "./layerkernels";
import type { TensorAccess } from "./tensoraccess";
import { type ScaledSum, plainScaledSum } from "./trainingkernels";
import { type GeluArithmetic, plainGelu } from "./unarykernels";

/** Arrays so short lie among JavaScript's objects, and handing them over moves them: it takes longer than their sums. */
const fewProducts = 128;
const fewElements = 64;

/** Small layers by the compiled kernels, the smallest in JavaScript. */
export function compiledArithmetic(addon: Addon): LayerArithmetic {
  const isTiny = (sizes: LayerSizes): boolean => sizes.networks * products(sizes) <= fewProducts;
  return {
    forward(sizes, attributes, x, weight, bias, y, slopes) {
      if (isTiny(sizes)) return plainArithmetic.forward(sizes, attributes, x, weight, bias, y, slopes);
      const { networks, batch, width, out } = sizes;
      const { approximate, shortcut } = attributes;
      const shared = x.length < networks * batch * width;
      const isTanh = approximate === "tanh";
      addon.forward(x, weight, bias, y, slopes, networks, batch, width, out, shared, shortcut, isTanh);
    },
    gradients(sizes, shortcut, dy, slopes, x, weight, dx, dweight, dbias) {
      if (isTiny(sizes))
        return plainArithmetic.gradients(sizes, shortcut, dy, slopes, x, weight, dx, dweight, dbias);
      const { networks, batch, width, out } = sizes;
      const shared = x.length < networks * batch * width;
      addon.backward(
        ...([dy, slopes, x, weight, dx, dweight, dbias] as const),
        ...([networks, batch, width, out, shared, shortcut, false] as const),
      );
    },
  };
}

/** Wide layers by the compiled kernels. */
export function compiledLayer(addon: Addon, access: TensorAccess): WideLayer {
  return {
    forward(x, weight, bias, { approximate, shortcut }, backend) {
      const { networks, batch, width, out } = layerSizes(x, weight);
      const shape = [...weight.shape.slice(0, -2), batch, out];
      const [y, slope] = access.writeAll(backend, [shape, shape], ([y, slopes]) => {
        const [from, weights, biases] = [x, weight, bias].map((tensor) => access.read(backend, tensor));
        for (let network = 0; network < networks; network++) {
          const part = (values: Float32Array, size: number): Float32Array =>
            partOf(values, networks, network, size);
          const own = from!.length < networks * batch * width ? from! : part(from!, batch * width);
          const to = part(y!, batch * out);
          addon.product(own, width, 1, part(weights!, out * width), 1, width, null, to, batch, out, width);
          addon.activate(
            part(biases!, out),
            shortcut ? own : null,
            to,
            part(slopes!, batch * out),
            batch,
            out,
            approximate === "tanh",
          );
        }
      }) as [TensorInfo, TensorInfo];
      return [y, access.forGradient(slope)];
    },
    slope(dy, slope, backend) {
      const [batch = 0, out = 0] = dy.shape.slice(-2);
      const networks = dy.size / (batch * out);
      const sums = [...dy.shape.slice(0, -2), out];
      return access.writeAll(backend, [dy.shape, sums], ([dz, dbias]) => {
        const by = access.read(backend, dy);
        const slopes = access.read(backend, slope, by.length);
        for (let network = 0; network < networks; network++) {
          const [a, b, c] = [by, slopes, dz!].map((values) => partOf(values, networks, network, batch * out));
          addon.slope(a!, b!, c!, partOf(dbias!, networks, network, out), batch, out);
        }
      });
    },
    inputGradient(dz, weight, dy, shortcut, backend) {
      const [batch = 0, out = 0] = dz.shape.slice(-2);
      const width = weight.shape.at(-1)!;
      const networks = dz.size / (batch * out);
      return access.write(backend, [...dz.shape.slice(0, -1), width], (dx) => {
        const [from, weights] = [access.read(backend, dz), access.read(backend, weight)];
        const around = shortcut ? access.read(backend, dy) : null;
        for (let network = 0; network < networks; network++) {
          const a = partOf(from, networks, network, batch * out);
          const b = partOf(weights, networks, network, out * width);
          const c = partOf(dx, networks, network, batch * width);
          const base = around && partOf(around, networks, network, batch * width);
          addon.product(a, out, 1, b, width, 1, base, c, batch, width, out);
        }
      });
    },
  };
}

/** GELU by the compiled kernels, of few elements in JavaScript. */
export function compiledGelu(addon: Addon): GeluArithmetic {
  return {
    forward(x, y, width, isTanh) {
      if (x.length <= fewElements) return plainGelu.forward(x, y, width, isTanh);
      y.set(x);
      addon.activate(null, null, y, new Float32Array(x.length), x.length / width, width, isTanh);
    },
    gradient(dy, x, dx, width, isTanh) {
      if (x.length <= fewElements) return plainGelu.gradient(dy, x, dx, width, isTanh);
      addon.activate(null, null, x.slice(), dx, x.length / width, width, isTanh);
      for (let i = 0; i < dx.length; i++) dx[i]! *= dy[i]!;
    },
  };
}

/** Fused multiply-adds by the compiled kernels, few of them in JavaScript. */
export function compiledScaledSum(addon: Addon): ScaledSum {
  return (a, b, alpha, sum) =>
    a.length <= fewElements ? plainScaledSum(a, b, alpha, sum) : addon.addScaled(a, b, alpha, sum, a.length);
}
