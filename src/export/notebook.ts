/** A notebook in memory, whatever nbformat it was written in: as nbformat 4.5 has it, its texts joined. */
export interface Notebook {
  cells: Cell[];
  metadata: { [key: string]: unknown };
}

export type Cell = CodeCell | TextCell;

interface CellBase {
  /** Unique in the notebook. */
  id: string;
  source: string;
  metadata: { [key: string]: unknown };
}

export interface CodeCell extends CellBase {
  type: "code";
  outputs: Output[];
  executionCount: number | null;
}

export interface TextCell extends CellBase {
  type: "markdown" | "raw";
  /** Pictures that the source names as `attachment:NAME`: by name, then by MIME type, base64. */
  attachments: { [name: string]: { [mimeType: string]: string } };
}

/** Jupyter: the outputs of nbformat 4. */
export type Output = StreamOutput | DataOutput | ErrorOutput;

interface StreamOutput {
  type: "stream";
  name: "stdout" | "stderr";
  text: string;
}

export interface DataOutput {
  type: "display_data" | "execute_result";
  /** By MIME type: text, base64 for pictures, or JSON. */
  data: { [mimeType: string]: unknown };
  metadata: { [key: string]: unknown };
  executionCount: number | null;
}

export interface ErrorOutput {
  type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}

/** What a tag may say of a cell. */
export const knownTags = [
  ...["solution", "teacher-only", "student-only", "remove-cell", "remove-input", "remove-output", "predict"],
  "raises-exception",
];

/** A cell's tags, from its metadata; those that we know are spelled as we spell them. */
export function tagsOf(cell: Cell): string[] {
  const { tags } = cell.metadata;
  // Some write one tag, or several with commas, where a list should be.
  const list: unknown[] = Array.isArray(tags) ? tags : typeof tags === "string" ? tags.split(/[,;，；]/) : [];
  return list.filter((tag) => typeof tag === "string").map(knownTag);
}

function knownTag(tag: string): string {
  const folded = tag
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "-");
  const known = folded === "solutions" ? "solution" : folded;
  return knownTags.includes(known) ? known : tag;
}

/** Any object of JSON. */
export type Json = { [key: string]: unknown };

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a notebook's prose has more Chinese characters than words in Latin letters. */
export function isChinese({ cells }: Notebook): boolean {
  const prose = cells.map(({ type, source }) => (type === "markdown" ? source : "")).join("\n");
  const count = (pattern: RegExp): number => prose.match(pattern)?.length ?? 0;
  return count(/\p{Script=Han}/gu) > count(/\p{Script=Latin}+/gu);
}

/** A cell's metadata without when it ran, where that is no longer so. */
export function withoutRun(metadata: Cell["metadata"]): Cell["metadata"] {
  const own = metadata["tslab-gradients"];
  if (typeof own !== "object" || own === null) return metadata;
  const rest = Object.entries(own).filter(([key]) => !["run", "count", "seconds"].includes(key));
  return { ...metadata, "tslab-gradients": Object.fromEntries(rest) };
}

/** The language of a notebook's code, as its metadata says, in lower case; null where it does not say. */
export function codeLanguage({ metadata: { language_info: info, kernelspec } }: Notebook): string | null {
  const kernel = isObject(kernelspec) ? kernelspec : {};
  const named = [isObject(info) ? info.name : null, kernel.language].find(
    (name) => typeof name === "string" && name !== "",
  ) as string | undefined;
  // tslab's kernels, by which a notebook that was never run may be all that is named.
  const byKernel = kernel.name === "tslab" ? "typescript" : kernel.name === "jslab" ? "javascript" : null;
  return named?.toLowerCase() ?? byKernel;
}

/** Whether its cells are TypeScript, or JavaScript, which is TypeScript too. */
export function isTypeScript(notebook: Notebook): boolean {
  return /^(typescript|javascript)$/.test(codeLanguage(notebook) ?? "");
}

/** Whether its metadata say that they are in another language; where these say nothing, they may be TypeScript. */
export function isForeign(notebook: Notebook): boolean {
  return codeLanguage(notebook) !== null && !isTypeScript(notebook);
}
