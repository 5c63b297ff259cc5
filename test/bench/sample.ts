import { allNames, groups } from "../../bench/groups.mjs";
import { curves } from "../../bench/growth.mjs";
import { type Point, type Row, row } from "../../bench/row.mjs";
import type { Run } from "../../bench/run.mjs";

const overs = Object.keys(curves) as Point["over"][];

/** Rounds around a time, the first of them the fastest. */
const around = (seconds: number): number[] => [0.9, 1, 1.25].map((factor) => factor * seconds);

/** A curve of made-up times: a start of its own, then in proportion to what grows. */
function growth({ over, size }: Point): Row {
  const work = over === "width" ? size ** 2 : over === "depth" ? 64 * 64 * size : 64 * 64 * size;
  return row({
    name: `${over}-${size}`,
    title: { en: `${over} ${size}`, zh: `${over} ${size}` },
    point: { over, size },
    ours: around(1e-4 + work * 6e-9),
    theirs: around(4e-4 + work * 5e-9),
    peer: "PyTorch",
  });
}

const points = overs.flatMap((over) => curves[over].map((size) => ({ over, size })));

/** What a run would write, with made-up numbers. */
export function sampleRun(): Run {
  const grown = points.map(growth);
  const others = allNames
    .filter((name) => !grown.some((row) => row.name === name))
    .map((name, i) =>
      row({
        name,
        title: { en: `the work ${name}`, zh: `工作 ${name}` },
        unit: groups.memory!.names.includes(name) ? "B" : "s",
        ours: groups.memory!.names.includes(name) ? [2e8, 2.1e8, 2.2e8] : around(0.02 * (i + 1)),
        theirs: groups.memory!.names.includes(name) ? [4e8, 4.1e8, 4.2e8] : around(0.03 * (i + 1)),
        peer: "PyTorch",
      }),
    );
  const rows = allNames.map((name) => [...grown, ...others].find((row) => row.name === name)!);
  return {
    version: 1,
    rounds: 3,
    machine: {
      processor: "A Processor",
      instructions: "AVX2",
      cores: 2,
      memory: 8 * 2 ** 30,
      system: "A System, x64",
      node: "20.0.0",
      tfjs: "4.22.0",
      backend: "native",
      pytorch: "2.13.0",
    },
    rows,
  };
}
