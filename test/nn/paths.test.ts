import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  ExampleDeepNeuralNetwork,
  layerGradients,
  pathGradients,
  setBackend,
  tensor,
} from "../../dist/index.js";
import { backends, reference, seeded } from "./secondact";

describe.each(backends)("pathGradients on %s", (backend) => {
  beforeAll(() => setBackend(backend));

  it.each(reference.paths)("gives PyTorch's parts, which add up: $layer_sizes, $shortcuts", (network) => {
    const { seed, layer_sizes, shortcuts, gelu, target, parts } = network;
    const model = seeded(seed, layer_sizes, { useShortcut: shortcuts, gelu });
    const { loss, paths } = pathGradients(model, tensor(network.x), target);
    expect(Math.abs(loss / network.loss - 1)).toBeLessThan(2e-6);
    expect(paths.map(({ name }) => name)).toEqual(Object.keys(parts));
    for (const { name, identity, branch } of paths) {
      expect(Math.abs(identity + branch - 1)).toBeLessThan(1e-6);
      // 30 layers of float32 activations differ from float64's by 5e-7.
      expect(Math.abs(identity - parts[name]![0])).toBeLessThan(1e-5);
      expect(Math.abs(branch - parts[name]![1])).toBeLessThan(1e-5);
    }
  });

  it("keeps shares where gradients are too small for their squares", () => {
    // 40 layers without shortcuts below one with: the first gradients are 1e-27 and less.
    const sizes = Array<number>(42).fill(3);
    const model = seeded(123, sizes, { useShortcut: sizes.slice(1).map((_, i) => i === 1) });
    const { paths } = pathGradients(model, tensor([[1, 0, -1]]));
    expect(Math.abs(paths[0]!.identity + paths[0]!.branch - 1)).toBeLessThan(1e-6);
    expect(paths[0]!.identity).not.toBe(0);
    expect(paths[1]).toMatchObject({ identity: 0, branch: 1 });
  });
});

describe("pathGradients", () => {
  it("keeps no tensor, and the gradients on the parameters as they were", () => {
    const model = new ExampleDeepNeuralNetwork([3, 3, 3, 1], { useShortcut: true });
    const x = tensor([[1, 0, -1]]);
    layerGradients(model, x);
    const gradients = () => model.parameters().map(({ grad }) => Array.from(grad!.dataSync()));
    const [before, tensors] = [gradients(), tf.memory().numTensors];
    pathGradients(model, x, tensor([[2]]));
    expect(gradients()).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors + 1);
  });

  it("refuses an input of another width, and shows a gradient of 0 as what it is", () => {
    const model = new ExampleDeepNeuralNetwork([3, 3, 1]);
    expect(() => pathGradients(model, tensor([[1, 2]]))).toThrow("expected its last size to be 3");
    for (const parameter of model.parameters()) parameter.assign(tf.zerosLike(parameter));
    expect(pathGradients(model, tensor([[1, 2, 3]])).paths[0]).toMatchObject({ identity: NaN, branch: NaN });
  });
});
