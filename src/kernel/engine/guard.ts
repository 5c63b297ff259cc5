import { inReadersWords } from "../../runtime/language";
import { currentExecution, type Execution } from "../../runtime/execution";

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
