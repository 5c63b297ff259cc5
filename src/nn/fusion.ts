import type { Tensor } from "@tensorflow/tfjs-core";
import { deltaTakerOf } from "./delta";
import { dense } from "./dense";
import { GELU } from "./gelu";
import { asFloats } from "./kernel";
import { Linear, checkShapes } from "./linear";
import type { Module } from "./module";

/**
 * The output of `module` and `next`, computed at once, where they are a linear layer with a bias and a GELU whose
 * forward passes nobody has replaced; otherwise undefined.
 * @param wantsShortcut whether the input is to be added to it where the shapes agree
 * @throws RangeError where the shapes of the input and the layer's parameters do not fit.
 */
export function fused(
  input: Tensor,
  module: Module | undefined,
  next: Module | undefined,
  wantsShortcut: boolean,
): Tensor | undefined {
  if (!(module instanceof Linear) || module.forward !== Linear.prototype.forward) return undefined;
  if (!(next instanceof GELU) || next.forward !== GELU.prototype.forward) return undefined;
  const { weight, bias } = module;
  const x = asFloats(input, "Linear's input");
  if (bias === null || x.rank !== 2) return undefined;
  const [out, width] = checkShapes(module, x);
  if (bias.rank !== 1 || bias.shape[0] !== out) return undefined;
  return dense(x, weight, bias, {
    approximate: next.approximate,
    shortcut: wantsShortcut && out === width,
    takeDelta: deltaTakerOf(weight),
  });
}
