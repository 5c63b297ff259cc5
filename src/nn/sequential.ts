import type { Tensor } from "@tensorflow/tfjs-core";
import { ModuleList } from "./list";
import type { Module } from "./module";

/** Modules one after the other, each fed with the output of the one before. PyTorch: `nn.Sequential`. */
export class Sequential extends ModuleList {
  constructor(...modules: Module[]) {
    super(modules);
  }

  override forward(x: Tensor): Tensor {
    let y = x;
    for (const module of this) y = module.forward(y);
    return y;
  }
}
