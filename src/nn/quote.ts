const mostCharacters = 60;

/**
 * How an error names a value, in at most 60 characters: strings in quotes, numbers as written, tensors by their shape,
 * arrays and objects as JSON. It never throws, whatever the value is.
 */
export function quote(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" && typeof value !== "string") return String(value);
  let text: string;
  try {
    text = written(value);
  } catch {
    text = "an object that cannot be shown";
  }
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 3)}...`;
}

function written(value: unknown): string {
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  const { dtype, shape } = (value ?? {}) as { dtype?: unknown; shape?: unknown };
  if (typeof dtype === "string" && Array.isArray(shape))
    return `a tensor of shape [${shape.join(", ")}] and dtype ${dtype}`;
  // More entries than characters are not shown anyway.
  const shown = Array.isArray(value) ? value.slice(0, mostCharacters) : value;
  const text = JSON.stringify(shown, (_, item: unknown) =>
    typeof item === "bigint" || (typeof item === "number" && !Number.isFinite(item)) ? String(item) : item,
  ) as string | undefined;
  return text ?? Object.prototype.toString.call(value);
}
