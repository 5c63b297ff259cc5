import { format, inspect } from "node-inspect-extracted";
import { type ChineseTable, translator } from "../../kernel/chinese/translator";
import { currentExecution } from "../../runtime/execution";
import { hearComm, hearLine, offerHost, print, publish } from "../../runtime/messages";
import { type Frame, openPorts } from "../../runtime/ports";
import { inReadersWords, speakChinese } from "../../runtime/readerswords";
import { rewriteFunctionTexts, rewriteStacks } from "../../runtime/stack";
import { showTensors } from "../../runtime/tensors";
import { AsyncLocalStorage, bindTimers } from "./asynccontext";
import { failed, places, run, type RunRequest, setScope, touch, withoutCalls } from "./cellrunner";
import { operations } from "./pagelibrary";

/** The page is told at once, or within this many milliseconds where a cell prints without an end. */
const patience = 40;
const most = 32_768;

const post = globalThis.postMessage.bind(globalThis) as (frame: Frame) => void;
let pending: (Frame & { text: string }) | null = null;
let since = 0;
let timer: number | undefined;
const later = globalThis.setTimeout.bind(globalThis) as (run: () => void, wait: number) => number;

/** Says something to the page. What is printed is gathered a little: a message for every line would be slow. */
function tell(frame: Frame): void {
  if (frame.op !== "stream") {
    flush();
    return post(frame);
  }
  const text = String(frame.text);
  if (pending !== null && pending.name === frame.name && pending.parent === frame.parent)
    pending.text += text;
  else {
    flush();
    pending = { ...frame, text };
    since = performance.now();
    timer ??= later(flush, patience);
  }
  if (pending.text.length > most || performance.now() - since > patience) flush();
}

function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  if (pending === null) return;
  const frame = pending;
  pending = null;
  post(frame);
}

type Print = (...values: unknown[]) => void;

/** The console writes under the cell that the running code belongs to, as Node's does. */
function catchConsole(clear: () => void): void {
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

// The page runs cells as the kernel does, in a worker, with messages in place of pipes.
openPorts({ tell, inspect, owners: new AsyncLocalStorage<object>() });
offerHost();
bindTimers(() => currentExecution()?.cell, touch);
rewriteStacks(places);
rewriteFunctionTexts(withoutCalls);
showTensors();
catchConsole(() => publish("clear_output", { wait: false }));

globalThis.addEventListener("error", (event) => {
  event.preventDefault();
  failed(currentExecution(), event.error ?? new Error(event.message));
});
globalThis.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  failed(currentExecution(), event.reason);
});
globalThis.addEventListener("message", ({ data }: MessageEvent<Frame>) => void hear(data));
tell({ op: "ready", operations });

async function hear(frame: Frame): Promise<void> {
  if (frame.op === "execute") {
    const answer = await run(frame as unknown as RunRequest);
    tell({ op: "done", id: frame.id, ...answer });
  } else if (frame.op === "scope") setScope(frame.scope as RunRequest["scope"]);
  else if (frame.op === "members") tell({ op: "members", names: membersOf(frame.path as string[]) });
  else if (frame.op === "chinese") {
    const { sentences, phrases } = frame.table as ChineseTable;
    speakChinese(translator(sentences, phrases));
  } else if (frame.op === "line") hearLine(frame.token as number, frame.value as string);
  else if (frame.op === "comm_msg") {
    const content = frame.content as Parameters<typeof hearComm>[1];
    touch();
    await hearComm("comm_msg", content, { metadata: {}, buffers: [] }, (error) => failed(null, error));
  }
}

/** The names of the properties that a path of names leads to, without calling any getter. */
function membersOf(path: readonly string[]): string[] {
  let value: unknown = globalThis;
  for (const [i, name] of path.entries()) {
    const from: unknown = value;
    if (from === null || from === undefined) return [];
    const descriptor = descriptorOf(Object(from) as object, name);
    if (descriptor === undefined || (descriptor.get !== undefined && i > 0 && !isNamespace(from))) return [];
    value = (from as { [name: string]: unknown })[name];
  }
  const names = new Set<string>();
  for (let at = value; at !== null && at !== undefined; at = Object.getPrototypeOf(Object(at)) as unknown) {
    if (at === Object.prototype) break;
    for (const name of Object.getOwnPropertyNames(Object(at)))
      if (/^[A-Za-z$][\w$]*$/.test(name) && name !== "constructor") names.add(name);
    if (names.size > 2000) break;
  }
  return [...names];
}

function descriptorOf(from: object, name: string): PropertyDescriptor | undefined {
  for (let at: object | null = from; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor) return descriptor;
  }
  return undefined;
}

/** Modules that a bundler made have getters, which do nothing else. */
function isNamespace(value: unknown): boolean {
  return Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
}
