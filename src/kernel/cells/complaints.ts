import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { Failure } from "../../runtime/execution";
import { codeFrame, red } from "../../runtime/failure";
import { inChinese, inReadersWords } from "../../runtime/readerswords";
import { packageOf } from "../packages";
import { isReadersFile } from "./sources";

interface Position {
  line: number;
  column: number;
}

/** One of TypeScript's complaints, placed in the text as its writer sees it: lines and columns from 0, in UTF-16. */
export interface CellDiagnostic {
  /** The imported file that it is about, relative to the notebook's folder; absent where it is the cell. */
  fileName?: string;
  start: Position;
  end: Position;
  code: number;
  message: string;
  /** The source's line at its start. */
  line: string;
  /** Another place that it is about, such as the bracket that was never closed. */
  related?: CellDiagnostic;
}

/** Complaints about an await outside every function, which a cell may have, and a file that is required cannot. */
const awaiting = new Set([1375, 1378, 1431, 1432, 2854]);

/**
 * TypeScript thinks that a cell is CommonJS, to which it does not allow `import.meta`, nor to say how an import is to be
 * read; and that it is ES2022, whose regular expressions have fewer flags than Node's. And a very long cell is not wrong
 * because TypeScript stops following what happens in it.
 */
const allowed = new Set([1324, 1343, 1501, 2563, 2823]);

/** What newer libraries declare: TypeScript advises to choose them, which a cell cannot. */
const newer = new Set([2550, 2583]);

/** What of TypeScript's complaints the writer of the cell should hear. */
export function complaints(
  diagnostics: readonly ts.Diagnostic[],
  cell: ts.SourceFile,
  relative: (path: string) => string,
): CellDiagnostic[] {
  const seen = new Set<string>();
  return diagnostics.flatMap((diagnostic) => {
    const { file, start = 0, code, category, relatedInformation = [] } = diagnostic;
    const isAllowed = allowed.has(code) || (awaiting.has(code) && file === cell);
    if (file === undefined || isAllowed || category !== ts.DiagnosticCategory.Error) return [];
    // What else is wrong at a place follows from what was found there first.
    const key = `${file.fileName} ${start}`;
    if (seen.has(key)) return [];
    seen.add(key);
    // A declaration in a package is nothing that the writer could change.
    const other = relatedInformation.find(
      ({ file }) => file !== undefined && (file === cell || isReadersFile(file.fileName)),
    );
    return [
      { ...placed(diagnostic, cell, relative), ...(other ? { related: placed(other, cell, relative) } : {}) },
    ];
  });
}

function placed(
  { file, start = 0, length = 0, code, messageText }: ts.DiagnosticRelatedInformation,
  cell: ts.SourceFile,
  relative: (path: string) => string,
): CellDiagnostic {
  const { text, fileName } = file!;
  const at = (position: number): Position => {
    const { line, character } = ts.getLineAndCharacterOfPosition(file!, Math.min(position, text.length));
    return { line, column: character };
  };
  const from = at(start);
  return {
    ...(file === cell ? {} : { fileName: relative(fileName) }),
    start: from,
    end: at(start + length),
    code,
    message: reworded(ts.flattenDiagnosticMessageText(messageText, "\n"), code, relative),
    line: text.split(/\r?\n/)[from.line] ?? "",
  };
}

/** What TypeScript says, in words for someone who writes a cell. */
function reworded(text: string, code: number, relative: (path: string) => string): string {
  const message = withoutPaths(text, relative);
  if (awaiting.has(code))
    return inChinese()
      ? "本地文件不能在顶层使用 await；请在单元格里 await，或导出一个函数。"
      : "A local file cannot await at its top; await in the cell, or export a function.";
  if (!newer.has(code)) return withHint(message);
  const [missing = ""] = message.split(/(?<=\.) |(?<=。)/);
  const node = `Node.js ${process.version.slice(1)}`;
  return inChinese() ? `${missing}${node} 没有它。` : `${missing} ${node} does not have it.`;
}

/** Modules by the names that a reader knows, as in `typeof import("tslab-gradients")`. */
function withoutPaths(message: string, relative: (path: string) => string): string {
  return message.replace(
    /import\("([^"]+)"\)/g,
    (_, path: string) => `import("${packageOf(path) ?? relative(path)}")`,
  );
}

