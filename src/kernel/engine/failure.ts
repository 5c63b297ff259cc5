import { inspect } from "node:util";
import { missingGradientHint } from "../../nn/missinggradient";
import type { CellConverter } from "../cell/converter";
import type { Failure } from "./execution";
import { codeFrame, red } from "./frame";
import { isInterrupt } from "./interrupt";

/** The way back from what runs to what the reader wrote. */
export type Places = Pick<CellConverter, "original">;

/** So many causes of an error are followed. */
const deepest = 5;

/** Any thrown value as a failure: its own lines of TypeScript, then where it was called from. Never throws itself. */
export function failureOf(thrown: unknown, converter: Places): Failure {
  if (isInterrupt(thrown)) {
    const evalue = "The cell was interrupted.";
    return { ename: "Interrupted", evalue, traceback: [`${red("Interrupted")}: ${evalue}`] };
  }
  const { ename, evalue } = headOf(thrown);
  const hint = missingGradientHint(evalue);
  const [head = "", ...places] = traceOf(thrown, converter, 0, new Set());
  return { ename, evalue: evalue + hint, traceback: [head + hint, ...places] };
}

/** The converter's complaints about a cell, each with its line and a caret. */
export function failureOfTypes({ diagnostics }: CellConverter["last"], cell: string): Failure {
  const [first] = diagnostics;
  // TypeScript numbers its syntax errors from 1000 to 1999.
  const ename = diagnostics.some(({ code }) => code < 2000) ? "SyntaxError" : "TypeScriptError";
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : "";
  const evalue = `${first?.message.split("\n")[0] ?? "The cell does not compile."}${more}`;
  const traceback = diagnostics.flatMap(({ fileName, start, end, code, message, line }) => [
    `${red(ename)}: ${message} ${`(TS${code})`}`,
    codeFrame(fileName ?? cell, line, start, end),
  ]);
  return { ename, evalue, traceback };
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

function headOf(thrown: unknown): { ename: string; evalue: string } {
  if (isError(thrown)) {
    const name = read(thrown, "name");
    return {
      ename: typeof name === "string" && name !== "" ? name : "Error",
      evalue: read(thrown, "message") as string,
    };
  }
  // Whatever was thrown, it is named as an error that was not one.
  return { ename: "Thrown", evalue: shown(thrown) };
}

function shown(value: unknown): string {
  try {
    return typeof value === "string" ? value : inspect(value, { depth: 2, breakLength: 100 });
  } catch {
    return "a value that cannot be shown";
  }
}

function traceOf(thrown: unknown, converter: Places, depth: number, seen: Set<object>): string[] {
  const { ename, evalue } = headOf(thrown);
  const head = `${red(ename)}: ${evalue}`;
  if (typeof thrown !== "object" || thrown === null) return [head];
  seen.add(thrown);
  const stack = read(thrown, "stack");
  const lines = [head, ...(typeof stack === "string" ? placesOf(stack, converter) : [])];
  if (depth >= deepest) return lines;
  const causes: [string, unknown][] = [["Caused by", read(thrown, "cause")]];
  const errors = read(thrown, "errors");
  if (Array.isArray(errors))
    causes.push(...errors.slice(0, deepest).map((error) => ["One of", error] as [string, unknown]));
  for (const [word, cause] of causes) {
    if (cause === undefined || cause === null || seen.has(cause as object)) continue;
    const [first, ...rest] = traceOf(cause, converter, depth + 1, seen);
    lines.push("", `${word} ${first}`, ...rest);
  }
  return lines;
}

/** The stack's lines that a reader can act upon, in TypeScript's own positions, the first with its code. */
function placesOf(stack: string, converter: Places): string[] {
  const lines: string[] = [];
  let framed = false;
  for (const call of stack.split("\n")) {
    // As V8 writes it, or as Firefox and Safari do.
    const match =
      /^\s+at (?:(.*?) \()?(.+?):(\d+):(\d+)\)?$/.exec(call) ?? /^(.*?)@(.+):(\d+):(\d+)$/.exec(call);
    if (match === null) continue;
    const [, name = "", file = "", line = "1", column = "1"] = match;
    const place = converter.original(file, Number(line), Number(column));
    if (place === null) {
      if (!hidden.test(file))
        lines.push(`    at ${name === "" ? "" : `${name} `}(${file}:${line}:${column})`);
      continue;
    }
    if (!framed) {
      const start = { line: place.line - 1, column: place.column - 1 };
      lines.push(codeFrame(place.source, place.text, start, start));
      framed = true;
    } else {
      lines.push(
        `    at ${name === "" || name.startsWith("eval") ? "" : `${name} `}(${place.source}:${place.line}:${place.column})`,
      );
    }
  }
  return lines;
}

/** Node's inside, tslab's, and this kernel's own: nothing a reader wrote or can change. */
const hidden =
  /^node:|^blob:|^evalmachine|[\\/]tslab[\\/]dist[\\/]|[\\/]dist[\\/]kernel[\\/]|^<anonymous>$|^In\[\d+\]$/;
