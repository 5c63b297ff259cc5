import { createExecutor } from "tslab/dist/executor";
import { createConverter } from "tslab/dist/converter";
import { CellConverter } from "../../../dist/kernel/cells/converter.js";
import { converterSet } from "../../../dist/kernel/engine/executor.js";

/** What a cell did: its value, or what it threw, or the numbers of TypeScript's complaints. */
export type Outcome = { value?: unknown; thrown?: unknown; codes?: number[] };

/** Runs cells as the kernel does, with our converter in tslab's executor. */
export function notebook(cwd = process.cwd()): {
  run(code: string): Promise<Outcome>;
  converter: CellConverter;
  locals: Record<string, unknown>;
} {
  const converter = new CellConverter(cwd);
  let outcome: Outcome = {};
  const executor = createExecutor(cwd, converterSet(converter), {
    log: (value) => (outcome = { value: value as unknown }),
    error: (...args) => {
      if (args.length === 1) outcome = { thrown: args[0] as unknown };
    },
  });
  let count = 0;
  // The executor's code finds its names here; another notebook of this process has put its own meanwhile.
  const world = globalThis as { __tslab__?: unknown };
  const own = world.__tslab__;
  return {
    converter,
    locals: executor.locals,
    async run(code) {
      outcome = {};
      world.__tslab__ = own;
      converter.begin(`In[${++count}]`, executor.locals);
      const ok = await executor.execute(code);
      converter.settle(ok);
      const codes = converter.last.diagnostics.map((diagnostic) => diagnostic.code);
      return codes.length > 0 ? { codes } : outcome;
    },
  };
}

/** The same cells with tslab's own converter. */
export function stockNotebook(): { run(code: string): Promise<Outcome>; close(): void } {
  const converter = createConverter({});
  let outcome: Outcome = {};
  const executor = createExecutor(
    process.cwd(),
    { node: converter, browser: converter, close() {} },
    {
      log: (value) => (outcome = { value: value as unknown }),
      error: (...args) => {
        outcome = args.length === 1 ? { thrown: args[0] as unknown } : { codes: [0] };
      },
    },
  );
  return {
    async run(code) {
      outcome = {};
      await executor.execute(code);
      return outcome;
    },
    close: () => converter.close(),
  };
}
