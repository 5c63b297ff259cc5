/** The strings of a JSON value, however deep: its values, and the names of its objects' properties. */
export function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const [name, child] of Object.entries(value)) {
      if (!Array.isArray(value)) yield name;
      yield* stringsIn(child);
    }
}
