import { Module } from "node:module";
import { join } from "node:path";
import { defaultGenerator } from "../../nn/random";
import type { MimeBundle } from "../../runtime/display";
import {
  begin,
  Execution,
  type Failure,
  finish,
  Interrupted,
  isInterrupt,
  within,
} from "../../runtime/execution";
import { failureOf } from "../../runtime/failure";
import { fingerprint } from "../../runtime/fingerprint";
import { publish } from "../../runtime/messages";
import { bundleOfResult } from "../../runtime/result";
import { type Dependence, withNoticed } from "../../runtime/stalecells";
import { failureOfComplaints } from "../cells/complaints";
import type { CellConverter } from "../cells/converter";
import { dependenceOf } from "../cells/dependence";
import { moduleAddress, type Modules, modulesKey } from "../cells/esmodules";
import type { Loader } from "../packages";
import { stopTimers } from "./asyncobjects";
import { heedAll } from "./channel";
import { createTslabExecutor, type TslabExecutor } from "./executor";

/** What the front asks for. Jupyter: `execute_request`. */
export interface ExecuteRequest {
  id: number;
  code: string;
  count: number;
  silent: boolean;
  allowStdin: boolean;
  expressions: { [name: string]: unknown };
  cell: string | null;
}

/** Jupyter: the content of `execute_reply`; `result` is for the history and stays in the kernel. */
export type ExecuteReply =
  | { status: "ok"; user_expressions: { [name: string]: unknown }; payload: []; result: string | null }
  | ({ status: "error" } & Failure);

/** A reply, and what the cell declared and used. */
export interface Run {
  reply: ExecuteReply;
  declares: string[];
  uses: string[];
  /** What its text tells, and what was noticed while it ran. */
  dependence: Dependence;
}

const nothing: MimeBundle = { data: {}, metadata: {} };

/** Runs cells with tslab's executor, one after another. */
export class Runner {
  private running: Execution | null = null;
  private stop: () => void = () => {};
  private thrown: { error: unknown } | null = null;
  private readonly executor: TslabExecutor;
  /** The variables of cells that are looked at; what is imported stays as it is. */
  private readonly watched = new Set<string>();
  private isSeeded = false;

  constructor(private readonly converter: CellConverter) {
    const console = {
      log: (value: unknown) => {
        if (this.running !== null) this.running.result = { value };
      },
      // The converter's complaints come here as text too: they are taken from where they have their positions.
      error: (...args: unknown[]) => {
        if (args.length === 1) this.thrown = { error: args[0] };
      },
    };
    this.executor = createTslabExecutor(converter, console);
  }

  /** Runs a cell, and notices what that does to what was there. */
  async run(request: ExecuteRequest): Promise<Run> {
    const { locals } = this.executor;
    // Nobody is told of a run that names no cell.
    const before = (request.cell === null ? [] : [...this.watched])
      .filter((name) => Object.hasOwn(locals, name))
      .map((name) => ({ name, value: locals[name], hash: fingerprint(locals[name]).hash }));
    defaultGenerator.firstUse = null;
    const run = await this.execute(request);
    const told = this.converter.dependence ?? dependenceOf(request.code);
    for (const name of told.declares) this.watched.add(name);
    const { firstUse } = defaultGenerator;
    const own = new Set(run.declares);
    const altered = before.filter(
      ({ name, value, hash }) =>
        !own.has(name) &&
        (!Object.is(locals[name], value) || (Object(value) === value && fingerprint(value).hash !== hash)),
    );
    // What nobody seeded is another in every run anyway.
    this.isSeeded ||= firstUse === "seed";
    const drew = this.isSeeded && firstUse === "draw";
    const noticed = {
      altered: altered.map(({ name }) => name),
      drew,
      moved: this.isSeeded && firstUse !== null,
    };
    return { ...run, dependence: withNoticed(told, noticed) };
  }

  private async execute({
    id,
    code,
    count,
    silent,
    allowStdin,
    expressions,
    cell,
  }: ExecuteRequest): Promise<Omit<Run, "dependence">> {
    const execution = new Execution(id, count, allowStdin, cell);
    begin(execution);
    this.running = execution;
    const stopped = new Promise<void>((resolve) => (this.stop = resolve));
    const thrown = await this.evaluate(execution, code, `In[${count}]`);
    const { declares, uses } = this.converter.last;
    if (thrown !== null && !silent) within(execution, () => publish("error", { ...thrown }));
    if (thrown !== null) execution.failure = thrown;
    let result = nothing;
    if (execution.failure === null && execution.result !== null && !silent) {
      const { value } = execution.result;
      // How it shows may be a promise, and one that the reader does not want to wait for.
      const shown = within(execution, () => bundleOfResult(value)).catch((error: unknown) => {
        this.failed(execution, error);
        return nothing;
      });
      result = await Promise.race([shown, stopped.then(() => nothing)]);
      // Nothing to show is nothing shown.
      if (Object.keys(result.data).length > 0)
        within(execution, () => publish("execute_result", { execution_count: count, ...result }));
    }
    const user_expressions = execution.failure === null ? await this.expressions(execution, expressions) : {};
    await finish(execution, (...how) => this.failed(...how), stopped);
    this.running = null;
    execution.result = null;
    // Also what failed beside the cell's own code, which was told when it happened.
    const { failure } = execution;
    if (failure !== null) return { reply: { status: "error", ...failure }, declares, uses };
    const text = result.data["text/plain"];
    const shown = typeof text === "string" ? text : null;
    return { reply: { status: "ok", user_expressions, payload: [], result: shown }, declares, uses };
  }

