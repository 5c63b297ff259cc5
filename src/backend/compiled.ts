import { type KernelFunc, type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { Addon } from "./addon";
import { type LayerArithmetic, type LayerSizes, layerSizes, plainArithmetic, products } from "./layer";
import type { Lender } from "./lender";
import type { WideLayer } from "./widelayer";

/** Arrays so short lie among JavaScript's objects, and handing them over moves them: it takes longer than their sums. */
const fewProducts = 128;

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
export function compiledLayer(addon: Addon, lender: Lender): WideLayer {
  return {
    forward(x, weight, bias, { approximate, shortcut }, backend) {
      const { networks, batch, width, out } = layerSizes(x, weight);
      const shape = [...weight.shape.slice(0, -2), batch, out];
      const [y, slope] = lender.writeAll(backend, [shape, shape], ([y, slopes]) => {
        const [from, weights, biases] = [x, weight, bias].map((tensor) => lender.read(backend, tensor));
        for (let network = 0; network < networks; network++) {
          const part = (values: Float32Array, size: number): Float32Array =>
            stretch(values, networks, network, size);
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
      // An output that no gradient reaches is given one of zeros, as large as its shape says: all that anybody needs of
      // the slope is where its values lie.
      return [y, { ...slope, shape: [0] }];
    },
    slope(dy, slope, backend) {
      const [batch = 0, out = 0] = dy.shape.slice(-2);
      const networks = dy.size / (batch * out);
      const sums = [...dy.shape.slice(0, -2), out];
      return lender.writeAll(backend, [dy.shape, sums], ([dz, dbias]) => {
        const [by, slopes] = [lender.read(backend, dy), lender.read(backend, slope)];
        for (let network = 0; network < networks; network++) {
          const [a, b, c] = [by, slopes, dz!].map((values) =>
            stretch(values, networks, network, batch * out),
          );
          addon.slope(a!, b!, c!, stretch(dbias!, networks, network, out), batch, out);
        }
      });
    },
    inputGradient(dz, weight, dy, shortcut, backend) {
      const [batch = 0, out = 0] = dz.shape.slice(-2);
      const width = weight.shape.at(-1)!;
      const networks = dz.size / (batch * out);
      return lender.write(backend, [...dz.shape.slice(0, -1), width], (dx) => {
        const [from, weights] = [lender.read(backend, dz), lender.read(backend, weight)];
        const around = shortcut ? lender.read(backend, dy) : null;
        for (let network = 0; network < networks; network++) {
          const a = stretch(from, networks, network, batch * out);
          const b = stretch(weights, networks, network, out * width);
          const c = stretch(dx, networks, network, batch * width);
          const base = around && stretch(around, networks, network, batch * width);
          addon.product(a, out, 1, b, width, 1, base, c, batch, width, out);
        }
      });
    },
  };
}

/** Of values that belong to several networks those of one; of a single network the array itself. */
function stretch(values: Float32Array, networks: number, network: number, size: number): Float32Array {
  return networks === 1 ? values : values.subarray(network * size, (network + 1) * size);
}

/** Products of float32 matrices by the compiled kernel; all others go to `original`. */
export function compiledProduct(addon: Addon, lender: Lender, original: KernelFunc): KernelFunc {
  return (call) => {
    const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean };
    const networks = util.sizeFromShape(a.shape.slice(0, -2));
    const isPlain =
      a.dtype === "float32" &&
      b.dtype === "float32" &&
      a.shape.length === b.shape.length &&
      a.shape.slice(0, -2).every((size, i) => size === b.shape[i]);
    if (!isPlain) return original(call);
    const [aDown = 0, aRight = 0] = a.shape.slice(-2);
    const [bDown = 0, bRight = 0] = b.shape.slice(-2);
    const [m, k] = transposeA ? [aRight, aDown] : [aDown, aRight];
    const n = transposeB ? bDown : bRight;
    const [down, along] = transposeA ? [1, m] : [k, 1];
    const [step, next] = transposeB ? [1, k] : [n, 1];
    return lender.write(call.backend, [...a.shape.slice(0, -2), m, n], (values) => {
      const [left, right] = [lender.read(call.backend, a), lender.read(call.backend, b)];
      for (let network = 0; network < networks; network++) {
        const [from, by] = [
          stretch(left, networks, network, m * k),
          stretch(right, networks, network, k * n),
        ];
        const to = stretch(values, networks, network, m * n);
        addon.product(from, down, along, by, step, next, null, to, m, n, k);
      }
    });
  };
}
