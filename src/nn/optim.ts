import { type Tensor, mul, neg, tidy } from "@tensorflow/tfjs-core";
import { addScaled } from "./operations";
import { Parameter, UnregisteredVariable } from "./parameter";
import { quote } from "./quote";

/** How `SGD` steps, in PyTorch's words. */
export interface SGDOptions {
  /** How far a step goes along the gradient. */
  lr: number;
  /** How much of the step before is kept; 0 by default. */
  momentum?: number;
  /** How much less of the gradient joins what is kept; 0 by default. */
  dampening?: number;
  /** How much of the parameter itself is added to its gradient; 0 by default. */
  weightDecay?: number;
  /** Whether the gradient is taken where the momentum leads to. */
  nesterov?: boolean;
  /** Whether the loss is to grow. */
  maximize?: boolean;
}

/**
 * Stochastic gradient descent: parameter - lr · gradient, with momentum, weight decay and the rest as in PyTorch.
 * Source: PyTorch, `optim.SGD`; Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.
 */
export class SGD {
  /** May be set between two steps. PyTorch: `param_groups[0]["lr"]`. */
  lr: number;
  private readonly parameters: Parameter[];
  private readonly options: Required<SGDOptions>;
  private readonly buffers = new Map<Parameter, UnregisteredVariable>();

  /**
   * @param parameters such as `model.parameters()`
   * @throws TypeError or RangeError naming the value.
   */
  constructor(parameters: Iterable<Parameter>, options: SGDOptions) {
    this.parameters = checkParameters(parameters);
    this.options = checkOptions(options);
    this.lr = this.options.lr;
  }

  /**
   * Moves every parameter that has a gradient. PyTorch: `Optimizer.step`.
   * @throws TypeError or RangeError where `lr` was set to something else than a number of 0 or more.
   */
  step(): void {
    checkNumber(this.lr, "lr");
    for (const parameter of this.parameters) {
      const grad = parameter.peekGrad();
      if (grad !== null)
        tidy(() => parameter.assign(addScaled(parameter, this.direction(parameter, grad), -this.lr)));
    }
  }

  private direction(parameter: Parameter, grad: Tensor): Tensor {
    const { momentum, dampening, weightDecay, nesterov, maximize } = this.options;
    const uphill = maximize ? neg(grad) : grad;
    const along = weightDecay === 0 ? uphill : addScaled(uphill, parameter, weightDecay);
    if (momentum === 0) return along;
    let buffer = this.buffers.get(parameter);
    if (buffer === undefined) {
      // The first gradient is kept whole, as in PyTorch.
      buffer = new UnregisteredVariable(along);
      this.buffers.set(parameter, buffer);
    } else {
      buffer.assign(addScaled(mul(buffer, momentum), along, 1 - dampening));
    }
    return nesterov ? addScaled(along, buffer, momentum) : buffer;
  }

  /** Forgets the gradients. PyTorch: `Optimizer.zero_grad`. */
  zeroGrad(): void {
    for (const parameter of this.parameters) parameter.setGrad(null);
  }

  /** Frees what momentum keeps at once; without it that goes when nothing can reach the optimizer any more. */
  dispose(): void {
    for (const buffer of this.buffers.values()) buffer.dispose();
    this.buffers.clear();
  }
}

function checkParameters(parameters: unknown): Parameter[] {
  const expected = "expected parameters, such as model.parameters()";
  if (typeof parameters !== "object" || parameters === null || !(Symbol.iterator in parameters)) {
    throw new TypeError(`SGD got ${quote(parameters)}; ${expected}.`);
  }
  const list = [...new Set(parameters as Iterable<unknown>)];
  const stranger = list.findIndex((entry) => !(entry instanceof Parameter));
  if (stranger >= 0)
    throw new TypeError(`SGD got ${quote(list[stranger])} at place ${stranger}; ${expected}.`);
  if (list.length === 0) throw new RangeError(`SGD got no parameter; ${expected}.`);
  return list as Parameter[];
}

function checkOptions(options: SGDOptions): Required<SGDOptions> {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`SGD's options are ${quote(options)}; expected an object, such as { lr: 0.1 }.`);
  }
  const { lr, momentum = 0, dampening = 0, weightDecay = 0, nesterov = false, maximize = false } = options;
  checkNumber(lr, "lr");
  checkNumber(momentum, "momentum");
  checkNumber(weightDecay, "weightDecay");
  checkNumber(dampening, "dampening", -Infinity);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new RangeError(
      `nesterov got the momentum ${momentum} and the dampening ${dampening}; expected a momentum above 0 and no dampening.`,
    );
  }
  return { lr, momentum, dampening, weightDecay, nesterov, maximize };
}

function checkNumber(value: unknown, name: string, least = 0): void {
  const problem = `${name} is ${quote(value)}; expected a finite number${least === 0 ? " of 0 or more" : ""}.`;
  if (typeof value !== "number") throw new TypeError(problem);
  if (!Number.isFinite(value) || value < least) throw new RangeError(problem);
}
