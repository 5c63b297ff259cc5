/** Fewer significant digits may be there by chance. */
const fewest = 6;
const candidate = /\d[\d.]{5,}(?:[eE][-+]?\d+)?/g;

/** The numbers of a text with enough significant digits to tell where they come from, each as a key and as written. */
export function* numbersIn(text: string): Generator<{ key: string; shown: string }> {
  for (const [token] of text.matchAll(candidate)) {
    const key = keyOf(token);
    if (key !== null) yield { key, shown: token };
  }
}

/** Digits and power of ten: `0.0012345678` and `1.2345678e-3` are one number. */
function keyOf(token: string): string | null {
  const [, whole, fraction = "", power = "0"] = /^(\d+)(?:\.(\d*))?\.*(?:[eE]([-+]?\d+))?$/.exec(token) ?? [];
  if (whole === undefined) return null;
  const digits = (whole + fraction).replace(/^0+/, "");
  const zeros = whole.length + fraction.length - digits.length;
  const significant = digits.replace(/0+$/, "");
  return significant.length < fewest ? null : `${significant}e${Number(power) + whole.length - zeros}`;
}