  /** Stops the execution of this number where it still runs. */
  interrupt(id: number | null): void {
    if (this.running === null || this.running.id !== id) return;
    this.running.cancelled = true;
    this.stop();
    this.executor.interrupt();
  }

  /** An error that no code of the cell handled. */
  failed(execution: Execution | null, error: unknown): void {
    if (isInterrupt(error)) {
      // It was stopped in a timer, which would begin anew.
      stopTimers();
      heedAll();
    }
    // What a stopped cell left running ends by itself, as it should.
    if (error instanceof Interrupted && execution?.cancelled !== false) return;
    const failure = failureOf(error, this.converter.places);
    if (execution !== null) execution.failure ??= failure;
    within(execution, () => publish("error", { ...failure }));
  }

  private async evaluate(execution: Execution, code: string, source: string): Promise<Failure | null> {
    this.thrown = null;
    this.converter.begin(source, this.executor.locals);
    let ok = false;
    try {
      ok = await within(execution, () => this.executor.execute(code));
      // One turn of the event loop: a promise that was rejected and that nobody handles is known after it.
      await new Promise((resolve) => setImmediate(resolve));
    } catch (error) {
      this.thrown = { error };
    }
    this.converter.settle(ok);
    if (ok) return null;
    const thrown = this.thrown as { error: unknown } | null;
    if (execution.cancelled) return failureOf(new Interrupted(), this.converter.places);
    if (thrown !== null) return failureOf(thrown.error, this.converter.places);
    return failureOfComplaints(this.converter.last.diagnostics, source);
  }

  /** Jupyter: `user_expressions`, each with its value or its error. */
  private async expressions(
    execution: Execution,
    expressions: { [name: string]: unknown },
  ): Promise<{ [name: string]: unknown }> {
    const values: { [name: string]: unknown } = {};
    for (const [name, code] of Object.entries(expressions)) {
      execution.result = null;
      const failure = await this.evaluate(execution, String(code), name);
      values[name] = failure === null ? await this.valueOf(execution) : { status: "error", ...failure };
    }
    return values;
  }

  /** The last expression's value as the answer to a user expression. */
  private async valueOf(execution: Execution): Promise<object> {
    try {
      return { status: "ok", ...(await bundleOfResult(execution.result?.value)) };
    } catch (error) {
      return { status: "error", ...failureOf(error, this.converter.places) };
    }
  }
}

/** Modules that were loaded, as compiled code takes them: with a default export that is known as one. */
const loaded = new Map<string, object>();

async function load(address: string): Promise<object> {
  const known = loaded.get(address);
  if (known !== undefined) return known;
  const namespace = (await import(address)) as object;
  const module = new Proxy(namespace, {
    get: (target, key) => key === "__esModule" || (Reflect.get(target, key) as unknown),
  });
  loaded.set(address, module);
  return module;
}

const modules: Modules = {
  async load(addresses) {
    for (const address of addresses) await load(address);
  },
  get: (address) => loaded.get(address)!,
  async import(name, requireHere) {
    const address = /^(file|data):/.test(name) ? name : moduleAddress(name, process.cwd());
    if (address !== null) return (await import(address)) as object;
    const module = requireHere(name) as { __esModule?: boolean };
    return module.__esModule === true ? module : { ...module, default: module };
  },
};

/** Offers ECMAScript modules to the code of the cells. */
export function offerModules(): void {
  (globalThis as { [modulesKey]?: Modules })[modulesKey] = modules;
}

/** A cell has what a file has that Node runs, as if it stood beside the notebook. Node.js: "The module scope". */
export function offerModuleScope(cwd: string): void {
  const filename = join(cwd, "cell.ts");
  const module = new Module(filename);
  Object.assign(module, { filename, paths: (Module as unknown as Loader)._nodeModulePaths(cwd) });
  for (const [name, value] of Object.entries({ __dirname: cwd, __filename: filename, module }))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
