import { type Tensor, tensor as makeTensor } from "@tensorflow/tfjs-core";
import { quote } from "./quote";

/** A number, or arrays of them nested to any depth, every row of the same length. */
export type Nested = number | readonly Nested[];

/**
 * A float32 tensor of the values. PyTorch: `torch.tensor`.
 * @throws TypeError or RangeError where a value is not a finite number or the rows differ in length.
 */
export function tensor(values: Nested): Tensor {
  const shape: number[] = [];
  for (let level: unknown = values; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat: number[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth < shape.length) {
      if (!Array.isArray(value) || value.length !== shape[depth]) {
        throw new RangeError(
          `A row is ${quote(value)} where the first has ${shape[depth]} entries; expected rows of one length.`,
        );
      }
      for (const item of value) visit(item, depth + 1);
    } else {
      flat.push(checkFinite(value));
    }
  };
  visit(values, 0);
  return makeTensor(flat, shape, "float32");
}

function checkFinite(value: unknown): number {
  const problem = `A value of the tensor is ${quote(value)}; expected a finite number.`;
  if (typeof value !== "number") throw new TypeError(problem);
  if (!Number.isFinite(value)) throw new RangeError(problem);
  return value;
}
