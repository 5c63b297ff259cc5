import type { Tensor } from "@tensorflow/tfjs-core";
import { fused } from "./linear";
import { Module } from "./module";
import { quote } from "./quote";

/** Modules in a row, named "0", "1", … PyTorch: `nn.ModuleList`. */
export class ModuleList<M extends Module = Module> extends Module implements Iterable<M> {
  [index: number]: M;

  /** @throws TypeError where an entry is not a module. */
  constructor(modules: Iterable<M> = []) {
    super();
    for (const module of modules) this.append(module);
  }

  get length(): number {
    return Object.keys(this).length;
  }

  /** PyTorch: `ModuleList.append`. */
  append(module: M): this {
    if (!(module instanceof Module)) {
      throw new TypeError(`append got ${quote(module)}; expected a module, such as new nn.Linear(3, 3).`);
    }
    this[this.length] = module;
    return this;
  }

  [Symbol.iterator](): Iterator<M> {
    return (Object.values(this) as M[])[Symbol.iterator]();
  }

  /** @throws TypeError: a list has no forward pass of its own, as in PyTorch. */
  forward(..._inputs: Tensor[]): Tensor {
    throw new TypeError(
      `${this.constructor.name} has no forward pass; expected a loop over its modules, or nn.Sequential.`,
    );
  }
}

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
