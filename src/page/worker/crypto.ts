/** Node's randomUUID; the browser's own is missing on pages from plain http. */
export function randomUUID(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
