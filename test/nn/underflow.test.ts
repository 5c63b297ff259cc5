import { beforeAll, describe, expect, it } from "vitest";
import { layerGradients, layerGradientsOverSeeds, setBackend, tensor } from "../../dist/index.js";
import { backends, reference, seeded, worstOfEach } from "./secondact";

const { seed, layer_sizes: layerSizes, gradient_mean, gradient_mean_f64 } = reference.underflow;
const [own, truth] = [Object.values(gradient_mean), Object.values(gradient_mean_f64)];
// Below this a float32 is denormal, and has fewer digits; PyTorch's first means are 3.4e-40.
const smallest = 2 ** -126;
const denormal = truth.findIndex((mean) => mean > smallest);

describe.each(backends)("60 layers without shortcuts on %s", (backend) => {
  beforeAll(() => setBackend(backend));

  it("have PyTorch's gradients", () => {
    const means = layerGradients(seeded(seed, layerSizes, {}), tensor([[1, 0, -1]])).gradients.map(
      ({ mean }) => mean,
    );
    expect(denormal).toBe(5);
    expect(worstOfEach(means.slice(0, denormal), own.slice(0, denormal))).toBeLessThan(1e-3);
    // Beyond: elements of a mean that is not denormal may be.
    expect(worstOfEach(means.slice(denormal), truth.slice(denormal))).toBeLessThan(1e-4);
  });

  it("keep them in an ensemble", () => {
    const { layers } = layerGradientsOverSeeds({ layerSizes, seeds: [seed] });
    const means = layers.map(({ means }) => means[0]!);
    expect(worstOfEach(means.slice(0, denormal), own.slice(0, denormal))).toBeLessThan(1e-3);
    expect(worstOfEach(means.slice(denormal), truth.slice(denormal))).toBeLessThan(1e-4);
  });
});
