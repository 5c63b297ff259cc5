// @ts-check
// A process of its own that runs one network, `node bench/peak.mjs CASE`, and prints the most memory that it had, in bytes.
import { readFileSync } from "node:fs";
import { ourSide } from "./ours.mjs";

ourSide({ net: JSON.parse(process.argv[2] ?? "") }, 0)("net");
console.log(peak());

function peak() {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Linux alone has this file; elsewhere the next line has no parent's peak in it.
  }
  return process.resourceUsage().maxRSS * 1024;
}
