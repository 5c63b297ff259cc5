import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { loadAddon, cpuQuota } from "../../dist/tensorflow/addon.js";

/** What Linux's files say, in a folder that goes after the test. */
function machine(files: { [path: string]: string }): string {
  const root = mkdtempSync(join(tmpdir(), "tslab-gradients-test-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  return root;
}

const group = "proc/self/cgroup";
const v1 = (folder: string, quota: number): { [path: string]: string } => ({
  [`${folder}/cpu.cfs_quota_us`]: String(quota),
  [`${folder}/cpu.cfs_period_us`]: "100000",
});

it.each<[what: string, files: { [path: string]: string }, expected: number]>([
  ["no Linux", {}, Infinity],
  ["no limit, version 2", { [group]: "0::/", "sys/fs/cgroup/cpu.max": "max 100000" }, Infinity],
  ["two processors", { [group]: "0::/", "sys/fs/cgroup/cpu.max": "200000 100000" }, 2],
  ["part of one", { [group]: "0::/", "sys/fs/cgroup/cpu.max": "25000 100000" }, 1],
  ["one and a half", { [group]: "0::/", "sys/fs/cgroup/cpu.max": "75000 50000" }, 2],
  ["a group's own limit", { [group]: "0::/a/b", "sys/fs/cgroup/a/b/cpu.max": "300000 100000" }, 3],
  [
    "the limit of the group around it",
    {
      [group]: "0::/a/b",
      "sys/fs/cgroup/a/b/cpu.max": "max 100000",
      "sys/fs/cgroup/a/cpu.max": "100000 100000",
    },
    1,
  ],
  [
    "a container that sees others' names",
    { [group]: "0::/../b", "sys/fs/cgroup/cpu.max": "400000 100000" },
    4,
  ],
  [
    "version 2 beside 1",
    { [group]: "1:cpu:/\n0::/a", "sys/fs/cgroup/unified/a/cpu.max": "200000 100000" },
    2,
  ],
  ["version 1", { [group]: "4:memory:/m\n3:cpu,cpuacct:/a", ...v1("sys/fs/cgroup/cpu/a", 200_000) }, 2],
  [
    "version 1, by its whole name",
    { [group]: "3:cpuacct,cpu:/", ...v1("sys/fs/cgroup/cpuacct,cpu", 100_000) },
    1,
  ],
  ["no limit, version 1", { [group]: "3:cpu:/", ...v1("sys/fs/cgroup/cpu", -1) }, Infinity],
  ["version 1 in a container", { [group]: "3:cpu:/docker/1f", ...v1("sys/fs/cgroup/cpu", 300_000) }, 3],
  ["another group of the name", { [group]: "3:cpuset:/", ...v1("sys/fs/cgroup/cpuset", 100_000) }, Infinity],
])("%s", (_, files, expected) => {
  expect(cpuQuota(machine(files))).toBe(expected);
});

it.skipIf(loadAddon() === null || process.platform !== "linux").each([1, 2])(
  "wide products take %i threads where no more are allowed",
  (most) => {
    const program = `
    const { readdirSync } = require("node:fs");
    const addon = require(${JSON.stringify(join(process.cwd(), "node_modules/.cache/tslab-gradients/kernels.node"))});
    const threads = () => readdirSync("/proc/self/task").length;
    const [told, before] = [addon.threads(${most}), threads()];
    const [a, b, c] = [1, 1, 0].map((value) => new Float32Array(512 * 512).fill(value));
    for (let i = 0; i < 100; i++) addon.product(a, 512, 1, b, 512, 1, null, c, 512, 512, 512);
    console.log(JSON.stringify([told, threads() - before, c.every((value) => value === 512)]));`;
    const { stdout } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
    const expected = Math.min(most, availableParallelism());
    expect(JSON.parse(stdout)).toEqual([expected, expected - 1, true]);
  },
);
