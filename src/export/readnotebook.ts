import { readFileSync } from "node:fs";
import { ExportError } from "./error";
import { type Cell, isObject, type Json, type Notebook, type Output } from "./notebook";

/** @throws ExportError where the file is no notebook of nbformat 3 or 4. */
export function readNotebook(path: string): Notebook {
  return parseNotebook(readText(path), path);
}

/** @param path how messages name it */
export function parseNotebook(text: string, path: string): Notebook {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    // The engine quotes the text, with its line breaks.
    const reason = (error as Error).message.replace(/\s+/g, " ");
    throw new ExportError(`${path} is not JSON: ${reason}.`);
  }
  if (!isObject(file) || typeof file.nbformat !== "number")
    throw new ExportError(`${path} is not a notebook; expected a JSON object with nbformat.`);
  const { nbformat } = file;
  if (nbformat !== 3 && nbformat !== 4)
    throw new ExportError(`${path} has nbformat ${nbformat}; expected 3 or 4.`);
  const whole = nbformat === 3 ? fromVersion3(file) : file;
  if (!Array.isArray(whole.cells) || !whole.cells.every(isObject))
    throw new ExportError(`${path} is not a notebook; expected a list of cells.`);
  const ids = new Set<string>();
  const cells = (whole.cells as Json[]).map((cell, i) => cellOf(cell, i, ids));
  const complaint = whole.cells.findIndex(({ cell_type }) => !cellTypes.includes(cell_type as string));
  if (complaint >= 0) {
    const { cell_type } = whole.cells[complaint] as Json;
    throw new ExportError(
      `Cell ${complaint + 1} of ${path} has the type ${JSON.stringify(cell_type)}; expected code, markdown or raw.`,
    );
  }
  return { cells, metadata: objectOf(whole.metadata) };
}

const cellTypes = ["code", "markdown", "raw"];

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "does not exist"
        : code === "EISDIR"
          ? "is a folder; expected a notebook"
          : code === "EACCES"
            ? "cannot be read: permission is missing"
            : `cannot be read (${code})`;
    throw new ExportError(`${path} ${why}.`);
  }
}

function cellOf(cell: Json, index: number, ids: Set<string>): Cell {
  const base = {
    id: idOf(cell.id, index, ids),
    source: textOf(cell.source),
    metadata: objectOf(cell.metadata),
  };
  if (cell.cell_type !== "code") {
    const type = cell.cell_type === "raw" ? "raw" : "markdown";
    const attachments = objectOf(cell.attachments) as { [name: string]: { [mimeType: string]: string } };
    return { ...base, type, attachments };
  }
  const outputs = (Array.isArray(cell.outputs) ? cell.outputs : []).filter(isObject).map(outputOf);
  return { ...base, type: "code", outputs, executionCount: countOf(cell.execution_count) };
}

/** The cell's own id where it is unique, else one from its place. */
function idOf(given: unknown, index: number, ids: Set<string>): string {
  let id = typeof given === "string" && /^[\w-]{1,64}$/.test(given) ? given : `cell-${index + 1}`;
  while (ids.has(id)) id = `${id}-${index + 1}`;
  ids.add(id);
  return id;
}

function outputOf(output: Json): Output {
  switch (output.output_type) {
    case "stream":
      return {
        type: "stream",
        name: output.name === "stderr" ? "stderr" : "stdout",
        text: textOf(output.text),
      };
    case "error":
      return {
        type: "error",
        ename: textOf(output.ename),
        evalue: textOf(output.evalue),
        traceback: Array.isArray(output.traceback) ? output.traceback.map(String) : [],
      };
    default:
      return {
        type: output.output_type === "execute_result" ? "execute_result" : "display_data",
        data: Object.fromEntries(
          Object.entries(objectOf(output.data)).map(([type, value]) => [type, dataOf(type, value)]),
        ),
        metadata: objectOf(output.metadata),
        executionCount: countOf(output.execution_count),
      };
  }
}

/** JSON stays as it is; all else is text, perhaps in lines. */
function dataOf(mimeType: string, value: unknown): unknown {
  return /^application\/(.*\+)?json$/.test(mimeType) ? value : textOf(value);
}

/** nbformat: a "multiline string" is a string or the list of its lines. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join("");
  return typeof value === "string"
    ? value
    : value === undefined || value === null
      ? ""
      : JSON.stringify(value);
}

function countOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** nbformat 3's short names of the MIME types. */
const typesOfVersion3: { [key: string]: string } = {
  text: "text/plain",
  html: "text/html",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  latex: "text/latex",
  json: "application/json",
  javascript: "application/javascript",
  pdf: "application/pdf",
};

/** A notebook of nbformat 3 as one of nbformat 4. Source: nbformat's `v4.upgrade`. */
function fromVersion3(file: Json): Json {
  const sheets = Array.isArray(file.worksheets) ? (file.worksheets as Json[]) : [];
  const cells = sheets.flatMap((sheet) => (Array.isArray(sheet?.cells) ? (sheet.cells as Json[]) : []));
  return { metadata: file.metadata, cells: cells.map(cellOfVersion3) };
}

function cellOfVersion3(cell: Json): Json {
  const { cell_type, metadata } = cell;
  if (cell_type === "code") {
    const outputs = Array.isArray(cell.outputs) ? (cell.outputs as Json[]).map(outputOfVersion3) : [];
    return { cell_type, metadata, source: cell.input, outputs, execution_count: cell.prompt_number };
  }
  if (cell_type === "heading") {
    const text = Array.isArray(cell.source) ? cell.source.join("") : String(cell.source ?? "");
    const source = `${"#".repeat(Number(cell.level ?? 1))} ${text.replaceAll("\n", " ")}`;
    return { cell_type: "markdown", metadata, source };
  }
  // nbformat 3 also knew HTML cells, which Markdown holds as they are.
  return { cell_type: cell_type === "html" ? "markdown" : cell_type, metadata, source: cell.source };
}

function outputOfVersion3(output: Json): Json {
  switch (output.output_type) {
    case "stream":
      return { output_type: "stream", name: output.stream ?? "stdout", text: output.text };
    case "pyerr": {
      const { ename, evalue, traceback } = output;
      return { output_type: "error", ename, evalue, traceback };
    }
    default: {
      const data = Object.fromEntries(
        Object.entries(output)
          .filter(([key]) => !["output_type", "metadata", "prompt_number"].includes(key))
          .map(([key, value]) => [typesOfVersion3[key] ?? key, value]),
      );
      return {
        output_type: output.output_type === "pyout" ? "execute_result" : "display_data",
        data,
        metadata: output.metadata,
        execution_count: output.prompt_number,
      };
    }
  }
}
