/**
 * The traces where a figure is drawn narrower than it was made for: the labels above bars shrink as the bars do, or the
 * next bar would cover their last digits.
 * @param width the figure's width there, and `own` the one it was made for, in pixels
 */
export function narrowed(data: readonly object[], width: number, own: unknown): object[] {
  const share = typeof own === "number" ? Math.min(1, width / own) : 1;
  return data.map((trace) => {
    const { type, textfont } = trace as { type?: unknown; textfont?: { size?: unknown } };
    if (type !== "bar" || typeof textfont?.size !== "number") return trace;
    return { ...trace, textfont: { ...textfont, size: share * textfont.size } };
  });
}
