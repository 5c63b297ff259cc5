import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** What PyTorch 2.13.0 computed: test/reference/make_modules.py. */
export const recorded = JSON.parse(readFileSync("test/reference/modules.json", "utf8")) as {
  deltas: { use_shortcut: boolean; x: number[][]; deltas: number[] }[];
  activations: {
    name: Activation;
    x: number[];
    dy: number[];
    output: number[];
    dx: number[];
    output_f64: number[];
    dx_f64: number[];
  }[];
  activation_networks: {
    name: Activation;
    use_shortcut: boolean;
    layer_sizes: number[];
    loss: number;
    gradient_mean: Record<string, number>;
    gradient_mean_f64: Record<string, number>;
  }[];
  init: {
    name: string;
    shape: number[];
    seed: number;
    options: Record<string, number | string>;
    sha256: string;
    first: number[];
    next: number;
    values?: number[];
    values_f64?: number[];
  }[];
  normal: {
    n: number;
    mean: number;
    std: number;
    seed: number;
    sha256: string;
    first: number[];
    more: number[];
    next: number;
  }[];
  gains: { nonlinearity: string; param: number | null; gain: number }[];
};

export type Activation = "ReLU" | "Tanh" | "Sigmoid";

/** The hash of the values' bytes, as the reference has it. */
export function sha256(values: Float32Array): string {
  const { buffer, byteOffset, byteLength } = values;
  return createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest("hex");
}
