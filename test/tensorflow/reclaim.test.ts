import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { ExampleDeepNeuralNetwork, layerGradients, tensor } from "../../dist/index.js";

// As long as a reader is between two cells, and longer than finalizers take.
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("reclaimTensors", () => {
  it("keeps 150 re-runs within a few runs' worth of tensors, and what can be reached alive", async () => {
    const kept = new ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1], { useShortcut: true });
    const x = tensor([[1, 0, -1]]);
    const { loss } = layerGradients(kept, x);
    let most = 0;
    const cell = () => {
      // In [2]–[5], and what a careless cell leaves behind.
      const input = tensor([[1, 0, -1]]);
      for (const useShortcut of [false, true]) {
        const model = new ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1], { useShortcut });
        layerGradients(model, input);
        model.forward(input);
      }
      tf.tidy(() => tf.add(input, 1));
      tf.keep(tf.add(input, 1));
    };
    for (let run = 0; run < 150; run++) {
      cell();
      await pause();
      most = Math.max(most, tf.memory().numTensors);
    }
    expect(most).toBeLessThan(800);
    expect(layerGradients(kept, x).loss).toBe(loss);
    expect(Array.from(x.dataSync())).toEqual([1, 0, -1]);
  });

  it("frees at once what is disposed, and counts it once", () => {
    const before = tf.memory().numTensors;
    const model = new ExampleDeepNeuralNetwork([3, 3, 1]);
    const x = tensor([[1, 0, -1]]);
    layerGradients(model, x);
    model.dispose();
    x.dispose();
    x.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
