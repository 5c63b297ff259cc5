/** How an error names a value: strings in quotes, numbers as written, arrays and objects as JSON, at most 60 characters. */
export function quote(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" && typeof value !== "string") return String(value);
  let text: string;
  try {
    text = JSON.stringify(value, (_, item: unknown) =>
      typeof item === "bigint" || (typeof item === "number" && !Number.isFinite(item)) ? String(item) : item,
    );
  } catch {
    text = Object.prototype.toString.call(value);
  }
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