/** Numbers and arrays of them where a tensor is expected, as TypeScript's complaints name their types in any language. */
const numbersForTensor =
  /(["'“])(?:(?:number|boolean)(?:\[\])*|-?\d[\d.e+-]*)["'”][^]*["'“](?:Tensor|Variable|Scalar|Tensor[1-6]D)(?:<[^"'”]*>)?["'”]/;

function withHint(message: string): string {
  if (!numbersForTensor.test(message)) return message;
  // Which properties an array lacks that a tensor has helps nobody.
  const [first = ""] = message.split("\n");
  return inChinese() ? `${first} 是不是想写 tensor(…)？` : `${first} Did you mean tensor(…)?`;
}

/** Complaints about a cell as its failure, each with its line and a caret. */
export function failureOfComplaints(diagnostics: readonly CellDiagnostic[], cell: string): Failure {
  const [first] = diagnostics;
  // TypeScript numbers its syntax errors from 1000 to 1999.
  const nameOf = (code: number | undefined): string =>
    code !== undefined && code < 2000 ? "SyntaxError" : "TypeScriptError";
  const ename = nameOf(first?.code);
  const others = diagnostics.length - 1;
  const more = others === 0 ? "" : inChinese() ? `（另有 ${others} 处）` : ` (and ${others} more)`;
  const evalue = `${first?.message.split("\n")[0] ?? inReadersWords("The cell does not compile.")}${more}`;
  const frame = ({ fileName, line, start, end }: CellDiagnostic): string =>
    codeFrame(fileName ?? cell, line, start, end);
  const traceback = diagnostics.flatMap((diagnostic) => {
    const { code, message, related } = diagnostic;
    const lines = [`${red(nameOf(code))}: ${message} (TS${code})`, frame(diagnostic)];
    // In the same line it is in sight.
    const isInSight =
      related?.fileName === diagnostic.fileName && related?.start.line === diagnostic.start.line;
    return related === undefined || isInSight ? lines : [...lines, `  ${related.message}`, frame(related)];
  });
  return { ename, evalue, traceback };
}

/** What a Chinese keyboard writes, beside the full-width forms of ASCII, and what is meant. */
const halfWidth: { [written: string]: string } = {
  "，": ",",
  "、": ",",
  "。": ".",
  "．": ".",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "「": '"',
  "」": '"',
  "‘": "'",
  "’": "'",
  "【": "[",
  "】": "]",
  "〔": "[",
  "〕": "]",
  "《": "<",
  "》": ">",
  "〈": "<",
  "〉": ">",
  "×": "*",
  "÷": "/",
  "−": "-",
  "–": "-",
  "—": "-",
  "…": "...",
  "≤": "<=",
  "≥": ">=",
  "≠": "!==",
  "→": "=>",
  "⇒": "=>",
  "·": "*",
};

/** TypeScript's numbers for a character that no code has, and for a string without an end. */
const invalidCharacter = 1127;
const unterminated = 1002;

/** What to write in the place of a character, or null where that cannot be told. */
function halfWidthOf(character: string): string | null {
  const plain = halfWidth[character] ?? character.normalize("NFKC");
  return plain !== character && /^[\x21-\x7e]+$/.test(plain) ? plain : null;
}

/** Complaints about full-width punctuation and its like in their own words, and without those that follow from them. */
export function punctuation(file: ts.SourceFile, found: readonly ts.Diagnostic[]): ts.Diagnostic[] | null {
  const slips = new Map<string, ts.Diagnostic>();
  for (const diagnostic of found) {
    const at = slipOf(file, diagnostic);
    if (at === null) continue;
    const written = String.fromCodePoint(file.text.codePointAt(at)!);
    const { line } = file.getLineAndCharacterOfPosition(at);
    const messageText = inChinese()
      ? `代码里不能用“${written}”，请改用半角的 ${halfWidthOf(written)!}`
      : `${written} cannot stand in code here; write ${halfWidthOf(written)!}`;
    const key = `${line} ${written}`;
    if (!slips.has(key)) slips.set(key, { ...diagnostic, start: at, length: written.length, messageText });
  }
  return slips.size > 0 ? [...slips.values()] : null;
}

/** Where the character is that a complaint comes of. */
function slipOf(file: ts.SourceFile, { code, start = 0 }: ts.Diagnostic): number | null {
  const { text } = file;
  if (code === invalidCharacter)
    return halfWidthOf(String.fromCodePoint(text.codePointAt(start) ?? 0)) === null ? null : start;
  if (code !== unterminated) return null;
  // It was begun by one quotation mark and ended by another.
  const { line } = file.getLineAndCharacterOfPosition(start);
  const from = file.getPositionOfLineAndCharacter(line, 0);
  const rest = text.slice(from).split("\n", 1)[0]!;
  const last = Math.max(...["”", "’", "“", "‘", "＂", "＇"].map((mark) => rest.lastIndexOf(mark)));
  return last < 0 ? null : from + last;
}

/** What TypeScript exports for its own programs, and does not declare. */
interface Localizable {
  setLocalizedDiagnosticMessages(messages: { [key: string]: string }): void;
}

/** From now on TypeScript complains in Chinese, in its own words. */
export function complainInChinese(): void {
  const file = join(dirname(require.resolve("typescript")), "zh-cn", "diagnosticMessages.generated.json");
  const messages = JSON.parse(readFileSync(file, "utf8")) as { [key: string]: string };
  (ts as unknown as Localizable).setLocalizedDiagnosticMessages(messages);
}
