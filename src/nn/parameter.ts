import { Tensor, tensor } from "@tensorflow/tfjs-core";
import { Slot } from "./slot";

/**
 * A float32 tensor that a module learns. PyTorch: `nn.Parameter`.
 *
 * It is a TensorFlow.js variable: every operation takes it as it is, and `assign` replaces its values.
 */
export class Parameter extends Slot {
  private gradient: Slot | null = null;

  constructor(values: Float32Array, shape: number[]) {
    super(tensor(values, shape, "float32"), true);
  }

  /** d loss / d parameter, of the parameter's shape, or null before the first `backward`. PyTorch: `Tensor.grad`. */
  get grad(): Tensor | null {
    return this.gradient;
  }

  /**
   * Puts a gradient in place, and disposes `gradient` itself. As in PyTorch the tensor that `grad` returns stays
   * the same one: `grad.clone()` keeps the values that it has now.
   */
  setGrad(gradient: Tensor | null): void {
    if (gradient === null) {
      this.gradient?.dispose();
      this.gradient = null;
    } else if (this.gradient === null) {
      this.gradient = new Slot(gradient);
    } else {
      this.gradient.assign(gradient);
      gradient.dispose();
    }
  }

  override dispose(): void {
    this.setGrad(null);
    super.dispose();
  }

  // TensorFlow.js's Variable answers `instanceof` by its methods, and a subclass would inherit that answer.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Tensor && "setGrad" in value;
  }
}
