import type { DataOutput, Notebook } from "../notebook";
import { subject } from "./sentence";

/** Outputs that only a running program can show: paper, and a reader without scripts, see nothing. */
export function unchanging({ cells }: Notebook): string[] {
  return cells.flatMap((cell, index) => {
    if (cell.type !== "code") return [];
    const alive = new Set(cell.outputs.flatMap((output) => ("data" in output ? liveType(output) : [])));
    return [...alive].map(
      (type) =>
        `${subject(cell, index)} shows ${type} without a still picture or text beside it; show it with a picture`,
    );
  });
}

const isStill = (type: string): boolean =>
  /^image\//.test(type) || ["text/html", "text/markdown", "text/latex"].includes(type);
/** Whose text says what they are. */
const toldByText = ["application/vnd.jupyter.widget-view+json", "application/json"];

function liveType({ data }: DataOutput): string[] {
  const types = Object.keys(data);
  if (types.some(isStill)) return [];
  const alive = types.filter((type) =>
    /^application\/(.*json|(x-)?(java|ecma)script)|^text\/javascript/.test(type),
  );
  const told = "text/plain" in data ? toldByText : [];
  return alive.filter((type) => !told.includes(type)).slice(0, 1);
}
