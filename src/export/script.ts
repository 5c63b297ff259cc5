import ts from "typescript";
import { namesOf, parse } from "./names";
import type { CodeCell, Notebook } from "./notebook";
import { mergedImports, withoutImports } from "./imports";
import { renamed } from "./rename";

/**
 * The notebook as one TypeScript module: its prose as comments, its imports gathered at the top. A name that a later
 * cell declares anew is another name from there on, since a module has each only once.
 */
export function script({ cells }: Notebook): string {
  const code = cells.filter((cell): cell is CodeCell => cell.type === "code");
  const generations = new Map<string, number>();
  const taken = new Set(code.flatMap(({ source }) => [...namesOf(source).declares]));
  const now = new Map<string, string>();
  const parts = cells.map((cell) => {
    if (cell.type !== "code") return comment(cell.source);
    for (const name of namesOf(cell.source).declares) {
      const generation = (generations.get(name) ?? 0) + 1;
      generations.set(name, generation);
      if (generation > 1) now.set(name, freeName(name, generation, taken));
    }
    const source = withoutImports(cell.source);
    return printed(renamed(source, now), cell).trim();
  });
  const imports = mergedImports(code.map(({ source }) => source));
  // Without an import or an export it would be no module, and could not await.
  const head = imports === "" ? "export {};" : imports;
  return `${[head, ...parts].filter((part) => part !== "").join("\n\n")}\n`;
}

function comment(source: string): string {
  return source
    .trimEnd()
    .split("\n")
    .map((line) => `// ${line}`.trimEnd())
    .join("\n");
}

function freeName(name: string, generation: number, taken: Set<string>): string {
  let free = `${name}${generation}`;
  while (taken.has(free)) free += "_";
  taken.add(free);
  return free;
}

/** What the notebook shows as a cell's result, the script prints. */
function printed(source: string, { outputs }: CodeCell): string {
  if (!outputs.some(({ type }) => type === "execute_result")) return source;
  const file = parse(source);
  const last = file.statements.at(-1);
  if (last === undefined || !ts.isExpressionStatement(last)) return source;
  const [start, end] = [last.expression.getStart(file), last.expression.end];
  return `${source.slice(0, start)}console.log(${source.slice(start, end)})${source.slice(end)}`;
}
