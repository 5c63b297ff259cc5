import { Tensor, Variable, engine, tensor, util } from "@tensorflow/tfjs-core";
import { noteMissingGradient } from "./missinggradient";
import { quote } from "./quote";
import { inspect, inspected } from "./text";

/**
 * A tensor whose values can be replaced, outside TensorFlow.js's registry of variables: that registry refuses a name
 * twice and keeps every variable alive for ever, where a re-run cell makes the same model again and again.
 */
export class UnregisteredVariable extends Variable {
  /** Shares the values of `initial`, which stays the caller's to free. */
  constructor(initial: Tensor, trainable = false) {
    // As the engine's own makeVariable does, which would register it.
    const id = (engine() as unknown as { nextTensorId(): number }).nextTensorId();
    super(initial, trainable, `slot_${id}`, id);
    engine().incRef(this, engine().backend);
    if (trainable) trained.add(this);
  }

  override assign(value: Tensor): void {
    // TensorFlow.js frees the old values first, which may be the new ones, or there may be no new ones.
    if (value.isDisposed) throw new Error("The value to assign is a tensor that was disposed.");
    if (value.dataId !== this.dataId) super.assign(value);
  }
}

/**
 * The parameters that live, for TensorFlow.js's optimizers, which ask the registry for the variables to train and for the
 * one of a name. It keeps none of them alive.
 */
class Trained {
  private readonly references = new Map<string, WeakRef<UnregisteredVariable>>();
  private most = 1024;

  add(variable: UnregisteredVariable): void {
    if (this.references.size >= this.most) {
      this.names();
      this.most = 2 * this.references.size + 1024;
    }
    this.references.set(variable.name, new WeakRef(variable));
  }

  find(name: string): UnregisteredVariable | undefined {
    const variable = this.references.get(name)?.deref();
    return variable === undefined || variable.isDisposed ? undefined : variable;
  }

  names(): string[] {
    for (const name of [...this.references.keys()])
      if (this.find(name) === undefined) this.references.delete(name);
    return [...this.references.keys()];
  }
}

const trained = new Trained();

// What the registry itself does not have, an object asks its prototype for.
Object.setPrototypeOf(
  engine().state.registeredVariables,
  new Proxy(Object.create(null) as object, {
    get: (_, name) => (typeof name === "string" ? trained.find(name) : undefined),
    has: (_, name) => typeof name === "string" && trained.find(name) !== undefined,
    ownKeys: () => trained.names(),
    getOwnPropertyDescriptor: (_, name) => {
      const value = typeof name === "string" ? trained.find(name) : undefined;
      return value && { value, enumerable: true, configurable: true, writable: false };
    },
  }),
);

/**
 * A float32 tensor that a module learns. PyTorch: `nn.Parameter`.
 *
 * It is a TensorFlow.js variable: every operation takes it as it is, and `assign` replaces its values.
 */
export class Parameter extends UnregisteredVariable {
  private gradient: UnregisteredVariable | null = null;
  /** Somebody else may hold the gradient, so that it is not ours to free. */
  private isGradientShared = false;
  /** Its name in the module whose parameters were listed last. */
  private called = "";

  /** @throws TypeError or RangeError where `values` is no Float32Array of the shape's size. */
  constructor(values: Float32Array, shape: number[]) {
    if (!(values instanceof Float32Array))
      throw new TypeError(`Parameter got ${quote(values)}; expected a Float32Array of its values.`);
    const isShape = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
    if (!isShape || shape.reduce((product, size) => product * size, 1) !== values.length)
      throw new RangeError(
        `Parameter got the shape ${quote(shape)} for ${values.length} values; expected sizes whose product is ${values.length}.`,
      );
    const initial = tensor(values, shape, "float32");
    super(initial, true);
    initial.dispose();
  }

  /** d loss / d parameter, of the parameter's shape, or null before the first `backward`. PyTorch: `Tensor.grad`. */
  get grad(): Tensor | null {
    this.isGradientShared = this.gradient !== null;
    if (this.gradient === null) noteMissingGradient(true);
    return this.gradient;
  }

  /** The gradient for whoever lets go of it at once. */
  peekGrad(): Tensor | null {
    return this.gradient;
  }

  /**
   * Puts a gradient's values in place; `gradient` itself stays the caller's. As in PyTorch the tensor that `grad` returns
   * stays the same one until it is forgotten, by null: `grad.clone()` keeps the values that it has now.
   * @throws TypeError where `gradient` is no float32 tensor or null, or is disposed, RangeError where its shape is not the
   * parameter's.
   */
  setGrad(gradient: Tensor | null): void {
    if (gradient === null) {
      if (!this.isGradientShared) this.gradient?.dispose();
      this.gradient = null;
      this.isGradientShared = false;
      return;
    }
    const list = (shape: number[]): string => `[${shape.join(", ")}]`;
    if (!(gradient instanceof Tensor) || gradient.dtype !== "float32")
      throw new TypeError(
        `The gradient is ${quote(gradient)}; expected a float32 tensor of shape ${list(this.shape)}, or null.`,
      );
    if (gradient.isDisposed) throw new TypeError("The gradient is a tensor that was disposed.");
    if (!util.arraysEqual(gradient.shape, this.shape))
      throw new RangeError(
        `The gradient has the shape ${list(gradient.shape)}; expected the parameter's, ${list(this.shape)}.`,
      );
    if (this.gradient === null || this.gradient.isDisposed) {
      this.gradient = new UnregisteredVariable(gradient);
      noteMissingGradient(false);
    } else {
      this.gradient.assign(gradient);
    }
  }

  /** Lets it be shown by the name that it has in a module. */
  call(name: string): void {
    this.called = name;
  }

  [inspect](depth: number): object | string {
    return inspected(this, depth, `Parameter ${this.called}`.trimEnd(), () => {
      if (this.gradient === null || this.gradient.isDisposed) return "";
      const values = this.gradient.dataSync<"float32">();
      const mean = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
      return `, mean |gradient| ${Number(mean.toPrecision(7))}`;
    });
  }

  override dispose(): void {
    this.isGradientShared = false;
    this.setGrad(null);
    super.dispose();
  }

  // TensorFlow.js's Variable answers `instanceof` by its methods, and a subclass would inherit that answer.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Tensor && "setGrad" in value;
  }
}
