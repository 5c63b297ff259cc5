/** Text for HTML, in and outside attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** JSON for a script element, which nothing in it can end. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** A script's text for a script element. In minified code these stand in strings and patterns alone. */
export function inertScript(code: string): string {
  return code.replace(/<(?=\/script|!--|script)/gi, "\\x3c");
}
