import type { MimeBundle } from "../display";
import { display } from "../../nn/text";
import { bundleOf, isFigure } from "../show";
import { boundedText } from "./boundedtext";
import { sendable } from "./sendable";

/**
 * A cell's last value in the forms a front end can show. Jupyter: `execute_result`.
 * @throws what the value's own way to show itself throws, and TypeError where what it gives cannot be sent.
 */
export async function bundleOfResult(value: unknown): Promise<MimeBundle> {
  const own = await ownBundle(value);
  if (own !== null) return own;
  if (isFigure(value)) return bundleOf(value);
  return { data: { "text/plain": boundedText(value) }, metadata: {} };
}

/** What `Symbol.for("Jupyter.display")` gives, with a plain text beside it for front ends that show nothing else. */
async function ownBundle(value: unknown): Promise<MimeBundle | null> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return null;
  const method = (value as { [display]?: unknown })[display];
  if (typeof method !== "function") return null;
  const given: unknown = await (method as () => unknown).call(value);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new TypeError(
      `Symbol.for("Jupyter.display") gave ${boundedText(given)}; expected an object with a MIME type for each form, such as { "text/html": "…" }.`,
    );
  const whole = given as Partial<MimeBundle>;
  const isWhole = typeof whole.data === "object" && whole.data !== null;
  const { data, metadata } = sendable(
    isWhole ? { data: whole.data, metadata: whole.metadata } : { data: given },
  );
  const isShown = "text/plain" in data || Object.keys(data).length === 0;
  return { data: isShown ? data : { ...data, "text/plain": boundedText(value) }, metadata };
}
