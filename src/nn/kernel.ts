import { engine, getKernel } from "@tensorflow/tfjs-core";

/** What each backend was found to bring: TensorFlow.js makes a new string for every look. */
const found = new Map<string, Set<string>>();

/** Whether the backend in use brings a kernel of this name. */
export function hasKernel(name: string): boolean {
  const { backendName } = engine();
  let names = found.get(backendName);
  if (names === undefined) found.set(backendName, (names = new Set()));
  if (names.has(name)) return true;
  if (!getKernel(name as Parameters<typeof getKernel>[0], backendName)) return false;
  names.add(name);
  return true;
}
