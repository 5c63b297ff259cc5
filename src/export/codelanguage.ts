import type { Notebook } from "./notebook";
import { isObject } from "./read";

/** The language of a notebook's code, as its metadata says, in lower case; null where it does not say. */
export function codeLanguage({ metadata: { language_info: info, kernelspec } }: Notebook): string | null {
  const kernel = isObject(kernelspec) ? kernelspec : {};
  const named = [isObject(info) ? info.name : null, kernel.language].find(
    (name) => typeof name === "string" && name !== "",
  ) as string | undefined;
  // tslab's kernels, by which a notebook that was never run may be all that is named.
  const byKernel = kernel.name === "tslab" ? "typescript" : kernel.name === "jslab" ? "javascript" : null;
  return named?.toLowerCase() ?? byKernel;
}

/** Whether its cells are TypeScript, or JavaScript, which is TypeScript too. */
export function isTypeScript(notebook: Notebook): boolean {
  return /^(typescript|javascript)$/.test(codeLanguage(notebook) ?? "");
}

/** Whether its metadata say that they are in another language; where these say nothing, they may be TypeScript. */
export function isForeign(notebook: Notebook): boolean {
  return codeLanguage(notebook) !== null && !isTypeScript(notebook);
}
