import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Backend } from "../../dist/index.js";

/** How many specifications ran, and what those that failed said. */
interface Outcome {
  total: number;
  failed: Record<string, string>;
}

/**
 * Runs TensorFlow.js's own specifications on our kernels.
 * @param instructions what TSLAB_GRADIENTS_KERNELS is set to
 * @returns of those that failed, the ones that pass on the backend as TensorFlow.js has it
 */
export async function specifications(backend: Backend, instructions?: string): Promise<Outcome> {
  const more = instructions === undefined ? {} : { TSLAB_GRADIENTS_KERNELS: instructions };
  const { total, failed } = await outcomeOf(backend, "ours", more);
  if (Object.keys(failed).length === 0) return { total, failed };
  const stock = (stockOutcomes[backend] ??= outcomeOf(backend, "stock"));
  const { failed: failedAnyway } = await stock;
  return {
    total,
    failed: Object.fromEntries(Object.entries(failed).filter(([name]) => !Object.hasOwn(failedAnyway, name))),
  };
}

const stockOutcomes: Partial<Record<Backend, Promise<Outcome>>> = {};

async function outcomeOf(
  backend: Backend,
  kernels: "ours" | "stock",
  more: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "run.mjs"), backend, kernels], {
    env: { ...process.env, ...more },
  });
  const [out, error, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  if (code === 0) return JSON.parse(out) as Outcome;
  throw new Error(`${backend}, ${kernels}: ended with ${signal ?? code}.\n${error.slice(-2000)}`);
}
