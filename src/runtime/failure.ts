import { missingGradientHint } from "../nn/missinggradient";
import { type Failure, isInterrupt } from "./execution";
import { ports } from "./ports";
import { inChinese, inReadersWords } from "./readerswords";
import { placeIn, type Places, readersCalls, toldOf } from "./stack";

/** So many causes of an error are followed. */
const deepest = 5;

/** Any thrown value as a failure: its own lines of TypeScript, then where it was called from. Never throws itself. */
export function failureOf(thrown: unknown, places: Places): Failure {
  if (isInterrupt(thrown)) {
    const evalue = inReadersWords("The cell was interrupted.");
    return { ename: "Interrupted", evalue, traceback: [`${red("Interrupted")}: ${evalue}`] };
  }
  const { ename, evalue, message } = headOf(thrown, places);
  const missing = missingGradientHint(message);
  const hint = missing === "" ? "" : ` ${inReadersWords(missing)}`;
  const [head = "", ...calls] = traceOf(thrown, places, 0, new Set());
  return { ename, evalue: evalue + hint, traceback: [head + hint, ...calls] };
}

/** Reads a property of a value that may throw when it is touched. */
function read(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function isError(thrown: unknown): thrown is object {
  return typeof thrown === "object" && thrown !== null && typeof read(thrown, "message") === "string";
}

/** An error's name, its message, and what a reader is told of it. */
function headOf(thrown: unknown, places: Places): { ename: string; evalue: string; message: string } {
  if (isError(thrown)) {
    const name = read(thrown, "name");
    const message = read(thrown, "message") as string;
    return {
      ename: typeof name === "string" && name !== "" ? name : "Error",
      evalue: toldOf(message, read(thrown, "code"), places),
      message,
    };
  }
  // Whatever was thrown, it is named as an error that was not one.
  const message = shown(thrown);
  return { ename: "Thrown", evalue: message, message };
}

function shown(value: unknown): string {
  try {
    return typeof value === "string" ? value : ports.inspect(value, { depth: 2, breakLength: 100 });
  } catch {
    return inReadersWords("a value that cannot be shown");
  }
}

function traceOf(thrown: unknown, places: Places, depth: number, seen: Set<object>): string[] {
  const { ename, evalue } = headOf(thrown, places);
  const head = `${red(ename)}: ${evalue}`;
  if (typeof thrown !== "object" || thrown === null) return [head];
  seen.add(thrown);
  const stack = read(thrown, "stack");
  const lines = [head, ...(typeof stack === "string" ? placesOf(stack, places) : [])];
  if (depth >= deepest) return lines;
  const causes: [string, unknown][] = [[inChinese() ? "起因：" : "Caused by ", read(thrown, "cause")]];
  const errors = read(thrown, "errors");
  if (Array.isArray(errors))
    for (const error of errors.slice(0, deepest))
      causes.push([inChinese() ? "其中之一：" : "One of ", error]);
  // What a `using` threw that was let go of, and what had been thrown before. JavaScript: `SuppressedError`.
  if ("suppressed" in thrown)
    for (const key of ["suppressed", "error"])
      causes.push([inChinese() ? "其中之一：" : "One of ", read(thrown, key)]);
  for (const [word, cause] of causes) {
    if (cause === undefined || cause === null || seen.has(cause as object)) continue;
    const [first, ...rest] = traceOf(cause, places, depth + 1, seen);
    lines.push("", `${word}${first}`, ...rest);
  }
  return lines;
}

/** The stack's lines that a reader can act upon, the first place with its code. */
function placesOf(stack: string, places: Places): string[] {
  let isFirst = true;
  return readersCalls(stack.split("\n"), places).map((line) => {
    const place = isFirst ? placeIn(line, places) : null;
    if (place === null) return line;
    isFirst = false;
    const start = { line: place.line - 1, column: place.column - 1 };
    return codeFrame(place.source, place.text, start, start);
  });
}

/** A position in a source: line and column from 0, in UTF-16. */
interface Place {
  line: number;
  column: number;
}

const escape = (code: string, text: string): string => `\u001b[${code}m${text}\u001b[0m`;
export const red = (text: string): string => escape("0;31", text);
const green = (text: string): string => escape("0;32", text);

/** Characters that take two columns in a terminal's font: the caret must stand below what it means. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\ud83c-\ud83e][\udc00-\udfff]/g;

/** How far the text reaches, in columns. Tabs stay tabs. */
function blank(text: string): string {
  return text.replace(wide, "  ").replace(/[^\t]/g, " ");
}

/** The line of a source with a caret under the place. */
export function codeFrame(source: string, text: string, start: Place, end: Place): string {
  const number = String(start.line + 1);
  const reach = end.line === start.line ? Math.max(end.column - start.column, 1) : text.length - start.column;
  const carets = "^".repeat(Math.max(blank(text.slice(start.column, start.column + reach)).length, 1));
  return [
    `  ${green(`${source}:${number}:${start.column + 1}`)}`,
    `  ${number} | ${text}`,
    `  ${" ".repeat(number.length)} | ${blank(text.slice(0, start.column))}${red(carets)}`,
  ].join("\n");
}
