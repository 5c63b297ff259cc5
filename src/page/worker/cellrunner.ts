import { engine } from "@tensorflow/tfjs-core";
import { defaultGenerator, type GeneratorState } from "../../nn/random";
import { begin, Execution, finish, within } from "../../runtime/execution";
import { failureOf } from "../../runtime/failure";
import { type Fingerprint, fingerprint } from "../../runtime/fingerprint";
import { publish } from "../../runtime/messages";
import { bundleOfResult } from "../../runtime/result";
import type { Places } from "../../runtime/stack";
import { generatorName } from "../../runtime/stalecells";
import type { RunAnswer, RunOrder } from "../session";
import { back, endTimers, here } from "./asynccontext";
import { moduleNamed } from "./pagelibrary";

/** A cell to run, with the number by which it is known what it says. */
export interface RunRequest extends RunOrder {
  id: number;
}

type CellFunction = (tools: object) => Promise<{ value: unknown } | undefined>;

/** Disposes of what the running cell declared with `using`, when it ends. */
let disposals: (() => unknown)[] = [];

function disposal(resource: unknown, isAsync: boolean): unknown {
  const own = resource as { [key: symbol]: (() => unknown) | undefined };
  const dispose = (isAsync ? own[Symbol.asyncDispose] : undefined) ?? own[Symbol.dispose];
  if (typeof dispose !== "function") throw new TypeError("What `using` declares cannot be disposed of.");
  return dispose.call(resource);
}

const builtIn = new Set(namesOf(globalThis));
/** Variables of cells that are called as something of the browser's own, which must stay for all other code. */
const own: { [name: string]: unknown } = Object.create(null) as { [name: string]: unknown };
const evaluate = globalThis.eval;
/** What compiled cells call: see the page's `compile`. */
const tools = {
  here,
  back,
  using(resource: unknown, isAsync: boolean) {
    if (resource !== null && resource !== undefined) disposals.push(() => disposal(resource, isAsync));
    return resource;
  },
  module: moduleNamed,
  share: (name: string, value: unknown) => void (scopeOf(name)[name] = value),
};

function scopeOf(variable: string): { [name: string]: unknown } {
  return builtIn.has(variable) ? own : (globalThis as unknown as { [name: string]: unknown });
}

function namesOf(value: object | null): string[] {
  return value === null
    ? []
    : [...Object.getOwnPropertyNames(value), ...namesOf(Object.getPrototypeOf(value))];
}

/** A variable's value, from one run. */
interface Given {
  value: unknown;
  print: Fingerprint | null;
}

/** By stamp, what the runs gave, and where they left the default generator. */
const given = new Map<number, { values: Map<string, Given>; state: GeneratorState }>();
/** The variables that there are now, with the stamps of the runs that gave them. */
let present = new Map<string, number>();
const beginning = { values: new Map<string, Given>(), state: defaultGenerator.getState() };
/** Whether timers or controls may have altered values since the last run. */
let isTouched = false;

/** To be called when code runs that belongs to no running cell. */
export function touch(): void {
  isTouched = true;
}

/**
 * Gives the variables the values that some runs gave them, and takes all others away: cells find what a run of the notebook
 * from its top would leave for them.
 */
export function setScope(scope: [name: string, stamp: number][]): void {
  // What timers and controls have assigned since belongs to the run that gave the variable.
  for (const [name, stamp] of present) {
    const known = given.get(stamp)?.values.get(name);
    if (known) known.value = scopeOf(name)[name];
  }
  const next = new Map(scope);
  for (const name of present.keys()) if (!next.has(name)) Reflect.deleteProperty(scopeOf(name), name);
  defaultGenerator.setState((given.get(next.get(generatorName) ?? 0) ?? beginning).state);
  next.delete(generatorName);
  for (const [name, stamp] of next) scopeOf(name)[name] = given.get(stamp)?.values.get(name)?.value;
  present = next;
}

/** By cell, the names that TensorFlow.js keeps of variables that it made. */
const variables = new Map<string, string[]>();

/** TensorFlow.js refuses a name twice, and a cell that runs again makes its variables anew. */
function forgetVariables(cell: string): void {
  for (const name of variables.get(cell) ?? []) Reflect.deleteProperty(engine().registeredVariables, name);
}

/** What tells whether a value is the same as another run's: see the plan's `Run.gave`. */
function tokenOf(value: unknown): string {
  if (value !== null && (typeof value === "object" || typeof value === "function")) return "";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return typeof value === "symbol" || text.length > 200 ? "=" : `=${typeof value}:${text}`;
}

