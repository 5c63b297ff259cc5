import temml from "temml";
import { escapeHtml } from "../../kernel/escape";

/** A formula as MathML; where it is none, as it was written. */
export function mathHtml(tex: string, isBlock: boolean): string {
  try {
    const html = temml.renderToString(tex, { displayMode: isBlock, throwOnError: true, trust: false });
    // A prime stands high by itself; as a superscript most fonts draw it too high.
    return html.replace(
      /<msup>(<mi>[^<]*<\/mi>)<mo [^>]*tml-prime[^>]*>([^<]*)<\/mo><\/msup>/g,
      '<mrow>$1<mo lspace="0" rspace="0">$2</mo></mrow>',
    );
  } catch {
    const tag = isBlock ? "div" : "span";
    return `<${tag} class="tex">${escapeHtml(isBlock ? `$$${tex}$$` : `$${tex}$`)}</${tag}>`;
  }
}
