import { display } from "../nn/text";
import type { MimeBundle } from "./display";
import { bundleOf, isFigure } from "./figurebundle";
import { inReadersWords } from "./readerswords";
import { inspectCustom, ports } from "./ports";
import { sendable } from "./sendable";

/**
 * A cell's last value in the forms a front end can show. Jupyter: `execute_result`.
 * @throws what the value's own way to show itself throws, and TypeError where what it gives cannot be sent.
 */
export async function bundleOfResult(value: unknown): Promise<MimeBundle> {
  const own = await ownBundle(value);
  if (own !== null) return own;
  if (isFigure(value)) return bundleOf(value);
  return { data: { "text/plain": boundedText(value) }, metadata: {} };
}

/** What `Symbol.for("Jupyter.display")` gives, with a plain text beside it for front ends that show nothing else. */
async function ownBundle(value: unknown): Promise<MimeBundle | null> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return null;
  const method = (value as { [display]?: unknown })[display];
  if (typeof method !== "function") return null;
  const given: unknown = await (method as () => unknown).call(value);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new TypeError(
      `Symbol.for("Jupyter.display") gave ${boundedText(given)}; expected an object with a MIME type for each form, such as { "text/html": "…" }.`,
    );
  const whole = given as Partial<MimeBundle>;
  const isWhole = typeof whole.data === "object" && whole.data !== null;
  const { data, metadata } = sendable(
    isWhole ? { data: whole.data, metadata: whole.metadata } : { data: given },
  );
  const isShown = "text/plain" in data || Object.keys(data).length === 0;
  return { data: isShown ? data : { ...data, "text/plain": boundedText(value) }, metadata };
}

/** So many entries of a value are shown, at all its depths together, before it is shown less deep. */
const mostEntries = 12_000;
/** So many keys of an object are shown that alone has more entries than that. */
const fewerKeys = 1_000;
/** Node's own limits: of depth, of an array's, a map's or a set's elements, and of a string's characters. */
const deepest = 2;
const mostElements = 100;
const longestString = 10_000;
/** So many characters all strings in a value have together. */
const allStrings = 200_000;
/** So long a text may be. */
const longest = 50_000;

/** A value as Node's console shows it, in a time and a size that do not grow with it. Never throws. */
export function boundedText(value: unknown): string {
  try {
    const entries = entriesOf(value);
    if (entries.length > mostEntries) return cut(beginning(value as object, entries as string[]));
    const [depth, count] = reach(entries);
    const share = Math.max(50, Math.min(longestString, Math.floor(allStrings / (count + 1))));
    return cut(ports.inspect(value, { depth, maxStringLength: share }));
  } catch {
    return inReadersWords("a value that cannot be shown");
  }
}

/** How deep a value with these entries can be shown, and how many entries that is. */
function reach(entries: unknown[]): [depth: number, count: number] {
  let count = entries.length;
  let level = entries;
  for (let depth = 1; depth <= deepest; depth++) {
    const next: unknown[] = [];
    for (const one of level) {
      for (const entry of entriesOf(one)) next.push(entry);
      if (count + next.length > mostEntries) return [depth - 1, count];
    }
    count += next.length;
    level = next;
  }
  return [deepest, count];
}

/** What Node would show of a value itself, or just its keys where they are too many; no getter is called. */
function entriesOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  try {
    if (inspectCustom in value) return [];
    if (Array.isArray(value)) return value.slice(0, mostElements);
    if (value instanceof Map) return [...first(value.entries())].flat();
    if (value instanceof Set) return [...first(value.values())];
    const keys = Object.keys(value);
    if (keys.length > mostEntries) return keys;
    return keys.map((key) => Object.getOwnPropertyDescriptor(value, key)?.value as unknown);
  } catch {
    // Node looks behind a proxy, whose own answers these are.
    return [];
  }
}

function* first<T>(values: Iterable<T>): Generator<T> {
  let count = 0;
  for (const value of values) {
    if (count++ === mostElements) return;
    yield value;
  }
}

/** The first keys of an object, as if it had no others. */
function beginning(value: object, keys: string[]): string {
  const start = Object.create(Object.getPrototypeOf(value) as object | null) as object;
  for (const key of keys.slice(0, fewerKeys))
    Object.defineProperty(start, key, Object.getOwnPropertyDescriptor(value, key)!);
  return `${ports.inspect(start, { depth: 0, maxStringLength: 50 })}\n... ${counted(keys.length - fewerKeys)} more keys`;
}

function cut(text: string): string {
  if (text.length <= longest) return text;
  const end = text.lastIndexOf("\n", longest);
  const shown = text.slice(0, end > longest / 2 ? end : longest);
  return `${shown}\n... ${counted(text.length - shown.length)} more characters`;
}

function counted(number: number): string {
  return number.toLocaleString("en");
}
