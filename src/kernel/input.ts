import { quote } from "../nn/quote";
import { currentHost } from "./host";

/** How a line is asked for. */
export interface InputOptions {
  /** The line is not shown while it is typed. */
  password?: boolean;
}

/**
 * Asks the reader for a line, under the cell. Jupyter: `input_request`.
 * @throws TypeError where the prompt is not a string; Error where nobody can be asked, as in nbconvert or on stock tslab.
 */
export async function input(prompt = "", { password = false }: InputOptions = {}): Promise<string> {
  if (typeof prompt !== "string")
    throw new TypeError(`input got the prompt ${quote(prompt)}; expected a string.`);
  const host = currentHost();
  if (host === null)
    throw new Error("input can ask only in the kernel of tslab-gradients; this is another one.");
  return host.input(prompt, password);
}
