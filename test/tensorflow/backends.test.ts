import { describe, expect, it } from "vitest";
import * as tf from "@tensorflow/tfjs-core";
import {
  ExampleDeepNeuralNetwork,
  getBackend,
  layerGradients,
  manualSeed,
  setBackend,
  tensor,
} from "../../dist/index.js";
import type { Backend } from "../../dist/index.js";
import { erf } from "../../dist/tensorflow/unarykernels.js";

// The chapter's printed numbers, layers 0 to 4.
const book = {
  none: {
    without: [
      0.0002017411752603948, 0.00012011770741082728, 0.0007152437465265393, 0.0013988513965159655,
      0.005049604922533035,
    ],
    with: [
      0.22186796367168427, 0.207092747092247, 0.32923877239227295, 0.2667771875858307, 1.3268063068389893,
    ],
  },
  tanh: {
    without: [
      0.00020173587836325169, 0.0001201116101583466, 0.0007152041653171182, 0.001398873864673078,
      0.005049646366387606,
    ],
    with: [
      0.22169792652130127, 0.20694105327129364, 0.32896995544433594, 0.2665732502937317, 1.3258541822433472,
    ],
  },
};

describe.each(["native", "wasm", "cpu"] as Backend[])("%s", (backend) => {
  const isThere = (() => {
    try {
      setBackend(backend);
      return true;
    } catch {
      return false;
    }
  })();

  // Native TensorFlow is not there on every machine; that it is there where the set-up put it, test/setup shows.
  it.skipIf(!isThere && backend === "native").each(["none", "tanh"] as const)(
    "gives the book's numbers with %s GELU",
    (gelu) => {
      setBackend(backend);
      expect(getBackend()).toBe(backend);
      for (const [key, useShortcut] of [
        ["without", false],
        ["with", true],
      ] as const) {
        manualSeed(123);
        const model = new ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1], { useShortcut, gelu });
        const means = layerGradients(model, tensor([[1, 0, -1]])).gradients.map(({ mean }) => mean);
        means.forEach((mean, layer) => {
          const expected = book[gelu][key][layer]!;
          expect(Math.abs(mean / expected - 1)).toBeLessThan(1e-6);
          // The two forms differ by 8e-6 and more.
          const other = book[gelu === "none" ? "tanh" : "none"][key][layer]!;
          expect(Math.abs(mean / other - 1)).toBeGreaterThan(7e-6);
        });
      }
    },
  );

  it.skipIf(!isThere)("takes tensors of another backend along", () => {
    setBackend("cpu");
    const a = tf.tensor([1, 2, 3]);
    const cast = tf.cast(tf.tensor([1, 2, 3], [3], "int32"), "float32");
    setBackend(backend);
    expect(Array.from(tf.add(a, 1).dataSync())).toEqual([2, 3, 4]);
    expect(Array.from(tf.mul(cast, 2).dataSync())).toEqual([2, 4, 6]);
    expect(tf.erf(cast).dataSync()[0]).toBeCloseTo(0.8427, 4);
  });
});

it("lets WebAssembly's memory grow for what comes from another backend", () => {
  // More than its memory begins with, 16 MB.
  const size = 2 ** 23;
  for (const work of [tf.mean, tf.sum, tf.erf] as ((x: tf.Tensor) => tf.Tensor)[]) {
    setBackend("cpu");
    const x = tf.ones([size]);
    setBackend("wasm");
    const y = work(x);
    expect(y.dataSync()[0]).toBeCloseTo(work === tf.mean ? 1 : work === tf.sum ? size : 0.8427, 4);
    tf.dispose([x, y]);
  }
});

describe("setBackend", () => {
  it("refuses another name and stays", () => {
    setBackend("cpu");
    expect(() => setBackend("gpu" as Backend)).toThrow(
      'The backend is "gpu"; expected "native", "wasm" or "cpu".',
    );
    expect(() => setBackend(1 as unknown as Backend)).toThrow(TypeError);
    expect(getBackend()).toBe("cpu");
  });
});

it("computes erf to float32's last bit", () => {
  // Python 3.11: math.erf
  const expected: [number, number][] = [
    [0, 0],
    [1e-10, 1.1283791670955126e-10],
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [1.9375, 0.9938568063952132],
    [2.5, 0.999593047982555],
    [3.3, 0.9999969422902035],
    [5, 0.9999999999984626],
  ];
  for (const [x, y] of expected) {
    expect(Math.abs(erf(x) - y)).toBeLessThan(2e-8 * (x > 3.9 ? 1 : 1e-3));
    expect(erf(-x)).toBe(-erf(x));
  }
  expect(erf(NaN)).toBeNaN();
  expect(erf(Infinity)).toBe(1);
});
