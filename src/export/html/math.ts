import temml from "temml";
import { escapeHtml } from "./escape";

/** A formula as MathML; where it is none, as it was written. */
export function mathHtml(tex: string, isBlock: boolean): string {
  try {
    return temml.renderToString(tex, { displayMode: isBlock, throwOnError: true, trust: false });
  } catch {
    const tag = isBlock ? "div" : "span";
    return `<${tag} class="tex">${escapeHtml(isBlock ? `$$${tex}$$` : `$${tex}$`)}</${tag}>`;
  }
}
