/**
 * JSON as it may leave the kernel: half of a surrogate pair, which is no character and which Jupyter could not save, is
 * U+FFFD, wherever it stands.
 */
export function wellFormedJson(value: unknown): string {
  const text = JSON.stringify(value);
  // A pair is written as it is, and its halves are escaped. An escaped backslash is taken with what it stands before.
  return /\\ud/.test(text)
    ? text.replace(/\\(?:ud[89a-f][0-9a-f]{2}|.)/g, (escape) => (escape.length > 2 ? "\ufffd" : escape))
    : text;
}
