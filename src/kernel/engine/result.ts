import { inspect } from "node:util";
import type { Json } from "../../figures/figure";
import type { MimeBundle } from "../display";
import { bundleOf, isFigure } from "../show";
import { isTensor, tensorText } from "./tensor";

/** Objects say by a method of this name how Jupyter shows them: a MIME bundle. Deno's and others' convention. */
const display = Symbol.for("Jupyter.display");

/** A cell's last value in the forms a front end can show. Never throws. Jupyter: `execute_result`. */
export async function bundleOfResult(value: unknown): Promise<MimeBundle> {
  try {
    const own = await ownBundle(value);
    if (own !== null) return own;
    if (isFigure(value)) return await bundleOf(value);
    if (isTensor(value)) return plain(tensorText(value));
  } catch (error) {
    return plain(`${text(value)}\n(it could not be shown as it asks for: ${text(error)})`);
  }
  return plain(text(value));
}

function plain(text: string): MimeBundle {
  return { data: { "text/plain": text }, metadata: {} };
}

function text(value: unknown): string {
  try {
    return inspect(value);
  } catch {
    return "a value that cannot be shown";
  }
}

/** What `Symbol.for("Jupyter.display")` gives, with a plain text beside it for front ends that show nothing else. */
async function ownBundle(value: unknown): Promise<MimeBundle | null> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return null;
  const method = (value as { [display]?: unknown })[display];
  if (typeof method !== "function") return null;
  const given: unknown = await (method as () => unknown).call(value);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new TypeError(`Symbol.for("Jupyter.display") gave ${text(given)}; expected a MIME bundle`);
  const whole = given as Partial<MimeBundle>;
  const isWhole = typeof whole.data === "object" && whole.data !== null;
  const data = isWhole ? whole.data! : (given as { [mimeType: string]: Json });
  return {
    data:
      "text/plain" in data || Object.keys(data).length === 0 ? data : { ...data, "text/plain": text(value) },
    metadata: isWhole ? (whole.metadata ?? {}) : {},
  };
}
