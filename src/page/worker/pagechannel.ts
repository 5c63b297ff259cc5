import type { Frame } from "../../runtime/ports";

/** The page is told at once, or within this many milliseconds where a cell prints without an end. */
const patience = 40;
const most = 32_768;

const post = globalThis.postMessage.bind(globalThis) as (frame: Frame) => void;
let pending: (Frame & { text: string }) | null = null;
let since = 0;
let timer: number | undefined;
const later = globalThis.setTimeout.bind(globalThis) as (run: () => void, wait: number) => number;

/** Says something to the page. What is printed is gathered a little: a message for every line would be slow. */
export function tell(frame: Frame): void {
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
