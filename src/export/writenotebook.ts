import { type Cell, isObject, type Notebook, type Output, withoutRun } from "./notebook";
import { Copies, relocated } from "./relocate";
import { type Exported, searchable, type Target } from "./writefiles";

/** A clean notebook, and beside it the pictures that it shows. */
export function writeNotebook(notebook: Notebook, { path, surroundings }: Target): Exported {
  const copies = new Copies(path);
  const content = ipynb(relocated(notebook, surroundings, copies, "notebook"));
  return searchable({ path, content }, ...copies.files);
}

/** What of a cell's metadata says something about the cell, not about one program's view of it. */
const kept = ["tags", "slideshow", "editable", "deletable", "tslab-gradients", "name"];

/**
 * The notebook as a clean file of nbformat 4.5: executed cells are counted from 1 in their order, times and the state of
 * one front end are left out.
 */
export function ipynb({ cells, metadata }: Notebook): string {
  let count = 0;
  const written = cells.map((cell) => {
    if (cell.type !== "code") return textCell(cell);
    const execution_count = cell.executionCount === null ? null : ++count;
    const { id, source } = cell;
    const outputs = cell.outputs.map((output) => writtenOutput(output, execution_count));
    return {
      cell_type: "code",
      execution_count,
      id,
      metadata: publishedMetadata(cell),
      outputs,
      source: linesOf(source),
    };
  });
  const file = { cells: written, metadata: publishedHeader(metadata), nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(file, null, 1)}\n`;
}

function textCell(cell: Cell & { type: "markdown" | "raw" }): object {
  const { type, id, source, attachments } = cell;
  const own = Object.keys(attachments).length > 0 ? { attachments } : {};
  return { ...own, cell_type: type, id, metadata: publishedMetadata(cell), source: linesOf(source) };
}

export function publishedMetadata({ metadata }: Cell): object {
  return Object.fromEntries(Object.entries(withoutRun(metadata)).filter(([key]) => kept.includes(key)));
}

/** The kernel's name and language; versions are those of the machine that ran it. */
export function publishedHeader({ kernelspec, language_info: info, title }: Notebook["metadata"]): object {
  const { display_name, language, name } = isObject(kernelspec) ? kernelspec : {};
  const { file_extension, mimetype, name: languageName } = isObject(info) ? info : {};
  return {
    ...(isObject(kernelspec) ? { kernelspec: { display_name, language, name } } : {}),
    ...(isObject(info) ? { language_info: { file_extension, mimetype, name: languageName } } : {}),
    ...(typeof title === "string" ? { title } : {}),
  };
}

function writtenOutput(output: Output, execution_count: number | null): object {
  switch (output.type) {
    case "stream":
      return { name: output.name, output_type: "stream", text: linesOf(output.text) };
    case "error": {
      const { ename, evalue, traceback } = output;
      return { ename, evalue, output_type: "error", traceback };
    }
    default: {
      const data = Object.fromEntries(
        Object.entries(output.data).map(([type, value]) => [
          type,
          typeof value === "string" && /^text\/|svg/.test(type) ? linesOf(value) : value,
        ]),
      );
      const { metadata, type } = output;
      return type === "execute_result"
        ? { data, execution_count, metadata, output_type: type }
        : { data, metadata, output_type: type };
    }
  }
}

/** nbformat: text is written as the list of its lines. */
function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}
