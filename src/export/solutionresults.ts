import { type Names, namesOf } from "./cellnames";
import { type Cell, type Notebook, tagsOf } from "./notebook";
import { holdsSolution, joined, partsOf } from "./solution";

/** The code cells whose outputs show what solutions compute: theirs, and those of later cells that use it. */
export function showingSolutions(notebook: Notebook): Set<Cell> {
  const shows = new Set<Cell>();
  const solved = new Set<string>();
  const earlier: Names[] = [];
  notebook.cells.forEach((cell, index) => {
    if (cell.type !== "code") return;
    const parts = partsOf(cell, index);
    const source = parts.map(({ text }) => text);
    const names = namesOf(joined(source, cell.source));
    earlier.push(names);
    const isOwn = holdsSolution(cell, parts) || tagsOf(cell).includes("teacher-only");
    if (isOwn || usesAny(names, solved)) {
      shows.add(cell);
      for (const name of names.declares) solved.add(name);
      for (const name of changedBy(names, earlier)) if (isDeclared(name, earlier)) solved.add(name);
      spread(solved, earlier);
    } else {
      // A name that is declared anew holds nothing of a solution any more.
      for (const name of names.declares) solved.delete(name);
    }
  });
  return shows;
}

/** Functions of earlier cells depend on a solution as soon as a name that they use does. */
function spread(solved: Set<string>, earlier: readonly Names[]): void {
  let size;
  do {
    size = solved.size;
    for (const names of earlier)
      if (usesAny(names, solved)) for (const name of names.functions) solved.add(name);
  } while (solved.size > size);
}

/** What a cell changes by itself, and through the notebook's functions. */
function changedBy({ changes, calls }: Names, earlier: readonly Names[]): Set<string> {
  const given = calls.flatMap(({ name, given }) => {
    const altered = earlier
      .filter(({ declares }) => declares.has(name))
      .at(-1)
      ?.alters.get(name);
    return given.filter((_, i) => altered?.has(i)).flat();
  });
  return new Set([...changes, ...given]);
}

/** A name of the notebook's own, not `console` or what is imported. */
function isDeclared(name: string, earlier: readonly Names[]): boolean {
  return earlier.some(({ declares }) => declares.has(name));
}

function usesAny({ uses, declares }: Names, solved: ReadonlySet<string>): boolean {
  return [...uses].some((name) => solved.has(name) && !declares.has(name));
}
