import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { Client } from "./client";

/** `npm run soak` asks for 500. */
const cycles = Number(process.env.SOAK_CYCLES ?? 5);
/** A loop that nothing but a new engine can stop takes the kernel's five seconds of grace. */
const replacements = Math.ceil(cycles / 100);

interface Process {
  pid: number;
  /** Resident memory, in MiB. */
  memory: number;
  /** Open files and sockets, where the system lists them. */
  files: number | null;
}

/** A kernel's own process and all below it. */
function family(pid: number): Process[] {
  const lines = spawnSync("ps", ["-eo", "pid=,ppid=,rss="], { encoding: "utf8" }).stdout.trim().split("\n");
  const all = lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const below = (parent: number): number[] =>
    all.filter(([, of]) => of === parent).flatMap(([child]) => [child, ...below(child)]);
  return [pid, ...below(pid)].map((id) => {
    const [, , memory] = all.find(([each]) => each === id)!;
    const files = `/proc/${id}/fd`;
    return { pid: id, memory: memory / 1024, files: existsSync(files) ? readdirSync(files).length : null };
  });
}

async function cycle(kernel: Client, number: number): Promise<void> {
  const { outputs } = await kernel.run(`const value = ${number}; console.log(value); value * 2`);
  expect(outputs.at(-1)!.content.data["text/plain"]).toBe(String(2 * number));
  const id = kernel.begin('console.log("begun"); for (;;) {}');
  await kernel.until(() => kernel.text(id).includes("begun"));
  await kernel.ask("interrupt_request", {}, "control");
  expect((await kernel.end(id)).reply.ename).toBe("Interrupted");
  const { reply } = await kernel.run(`throw new RangeError("cycle ${number}")`);
  expect(reply).toMatchObject({ ename: "RangeError", evalue: `cycle ${number}` });
  // What a front end of days keeps is not the kernel's.
  kernel.forget();
}

/** Stops what only the engine's end can stop. */
async function replaceEngine(kernel: Client): Promise<void> {
  const id = kernel.begin(
    'console.log("begun"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
  );
  await kernel.until(() => kernel.text(id).includes("begun"));
  await kernel.ask("interrupt_request", {}, "control");
  await kernel.end(id);
  await kernel.run("1");
}

/** The least that a process held in a quarter of the cycles: what is between collections of garbage is not a leak. */
function quarter(seen: Process[][], process: number, number: number): { memory: number; files: number } {
  const length = Math.floor(seen.length / 4);
  const part = seen.slice(number * length, (number + 1) * length).map((each) => each[process]!);
  return {
    memory: Math.min(...part.map(({ memory }) => memory)),
    files: Math.min(...part.map(({ files }) => files ?? 0)),
  };
}

/** Ends a kernel, and all its processes with it. */
async function ended(kernel: Client, restart = false): Promise<void> {
  const ids = family(kernel.process.pid!).map(({ pid }) => pid);
  await kernel.shutdown(restart);
  await kernel.until(() => spawnSync("ps", ["-p", ids.join(",")]).status !== 0, 5_000);
}

test(
  `${cycles} cycles of execute, interrupt, error and restart leave nothing behind`,
  { timeout: 120_000 + cycles * 20_000 },
  async () => {
    const lasting = await Client.start();
    let restarting = await Client.start();
    const seen: Process[][] = [];
    for (let number = 1; number <= cycles; number++) {
      await cycle(lasting, number);
      await cycle(restarting, number);
      if (number % Math.ceil(cycles / replacements) === 0) await replaceEngine(restarting);
      await ended(restarting, true);
      restarting = await Client.start();
      seen.push(family(lasting.process.pid!));
    }
    if (cycles > 100) {
      const every = seen.filter((_, i) => i % Math.floor(cycles / 20) === 0 || i === cycles - 1);
      console.log(every.map((each) => each.map(({ memory, files }) => `${Math.round(memory)} MiB ${files}`)));
    }
    expect(seen.map(({ length }) => length)).toEqual(seen.map(() => 2));
    for (const i of [0, 1]) {
      const [settled, last] = [quarter(seen, i, 1), quarter(seen, i, 3)];
      expect(last.files, "open files").toBeLessThanOrEqual(settled.files + 1);
      expect(last.memory, "resident memory in MiB").toBeLessThan(settled.memory + 40);
    }
    await ended(lasting);
    await ended(restarting);
  },
);
