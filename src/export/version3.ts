type Json = { [key: string]: unknown };

/** nbformat 3's short names of the MIME types. */
const mimeTypes: { [key: string]: string } = {
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
export function fromVersion3(file: Json): Json {
  const sheets = Array.isArray(file.worksheets) ? (file.worksheets as Json[]) : [];
  const cells = sheets.flatMap((sheet) => (Array.isArray(sheet?.cells) ? (sheet.cells as Json[]) : []));
  return { metadata: file.metadata, cells: cells.map(cellOf) };
}

function cellOf(cell: Json): Json {
  const { cell_type, metadata } = cell;
  if (cell_type === "code") {
    const outputs = Array.isArray(cell.outputs) ? (cell.outputs as Json[]).map(outputOf) : [];
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

function outputOf(output: Json): Json {
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
          .map(([key, value]) => [mimeTypes[key] ?? key, value]),
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