/** Runs a cell on the values that it is to find, and tells what that gave and altered. */
export async function run(request: RunRequest): Promise<RunAnswer> {
  const { cell, names, stamp, scope, mayAlter, secretive, imports } = request;
  for (const forgotten of request.forgets) given.delete(forgotten);
  endTimers(cell);
  forgetVariables(cell);
  setScope(scope);
  const before = [...present].map(([name, from]) => ({ name, known: given.get(from)?.values.get(name) }));
  if (isTouched) for (const { known } of before) if (known?.print) known.print = fingerprint(known.value);
  isTouched = false;
  defaultGenerator.firstUse = null;
  const registered = new Set(Object.keys(engine().registeredVariables));
  const ok = await executed(request);
  variables.set(
    cell,
    Object.keys(engine().registeredVariables).filter((name) => !registered.has(name)),
  );
  const drew = defaultGenerator.firstUse === "draw";
  const moved = defaultGenerator.firstUse !== null;
  const values = new Map<string, Given>();
  const altered: string[] = [];
  for (const name of names) values.set(name, { value: scopeOf(name)[name], print: null });
  for (const { name, known } of before) {
    if (values.has(name)) continue;
    if (known?.print === null && tokenOf(known.value) === "") continue;
    const value = scopeOf(name)[name];
    if (known === undefined || !Object.is(value, known.value)) values.set(name, { value, print: null });
    else if (tokenOf(value) === "") {
      const print = fingerprint(value);
      const isHidden = print.isPartial || (print.hasFunctions && secretive.includes(name));
      if (print.hash !== known.print?.hash || (isHidden && mayAlter.includes(name))) altered.push(name);
      known.print = print;
    }
  }
  for (const [name, each] of values)
    if (tokenOf(each.value) === "" && !imports.includes(name)) each.print = fingerprint(each.value);
  given.set(stamp, { values, state: defaultGenerator.getState() });
  for (const name of values.keys()) present.set(name, stamp);
  const gave = [...values].map(([name, { value }]): [string, string] => [name, tokenOf(value)]);
  return { ok, gave, altered, drew, moved };
}

/** @returns whether it ran without an error. */
async function executed({ id, count, cell, source, code, names }: RunRequest): Promise<boolean> {
  const execution = new Execution(id, count, true, cell);
  begin(execution);
  const name = `In[${count}]`;
  disposals = [];
  try {
    const result = await within(execution, () => settled(functionOf(code, name, source, names)(tools)));
    // What is rejected and handled by nobody is known after a turn of the event loop.
    await new Promise((resolve) => setTimeout(resolve));
    if (result !== undefined && result.value !== undefined && execution.failure === null) {
      const bundle = await within(execution, () => bundleOfResult(result.value));
      if (Object.keys(bundle.data).length > 0)
        within(execution, () => publish("execute_result", { execution_count: count, ...bundle }));
    }
  } catch (error) {
    failed(execution, error);
  }
  await finish(execution, failed);
  return execution.failure === null;
}

/** Waits for a cell, then disposes of its resources, the last first; what the cell threw comes before what that throws. */
async function settled<T>(run: Promise<T>): Promise<T> {
  const errors: unknown[] = [];
  const result = await run.catch((error: unknown) => void errors.push(error));
  for (const dispose of disposals.reverse()) {
    try {
      await dispose();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return result as T;
}

/** An error of a cell, also one that comes late. */
export function failed(execution: Execution | null, error: unknown): void {
  const failure = failureOf(error, places);
  if (execution !== null) execution.failure ??= failure;
  within(execution, () => publish("error", { ...failure }));
}

/** A function's text without what brings it back to its cell, which only a cell has. */
export function withoutCalls(text: string): string {
  return text.replaceAll("__cell.back(__cell.here(), ", "(");
}

/** Cells share their variables as properties of the global object, which engines make fast. */
function functionOf(code: string, name: string, source: string, names: string[]): CellFunction {
  for (const variable of names) {
    const scope = scopeOf(variable);
    scope[variable] ??= undefined;
  }
  const body = `return async (__cell) => { "use strict"; ${code}\n} }`;
  const scoped = Object.keys(own).length > 0 ? `{ with (__own) { ${body} }` : `{ ${body}`;
  const script = `(function (__own) ${scoped})`;
  keepCell(name, source, script);
  const make = evaluate(`${script}\n//# sourceURL=${scriptOf(name)}`) as (own: object) => CellFunction;
  return make(own);
}

/** Cells as they were written and as they run, by the name that stacks give them. */
const cells = new Map<string, { source: string[]; code: string[] }>();
/** Functions of a cell may throw long after it ran; so many cells are kept. */
const most = 500;

/** How a stack names the code of a cell: not as the reader does, whose lines and columns are others. */
const scriptOf = (name: string): string => `${name}.js`;

function keepCell(name: string, source: string, code: string): void {
  cells.set(name, { source: source.split("\n"), code: code.split("\n") });
  for (const oldest of cells.keys()) {
    if (cells.size <= most) break;
    cells.delete(oldest);
  }
}

/** So much of a line tells where it is; a line may be as long as a file. */
const longest = 200;

/** What stands at a column of the running line, where so much of it stands once in the reader's. */
function columnIn(text: string, code: string, column: number): number | null {
  const shift = code.indexOf(text);
  const kept = column - shift;
  if (shift >= 0 && kept >= 1 && kept <= text.length) return kept;
  const rest = code.slice(column - 1, column - 1 + longest);
  for (let length = rest.length; length > 2; length--) {
    const part = rest.slice(0, length);
    const at = text.indexOf(part);
    if (at >= 0 && text.lastIndexOf(part) === at) return at + 1;
  }
  return null;
}

/** The way back: compiled cells keep their lines. */
export const places: Places = {
  original(file, line, column) {
    const name = file.replace(/\.js$/, "");
    const cell = file === scriptOf(name) ? cells.get(name) : undefined;
    const text = cell?.source[line - 1];
    if (cell === undefined || text === undefined) return null;
    const own = columnIn(text, cell.code[line - 1] ?? "", column);
    return { source: name, line, column: own ?? text.length - text.trimStart().length + 1, text };
  },
  textOf: (source, line) => cells.get(source)?.source[line - 1] ?? null,
  // All of a page is one script.
  packageOf: () => null,
  relative: (text) => text,
  folded: () => "",
};
