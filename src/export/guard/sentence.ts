import { nameOf, type Cell } from "../notebook";

/** A cell's name at the start of a sentence. */
export function subject(cell: Cell, index: number): string {
  const name = nameOf(cell, index);
  return name[0]!.toUpperCase() + name.slice(1);
}
