import { quote } from "./quote";

/** "none" is x Φ(x) with the error function, "tanh" its approximation. */
export type Approximate = "none" | "tanh";

const forms: readonly unknown[] = ["none", "tanh"];

/** @throws TypeError or RangeError where `approximate` is neither "none" nor "tanh". */
export function checkApproximate(approximate: unknown): asserts approximate is Approximate {
  if (forms.includes(approximate)) return;
  const problem = `The GELU form is ${quote(approximate)}; expected "none" (exact) or "tanh".`;
  throw typeof approximate === "string" ? new RangeError(problem) : new TypeError(problem);
}
