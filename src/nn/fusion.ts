import type { Tensor } from "@tensorflow/tfjs-core";
import { dense } from "./dense";
import { GELU } from "./gelu";
import { Linear, checkWidth } from "./linear";
import type { Module } from "./module";

/**
 * The output of `module` and `next`, computed at once, where they are a linear layer with a bias and a GELU whose
 * forward passes nobody has replaced; otherwise undefined.
 * @param shortcut whether x is added to it
 * @throws RangeError where the width of `x` is another.
 */
export function fused(
  x: Tensor,
  module: Module | undefined,
  next: Module | undefined,
  shortcut: boolean,
): Tensor | undefined {
  if (!(module instanceof Linear) || module.forward !== Linear.prototype.forward) return undefined;
  if (!(next instanceof GELU) || next.forward !== GELU.prototype.forward) return undefined;
  const { weight, bias } = module;
  if (bias === null || x.rank !== 2 || x.dtype !== "float32") return undefined;
  checkWidth(module, x);
  return dense(x, weight, bias, { approximate: next.approximate, shortcut });
}
