import { inReadersWords } from "./readerswords";

/** A place in the reader's own text: line and column from 1, and that line. */
export interface Place {
  /** How the reader knows the source: `In[3]`, or a file's path beside the notebook. */
  source: string;
  line: number;
  column: number;
  text: string;
}

/** The way back from what runs to what the reader wrote. */
export interface Places {
  /** The reader's place of one in running code, lines and columns from 1; null where that is not the reader's. */
  original(file: string, line: number, column: number): Place | null;
  /** A line of a source by the reader's name for it, from 1; null of an unknown one. */
  textOf(source: string, line: number): string | null;
  /** The package that a file belongs to; null where nobody who reads a notebook would know it. */
  packageOf(file: string): string | null;
  /** A text with the paths of the machine as a reader would write them. */
  relative(text: string): string;
  /** What stands for calls inside packages. */
  folded(count: number, packages: readonly string[]): string;
}

/** A line of a stack, in parts. */
interface Call {
  name: string;
  file: string;
  line: number;
  column: number;
}

/** What a line begins with that stands for several calls: a stack that was shortened before is known by it. */
const fold = "    … ";

/**
 * The calls of a stack as a reader can use them: in the reader's own lines, one for a place however often it was called,
 * and what happened inside packages in a line. What was made so before stays as it is.
 * @param lines of a stack, as V8 writes them, or as Firefox and Safari do
 */
export function readersCalls(lines: readonly string[], places: Places): string[] {
  const shown: string[] = [];
  const times = new Map<string, number>();
  let count = 0;
  let packages = new Set<string>();
  const close = (): void => {
    if (count > 0) shown.push(fold + places.folded(count, [...packages]));
    count = 0;
    packages = new Set();
  };
  for (const line of lines) {
    if (line.startsWith(fold)) shown.push(line);
    const call = callIn(line);
    if (call === null) continue;
    const place = placeOf(call, places);
    if (place !== null) {
      close();
      const at = `${place.source}:${place.line}:${place.column}`;
      const text = `    at ${call.name === "" || call.name === "async" ? `${call.name} ${at}`.trim() : `${call.name} (${at})`}`;
      const before = times.get(text);
      times.set(text, (before ?? 0) + timesIn(line));
      if (before === undefined) shown.push(text);
      continue;
    }
    const name = places.packageOf(call.file);
    if (name === null) continue;
    count++;
    packages.add(name);
  }
  // Below the reader's own calls is only how they came to run.
  if (shown.length === 0) close();
  return shown.map((line) => ((times.get(line) ?? 1) > 1 ? `${line} ×${times.get(line)}` : line));
}

/** Node's errors about modules, which tell who asked for them in paths of the machine. */
const aboutModules = /^(MODULE_NOT_FOUND|ERR_(PACKAGE|MODULE|REQUIRE|UNSUPPORTED)_\w+)$/;

/** What an error says, as a reader is told it: programs read its message. */
export function toldOf(message: string, code: unknown, places: Places): string {
  if (typeof code !== "string" || !aboutModules.test(code)) return inReadersWords(message);
  return places.relative(message.replace(/\nRequire stack:\n[^]*$/, ""));
}

/** An error's stack names the reader's own lines wherever it is printed, and no place on this machine. */
export function rewriteStacks(places: Places): void {
  const ours = (error: Error, sites: NodeJS.CallSite[]): string => {
    let head: string;
    try {
      const { message } = error;
      head = Error.prototype.toString.call(error);
      if (head.endsWith(message))
        head =
          head.slice(0, head.length - message.length) +
          toldOf(message, (error as { code?: unknown }).code, places);
    } catch {
      head = "Error";
    }
    const lines = sites.map((site) => `    at ${String(site)}`);
    return [head, ...readersCalls(lines, places)].join("\n");
  };
  let own: unknown = null;
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    get: () => own ?? ours,
    // Code that takes its own away again gets ours back.
    set: (value: unknown) => void (own = typeof value === "function" && value !== ours ? value : null),
  });
}

/**
 * A function of a cell that is turned to text, to run elsewhere, is the reader's own.
 * @param plain takes from a text what was put into it to run here
 */
export function rewriteFunctionTexts(plain: (text: string) => string): void {
  const { toString } = Function.prototype;
  const rewritten = {
    toString(this: unknown): string {
      return plain(toString.call(this));
    },
  };
  Object.defineProperty(Function.prototype, "toString", { value: rewritten.toString });
}

/** The reader's place in a line that was made for a reader, such as `    at deep (In[3]:1:7)`. */
export function placeIn(line: string, places: Places): Place | null {
  const call = callIn(line);
  return call === null ? null : placeOf(call, places);
}

function placeOf({ file, line, column }: Call, places: Places): Place | null {
  const original = places.original(file, line, column);
  if (original !== null) return original;
  const text = places.textOf(file, line);
  return text === null ? null : { source: file, line, column, text };
}

function callIn(line: string): Call | null {
  const match =
    /^\s+at (?:(.*?) \()?(async )?([^()\n]+?):(\d+):(\d+)\)?(?: ×\d+)?$/.exec(line) ??
    /^(.*?)@()(.+):(\d+):(\d+)$/.exec(line);
  if (match === null) return null;
  const [, name = "", async = "", file = "", at = "1", column = "1"] = match;
  // Code that is no function's, and functions without a name.
  const isNamed = !/^eval\b|<anonymous>/.test(name);
  return {
    name: `${async}${isNamed ? name : ""}`.trim(),
    file,
    line: Number(at),
    column: Number(column),
  };
}

function timesIn(line: string): number {
  return Number(/ ×(\d+)$/.exec(line)?.[1] ?? 1);
}
