import { format, inspect } from "node-inspect-extracted";
import { currentExecution } from "../../runtime/execution";
import { inReadersWords } from "../../runtime/readerswords";
import { print } from "../../runtime/messages";

type Print = (...values: unknown[]) => void;

/** The console writes under the cell that the running code belongs to, as Node's does. */
export function catchConsole(clear: () => void): void {
  const counts = new Map<string, number>();
  const starts = new Map<string, number>();
  const to =
    (name: "stdout" | "stderr"): Print =>
    (...values) => {
      const { indent = "" } = currentExecution() ?? {};
      print(name, `${format(...values).replace(/^/gm, indent)}\n`);
    };
  const [out, err] = [to("stdout"), to("stderr")];
  /** A group indents what its own cell prints. */
  const indentBy = (change: (indent: string) => string): void => {
    const execution = currentExecution();
    if (execution !== null) execution.indent = change(execution.indent);
  };
  const took = (label: string): string =>
    `${label}: ${(performance.now() - (starts.get(label) ?? NaN)).toFixed(3)}ms`;
  Object.assign(console, {
    log: out,
    info: out,
    debug: out,
    table: out,
    dir: (value: unknown, options?: object) => out(inspect(value, options)),
    warn: (...values: unknown[]) =>
      err(...values.map((value) => (typeof value === "string" ? inReadersWords(value) : value))),
    error: err,
    trace: (...values: unknown[]) => err("Trace:", ...values),
    assert(isTrue: unknown, ...values: unknown[]) {
      if (!isTrue) err("Assertion failed", ...values);
    },
    count(label = "default") {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      out(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = "default") => void counts.delete(label),
    group(...values: unknown[]) {
      if (values.length > 0) out(...values);
      indentBy((indent) => `${indent}  `);
    },
    groupEnd: () => indentBy((indent) => indent.slice(2)),
    time: (label = "default") => void starts.set(label, performance.now()),
    timeLog: (label = "default") => out(took(label)),
    timeEnd: (label = "default") => out(took(label)),
    clear,
  });
}
