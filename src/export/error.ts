/** What keeps a notebook from being exported: one sentence, and exit code 2. */
export class ExportError extends Error {
  override name = "ExportError";
  readonly exitCode = 2;
}
