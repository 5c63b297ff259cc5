import { readFileSync } from "node:fs";
import { join } from "node:path";
import { quote } from "../nn/quote";
import type { BlockDraws } from "../nn/resources";

/**
 * The kernels compiled of `cpp/`; see `cpp/addon.cc`. Arrays that are shorter than the sizes say, or no Float32Array, are a
 * RangeError, and nothing is read or written then.
 */
export interface Addon {
  /**
   * How many bytes of a buffer lie before its first whole cache line; asks for large pages for a large one, which nobody
   * has touched yet.
   */
  align(buffer: ArrayBuffer): number;
  /** The set of instructions in use: "baseline", "avx2" or "avx512". */
  instructions(): string;
  /** Uses another set; false where the processor has it not, and then nothing changes. */
  use(instructions: string): boolean;
  /**
   * Lets wide computations be shared by so many threads at most, before the first of them; later it changes nothing.
   * @returns how many they are
   */
  threads(most: number): number;
  /**
   * c [m, n] = a [m, k] b [k, n], and with a base, which may be c, that besides; `down` and `right` are the steps from row
   * to row and along a row.
   */
  product(
    ...args: [
      a: Float32Array,
      aDown: number,
      aRight: number,
      b: Float32Array,
      bDown: number,
      bRight: number,
      base: Float32Array | null,
      c: Float32Array,
      m: number,
      n: number,
      k: number,
    ]
  ): void;
  /** y = gelu(y + bias), with x added to it, and gelu'(y + bias) in `slope`, both shape [rows, width]. */
  activate(
    ...args: [
      bias: Float32Array | null,
      x: Float32Array | null,
      y: Float32Array,
      slope: Float32Array,
      rows: number,
      width: number,
      isTanh: boolean,
    ]
  ): void;
  /** dz = dy · slope, shape [rows, width], and its sums over the rows. */
  slope(
    ...args: [
      dy: Float32Array,
      slope: Float32Array,
      dz: Float32Array,
      sums: Float32Array,
      rows: number,
      width: number,
    ]
  ): void;
  /** As `forward` of `layerarithmetic.ts`. */
  forward(
    ...args: [
      x: Float32Array,
      weight: Float32Array,
      bias: Float32Array,
      y: Float32Array,
      slope: Float32Array,
      ...Layer,
    ]
  ): void;
  /** As `inputGradient` and `parameterGradients` of `layerarithmetic.ts`. */
  backward(
    ...args: [
      dy: Float32Array,
      slope: Float32Array,
      x: Float32Array,
      weight: Float32Array,
      dx: Float32Array,
      dweight: Float32Array,
      dbias: Float32Array,
      ...Layer,
    ]
  ): void;
  /** The sum of |value| over a stretch. */
  magnitude(values: Float32Array, from: number, count: number): number;
  /** The sum of (a - b)², and in `slopes` scale · (a - b). */
  squares(a: Float32Array, b: Float32Array, slopes: Float32Array, count: number, scale: number): number;
  /** sum = a + alpha · b, rounded once. */
  addScaled(a: Float32Array, b: Float32Array, alpha: number, sum: Float32Array, count: number): void;
  /** Whole blocks of 624 draws: see `BlockDraws`. */
  draw: BlockDraws;
}

type Layer = [
  networks: number,
  batch: number,
  width: number,
  out: number,
  shared: boolean,
  shortcut: boolean,
  isTanh: boolean,
];

/** The environment variable that does without the compiled kernels, by 0, or chooses their set of instructions. */
const kernelsVariable = "TSLAB_GRADIENTS_KERNELS";

/** Where the set-up puts the compiled kernels. */
const place = join(__dirname, "..", "..", "node_modules", ".cache", "tslab-gradients", "kernels.node");

let addon: Addon | null | undefined;

/**
 * Loads the compiled kernels, once.
 * @returns null where the set-up could not compile them, or they are not wanted
 * @throws RangeError where the environment names instructions that are not there
 */
export function loadAddon(): Addon | null {
  const wish = process.env[kernelsVariable];
  if (wish === "0") return null;
  if (addon === undefined) {
    try {
      addon = require(place) as Addon;
      addon.threads(cpuQuota());
    } catch {
      addon = null;
    }
  }
  if (wish && addon?.use(wish) === false) {
    throw new RangeError(
      `The environment variable ${kernelsVariable} is ${quote(wish)}; expected 0, or instructions that this processor has: "baseline", "avx2" or "avx512".`,
    );
  }
  return addon;
}

/** Where Linux says which control group a process is in, and where it shows them, both below this folder. */
const root = "/";
const [own, shown] = ["proc/self/cgroup", "sys/fs/cgroup"];

/**
 * How many processors' time a container allows this process, part of one counted as one; Infinity where it allows all.
 * Linux: "CFS Bandwidth Control", of control groups version 1 and 2. Node.js 20's `availableParallelism` does not know it.
 */
export function cpuQuota(from = root): number {
  const groups = read(from, own)
    .split("\n")
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .filter((match) => match !== null);
  const quotas = groups.flatMap(([, controllers = "", path = ""]) => {
    if (controllers === "")
      return limits(path, ["", "unified"], (folder) => {
        const [quota = "", period = ""] = read(from, folder, "cpu.max").trim().split(" ");
        return share(quota, period);
      });
    if (!controllers.split(",").includes("cpu")) return [];
    return limits(path, ["cpu", controllers], (folder) =>
      share(read(from, folder, "cpu.cfs_quota_us"), read(from, folder, "cpu.cfs_period_us")),
    );
  });
  return Math.ceil(Math.min(Infinity, ...quotas));
}

/** What a group and those around it allow, wherever they are mounted: a container may see its own as the outermost. */
function limits(path: string, mounts: string[], limitOf: (folder: string) => number): number[] {
  const names = path.split("/").filter((name) => name !== "" && name !== "..");
  const around = Array.from({ length: names.length + 1 }, (_, depth) => names.slice(0, depth).join("/"));
  return mounts.flatMap((mount) => around.map((group) => limitOf(join(shown, mount, group))));
}

/** Microseconds of so many; "max" or -1 is no limit. */
function share(quota: string, period: string): number {
  const part = Number(quota) / Number(period);
  return part > 0 ? part : Infinity;
}

function read(...path: string[]): string {
  try {
    return readFileSync(join(...path), "utf8");
  } catch {
    return "";
  }
}
