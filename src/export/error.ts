/** What keeps a notebook from being exported: one sentence, and exit code 2. */
export class ExportError extends Error {
  override name = "ExportError";
  readonly exitCode = 2;
}

const longest = 40;

/** A value as a message names it. */
export function shortened(value: string): string {
  const line = value.replace(/\s+/g, " ");
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
