import { readFileSync } from "node:fs";
import { join } from "node:path";

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
