import { type Tensor, customGrad, keep } from "@tensorflow/tfjs-core";
import type { Parameter } from "./parameter";

/** Takes δ = d loss / d z of a linear layer, z = x Wᵀ + b, when the backward pass comes by. */
export type DeltaTaker = (delta: Tensor) => void;

/** Of every layer's weight what was taken, a tensor for each time that the layer was run. */
export type Deltas = Map<Parameter, Tensor[]>;

let watched: Deltas | undefined;

/** Runs a forward and backward pass and takes every linear layer's δ into `deltas`, which is the caller's to free. */
export function watchDeltas<T>(deltas: Deltas, pass: () => T): T {
  const before = watched;
  watched = deltas;
  try {
    return pass();
  } finally {
    watched = before;
  }
}

/** Who takes the δ of the layer with this weight; undefined where nobody asks for it. */
export function deltaTakerOf(weight: Parameter): DeltaTaker | undefined {
  const deltas = watched;
  if (deltas === undefined) return undefined;
  return (delta) => {
    const taken = deltas.get(weight);
    // The pass frees what it computes.
    if (taken === undefined) deltas.set(weight, [keep(delta)]);
    else taken.push(keep(delta));
  };
}

/** z as it is, whose gradient goes by the taker. */
export function tapped(z: Tensor, take: DeltaTaker | undefined): Tensor {
  if (take === undefined) return z;
  return customGrad((z) => ({
    value: (z as Tensor).clone(),
    gradFunc: (dz: Tensor) => {
      take(dz.clone());
      return dz;
    },
  }))(z);
}
