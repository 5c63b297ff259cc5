import { StringDecoder } from "node:string_decoder";
import { currentExecution, type Execution } from "../../runtime/execution";
import { print, publish } from "../../runtime/messages";
import { inReadersWords } from "../../runtime/readerswords";

type Done = (error?: Error | null) => void;

/** What is written to stdout and stderr goes to the cell that the writing code belongs to. Jupyter: `stream`. */
export function catchOutput(): void {
  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new StringDecoder("utf8");
    const write = (data: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
      const named = typeof encoding === "string" ? encoding : "utf8";
      const text =
        typeof data !== "string"
          ? decoder.write(Buffer.from(data.buffer, data.byteOffset, data.byteLength))
          : named === "utf8" || named === "utf-8"
            ? data
            : decoder.write(Buffer.from(data, named));
      if (text !== "") print(name, text);
      const called = typeof encoding === "function" ? encoding : done;
      if (called) process.nextTick(called);
      return true;
    };
    process[name].write = write as typeof process.stdout.write;
  }
}

/** `console.group` indents what its own cell prints, and nothing that comes after. */
export function keepGroups(): void {
  // Node keeps the indentation on the console itself; versions differ in what they call it.
  const key = Object.getOwnPropertySymbols(console).find(({ description = "" }) =>
    /^kGroupIndent(ationString)?$/.test(description),
  );
  if (key === undefined) return;
  Object.defineProperty(console, key, {
    get: () => currentExecution()?.indent ?? "",
    set(indent: string) {
      const execution = currentExecution();
      if (execution !== null) execution.indent = indent;
    },
  });
}

/** `console.clear` empties what the cell has shown, as it would empty a terminal. */
export function clearByConsole(): void {
  console.clear = () => publish("clear_output", { wait: false });
}

/** What `process.exit()` does in a cell. */
class ProcessExit extends Error {
  override name = "ProcessExit";
}

/** A cell cannot end the kernel: the calls that would are errors of the cell. */
export function forbidExit(): void {
  const forbid = (name: string) =>
    ((code?: unknown): never => {
      const call = `process.${name}(${code === undefined ? "" : String(code)})`;
      throw new ProcessExit(`${call} would end the kernel; restart it from the front end's menu instead.`);
    }) as typeof process.exit;
  process.exit = forbid("exit");
  process.abort = forbid("abort") as typeof process.abort;
  (process as { reallyExit?: unknown }).reallyExit = forbid("reallyExit");
}

/** Warnings of ours are told in the reader's language. */
export function rewriteWarnings(): void {
  const { warn } = console;
  console.warn = (...values: unknown[]) =>
    warn.apply(
      console,
      values.map((value) => (typeof value === "string" ? inReadersWords(value) : value)),
    );
}

/** Errors that no code handled, such as a timer's or a promise's, are errors of the cell that started it. */
export function catchUnhandled(failed: (execution: Execution | null, error: unknown) => void): void {
  process.on("uncaughtException", (error) => failed(currentExecution(), error));
  process.on("unhandledRejection", (reason) => failed(currentExecution(), reason));
}
