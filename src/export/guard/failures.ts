import ts from "typescript";
import { tagsOf, type CodeCell, type ErrorOutput, type Notebook } from "../notebook";
import { shortened } from "./shortened";
import { subject } from "./sentence";

/** Cells that failed or never ran. */
export function failures({ cells }: Notebook): string[] {
  return cells.flatMap((cell, index) => {
    if (cell.type !== "code") return [];
    const error = cell.outputs.find((output): output is ErrorOutput => output.type === "error");
    if (error && !tagsOf(cell).includes("raises-exception")) {
      const what = shortened(`${error.ename}: ${error.evalue}`);
      return [`${subject(cell, index)} failed with ${JSON.stringify(what)}; correct it and run it again`];
    }
    return cell.executionCount === null && hasCode(cell)
      ? [`${subject(cell, index)} has not run; run it`]
      : [];
  });
}

/** Whether there is anything to run but comments and white space. */
function hasCode({ source }: CodeCell): boolean {
  return ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, source).scan() !== end;
}

const end = ts.SyntaxKind.EndOfFileToken;
