/** A page stops a cell by ending its worker: nothing is thrown for it. */
export function isInterrupt(_thrown: unknown): boolean {
  return false;
}
