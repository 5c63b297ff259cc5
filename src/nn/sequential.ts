import type { Tensor } from "@tensorflow/tfjs-core";
import { fused } from "./fusion";
import { ModuleList } from "./list";
import type { Module } from "./module";

/** Modules one after the other, each fed with the output of the one before. PyTorch: `nn.Sequential`. */
export class Sequential extends ModuleList {
  constructor(...modules: Module[]) {
    super(modules);
  }

  override forward(x: Tensor): Tensor {
    const modules = [...this];
    let y = x;
    for (let i = 0; i < modules.length; i++) {
      const both = fused(y, modules[i], modules[i + 1], false);
      if (both !== undefined) i++;
      y = both ?? modules[i]!.forward(y);
    }
    return y;
  }
}
